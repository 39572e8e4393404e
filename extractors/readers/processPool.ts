import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, SystemException } from '#core';
import { ReadError } from './errors.ts';
import type { Limits } from './limits.ts';
import { type Job, type News, OUT_OF_MEMORY_SIGNAL, type Results } from './messages.ts';

/** Reading processes, kept warm; one that hangs, swells or dies is replaced and costs only the paper it held. */
export interface ProcessPool {
  run<J extends Job>(job: J, signal?: AbortSignal): Promise<Results[J['kind']]>;
  close(): Promise<void>;
}

interface Ticket {
  readonly job: Job;
  readonly signal: AbortSignal | undefined;
  resolve(value: Results[keyof Results]): void;
  reject(reason: unknown): void;
}

const START_MS = 120_000;
const HEAP_MEGABYTES = 768;
const ENTRY = fileURLToPath(new URL('./readingProcess.ts', import.meta.url));

export function openProcessPool(options: { size: number; limits: Limits; log: Logger }): ProcessPool {
  const { size, limits, log } = options;
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
      ticket.signal?.throwIfAborted();
      const child = idle.pop() ?? (await startProcess());
      const value = await converse(child, ticket, limits);
      if (child.connected && !closed) idle.push(child);
      else child.kill('SIGKILL');
      ticket.resolve(value);
    } catch (error) {
      if (error instanceof Ended) log.warn({ exit: error.exit, job: ticket.job.kind }, 'reading process ended');
      ticket.reject(error instanceof Ended ? error.reason : error);
    }
  }

  async function startProcess(): Promise<ChildProcess> {
    const child = fork(ENTRY, {
      execArgv: nodeFlags(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    alive.add(child);
    child.once('exit', () => {
      alive.delete(child);
      const at = idle.indexOf(child);
      if (at >= 0) idle.splice(at, 1);
    });
    await ready(child);
    return child;
  }

  return {
    run: (job, signal) =>
      new Promise((resolve, reject) => {
        if (closed) throw new SystemException('reader-closed', 'The readers were closed; open them again.');
        waiting.push({ job, signal, resolve: (value) => resolve(value as never), reject });
        dispatch();
      }),
    async close() {
      closed = true;
      for (const ticket of waiting.splice(0)) {
        ticket.reject(new SystemException('reader-closed', 'The readers were closed; open them again.'));
      }
      await Promise.all(Array.from(alive, endProcess));
    },
  };
}

/** A process that ended in the middle of its order; `reason` is what the asker is told. */
class Ended extends Error {
  readonly reason: unknown;
  readonly exit: string;
  constructor(reason: unknown, exit: string) {
    super('The reading process ended.');
    this.reason = reason;
    this.exit = exit;
  }
}

/** Gives the process its order and listens until it is done, fails, or has to be stopped. */
function converse(child: ChildProcess, { job, signal }: Ticket, limits: Limits): Promise<Results[keyof Results]> {
  return new Promise((resolve, reject) => {
    let stopReason: unknown;
    const stop = (reason: unknown) => {
      stopReason = reason;
      child.kill('SIGKILL');
    };
    const outOfTime = () => stop(new ReadError('timeout'));
    const whole = setTimeout(outOfTime, job.kind === 'probe' ? limits.probeMs : limits.documentMs);
    let step = setTimeout(outOfTime, limits.textStepMs);
    const onAbort = () => stop(signal?.reason);

    const onNews = (news: News) => {
      if (news.news === 'step') {
        clearTimeout(step);
        step = setTimeout(outOfTime, news.kind === 'image' ? limits.imageStepMs : limits.textStepMs);
      } else if (news.news === 'done') {
        stopListening();
        resolve(news.value);
      } else if (news.news === 'failed') {
        stopListening();
        child.kill('SIGKILL');
        reject(new ReadError(news.kind));
      }
    };
    const onExit = (code: number | null, by: NodeJS.Signals | null) => {
      stopListening();
      reject(new Ended(stopReason ?? new ReadError(isOutOfMemory(by) ? 'too-large' : 'corrupt'), by ?? `code ${code}`));
    };

    child.on('message', onNews).once('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.send({ job, limits }, (error) => error && stop(new ReadError('corrupt', undefined, { cause: error })));

    function stopListening(): void {
      clearTimeout(whole);
      clearTimeout(step);
      child.off('message', onNews).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
    }
  });
}

/** V8 aborts when its heap is full. */
function isOutOfMemory(signal: NodeJS.Signals | null): boolean {
  return signal === OUT_OF_MEMORY_SIGNAL || signal === 'SIGABRT' || signal === 'SIGTRAP';
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = () => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new SystemException('reader-not-started', 'A reading process could not be started; see the log.'));
    };
    const timer = setTimeout(failed, START_MS);
    child.once('exit', failed).once('error', failed);
    child.once('message', () => {
      clearTimeout(timer);
      child.off('exit', failed);
      resolve();
    });
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** A paper's reader may read the program's own files and start threads; it may write nothing and start nothing. */
function nodeFlags(): string[] {
  return [
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    '--permission',
    `--allow-fs-read=${programFolder()}`,
    '--allow-worker',
    '--allow-addons',
    '--disable-warning=SecurityWarning',
  ];
}

function programFolder(): string {
  let folder = dirname(ENTRY);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
