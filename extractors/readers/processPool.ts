import type { ChildProcess } from 'node:child_process';
import { type Logger, SystemException } from '#core';
import { type Asked, converse, Ended } from './conversation.ts';
import { ReadError } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Job, Results } from './messages.ts';
import { type ChooseOcr, type ChosenOcr, isEngine } from './ocr.ts';
import { type Look, lookFor } from './outsideEngine.ts';
import { type Environment, endReading, isAlive, startReading, untilReady } from './readingChild.ts';

/** Reading processes, kept warm; one that hangs, swells or dies is replaced and costs only the paper it held. */
export interface ProcessPool {
  run<J extends Job>(job: J, signal?: AbortSignal): Promise<Results[J['kind']]>;
  close(): Promise<void>;
}

interface Ticket extends Asked {
  resolve(value: Results[keyof Results]): void;
  reject(reason: unknown): void;
}

export interface ProcessPoolOptions {
  readonly size: number;
  readonly limits: Limits;
  /** An engine of one's own stays open when the pool is closed. */
  readonly ocr: ChooseOcr;
  readonly environment: Environment | undefined;
  readonly log: Logger;
}

export function openProcessPool({ size, limits, ocr, environment, log }: ProcessPoolOptions): ProcessPool {
  const idle: ChildProcess[] = [];
  const alive = new Set<ChildProcess>();
  const waiting: Ticket[] = [];
  let busy = 0;
  let closed = false;

  function dispatch(): void {
    while (busy < size) {
      const ticket = waiting.shift();
      if (!ticket) return;
      busy++;
      carryOut(ticket).finally(() => {
        busy--;
        dispatch();
      });
    }
  }

  async function carryOut(ticket: Ticket): Promise<void> {
    try {
      ticket.resolve(await attempt(ticket, true));
    } catch (error) {
      ticket.reject(closed ? readersClosed() : error);
    }
  }

  /** A process that dies for no reason of ours gets one successor: only a paper that does it twice is to blame. */
  async function attempt(ticket: Ticket, mayRetry: boolean): Promise<Results[keyof Results]> {
    ticket.signal?.throwIfAborted();
    const engine = await ocr();
    if (closed) throw readersClosed();
    const child = idle.pop() ?? (await startProcess(engine));
    const lookOutside = isEngine(engine) ? (look: Look) => lookFor(engine, look, log) : undefined;
    try {
      return await converse(child, ticket, limits, lookOutside);
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      log.warn({ exit: error.exit, job: ticket.job.kind }, 'reading process ended');
      if (error.reason !== undefined) throw error.reason;
      if (closed || !mayRetry) throw new ReadError('corrupt');
      return await attempt(ticket, false);
    } finally {
      if (isAlive(child)) idle.push(child);
    }
  }

  async function startProcess(engine: ChosenOcr): Promise<ChildProcess> {
    const child = startReading(engine, environment);
    alive.add(child);
    child.once('exit', () => {
      alive.delete(child);
      const at = idle.indexOf(child);
      if (at >= 0) idle.splice(at, 1);
    });
    await untilReady(child);
    return child;
  }

  return {
    run: (job, signal) =>
      new Promise((resolve, reject) => {
        if (closed) throw readersClosed();
        const ticket: Ticket = { job, signal, resolve: (value) => resolve(value as never), reject };
        waiting.push(ticket);
        signal?.addEventListener('abort', () => forget(ticket, signal.reason), { once: true });
        dispatch();
      }),
    async close() {
      closed = true;
      for (const ticket of [...waiting]) forget(ticket, readersClosed());
      await Promise.all(Array.from(alive, endReading));
    },
  };

  function forget(ticket: Ticket, reason: unknown): void {
    const at = waiting.indexOf(ticket);
    if (at < 0) return;
    waiting.splice(at, 1);
    ticket.reject(reason);
  }
}

function readersClosed(): SystemException {
  return new SystemException('reader-closed', 'The readers were closed; open them again.');
}
