import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, SystemException } from '#core';
import { TOO_MUCH_MEMORY, TOO_MUCH_TIME } from './bounds.ts';
import { limitPassed, ReadError } from './errors.ts';
import { type Limits, PATIENCE } from './limits.ts';
import type { Answer, EngineOrder, Job, News, Results } from './messages.ts';
import { type ChooseOcr, type ChosenOcr, isEngine } from './ocr.ts';
import { engineFailed, faultSaid } from './ocrFaults.ts';
import { type Look, lookFor, type Seen } from './outsideEngine.ts';
import { startStopwatch } from './stopwatch.ts';

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
/** WebAssembly never gives memory back: a process that grew so far is replaced after its paper. */
const SWOLLEN_MEGABYTES = 700;
const ENTRY = fileURLToPath(new URL('./readingProcess.ts', import.meta.url));
const WITHOUT_NETWORK = fileURLToPath(new URL('./withoutNetwork.ts', import.meta.url));

export interface ProcessPoolOptions {
  readonly size: number;
  readonly limits: Limits;
  /** An engine of one's own stays open when the pool is closed. */
  readonly ocr: ChooseOcr;
  readonly environment: Environment | undefined;
  readonly log: Logger;
}

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

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
    const child = fork(ENTRY, [JSON.stringify(engineOrder(engine))], {
      execArgv: nodeFlags(engine),
      serialization: 'advanced',
      ...(environment && { env: environment }),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    alive.add(child);
    child.on('error', () => child.kill('SIGKILL'));
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
        if (closed) throw readersClosed();
        const ticket: Ticket = { job, signal, resolve: (value) => resolve(value as never), reject };
        waiting.push(ticket);
        signal?.addEventListener('abort', () => forget(ticket, signal.reason), { once: true });
        dispatch();
      }),
    async close() {
      closed = true;
      for (const ticket of [...waiting]) forget(ticket, readersClosed());
      await Promise.all(Array.from(alive, endProcess));
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

/** A process that ended in the middle of its order; `reason` is what the asker is told, where one is known. */
class Ended extends Error {
  readonly reason: unknown;
  readonly exit: string;
  constructor(reason: unknown, exit: string) {
    super('The reading process ended.');
    this.reason = reason;
    this.exit = exit;
  }
}

type LookOutside = (look: Look) => Promise<Seen>;

/** Gives the process its order and listens until it is done, fails, or has to be stopped. */
function converse(
  child: ChildProcess,
  { job, signal }: Ticket,
  limits: Limits,
  lookOutside: LookOutside | undefined,
): Promise<Results[keyof Results]> {
  return new Promise((resolve, reject) => {
    let stopReason: unknown;
    let looking = 0;
    const stop = (reason: unknown) => {
      stopReason = reason;
      child.kill('SIGKILL');
    };
    let bounds: Bounds = { ms: limits.textStepMs, megabytes: limits.textMegabytes };
    // While an engine outside is looking, the time is not the paper's: a step bounds an engine that hangs.
    const outOfTime = (ms: number) => stop(looking > 0 ? engineFailed() : tookLonger(ms));
    const whole = startStopwatch(limits.documentMs, () => outOfTime(limits.documentMs));
    const startStep = ({ ms }: Bounds) => setTimeout(() => outOfTime(ms * PATIENCE), ms * PATIENCE);
    let step = startStep(bounds);
    const onAbort = () => stop(signal?.reason);

    const onNews = (news: News) => {
      if (news.news === 'step') {
        clearTimeout(step);
        bounds = news;
        step = startStep(bounds);
      } else if (news.news === 'done') {
        stopListening();
        if (news.megabytes > SWOLLEN_MEGABYTES) child.kill('SIGKILL');
        resolve(news.value);
      } else if (news.news === 'look') {
        if (lookOutside) answer(lookOutside, news).catch((error: unknown) => stop(engineFailed(error)));
      } else if (news.news !== 'ready') {
        stopListening();
        reject(news.news === 'fault' ? faultSaid(news) : new ReadError(news.kind, news.limit));
      }
    };
    const answer = async (see: LookOutside, { number, look }: Extract<News, { news: 'look' }>) => {
      if (looking++ === 0) whole.hold();
      const message: Answer = { look: number, seen: await see(look) };
      if (--looking === 0) whole.go();
      // A process that has gone is told by its exit.
      if (child.connected) child.send(message, () => {});
    };
    const onExit = (code: number | null, by: NodeJS.Signals | null) => {
      stopListening();
      reject(new Ended(stopReason ?? reasonOf(by, bounds), by ?? `code ${code}`));
    };

    child.on('message', onNews).once('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.send({ job, limits }, (error) => error && stop(new ReadError('corrupt', undefined, { cause: error })));

    function stopListening(): void {
      whole.stop();
      clearTimeout(step);
      child.off('message', onNews).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
    }
  });
}

/** What a step may take: processor time, resident memory. */
interface Bounds {
  readonly ms: number;
  readonly megabytes: number;
}

function reasonOf(signal: NodeJS.Signals | null, { ms, megabytes }: Bounds): ReadError | undefined {
  if (signal === TOO_MUCH_TIME) return tookLonger(ms);
  if (signal === TOO_MUCH_MEMORY) return limitPassed({ of: 'megabytes', most: megabytes });
  // V8 aborts when its heap is full.
  const isHeap = signal === 'SIGABRT' || signal === 'SIGTRAP';
  return isHeap ? limitPassed({ of: 'megabytes', most: HEAP_MEGABYTES }) : undefined;
}

function tookLonger(ms: number): ReadError {
  return limitPassed({ of: 'seconds', most: ms / 1_000 });
}

/** Also false from the moment it was killed, before it is seen to exit. */
function isAlive(child: ChildProcess): boolean {
  return child.connected && !child.killed && child.exitCode === null && child.signalCode === null;
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

/**
 * A paper's reader may read the program's own files and start threads; it may write nothing, reach nobody, and start
 * nothing but the tesseract command, where that is the chosen engine.
 */
function nodeFlags(ocr: ChosenOcr): string[] {
  const folders = new Set([folderWith('package.json', ENTRY), folderWith('node_modules', packageFile('sharp'))]);
  return [
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    // Unlike `--import`, this is loaded in threads too.
    `--require=${WITHOUT_NETWORK}`,
    '--permission',
    ...Array.from(folders, (folder) => `--allow-fs-read=${folder}`),
    '--allow-worker',
    ...('engine' in ocr && ocr.engine === 'native' ? ['--allow-child-process'] : []),
    '--allow-addons',
    '--disable-warning=SecurityWarning',
  ];
}

function engineOrder(ocr: ChosenOcr): EngineOrder {
  return isEngine(ocr) ? { outside: { id: ocr.id, languages: ocr.languages } } : ocr;
}

function packageFile(name: string): string {
  return createRequire(import.meta.url).resolve(name);
}

/** The nearest folder above `file` that holds `landmark`. */
function folderWith(landmark: string, file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, landmark))) folder = dirname(folder);
  return folder;
}
