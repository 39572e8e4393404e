import type { ChildProcess } from 'node:child_process';
import { TOO_MUCH_MEMORY, TOO_MUCH_TIME } from './bounds.ts';
import { limitPassed, ReadError } from './errors.ts';
import { type Limits, PATIENCE } from './limits.ts';
import type { Answer, Job, News, Results } from './messages.ts';
import { engineFailed, faultSaid } from './ocrFaults.ts';
import type { Look, Seen } from './outsideEngine.ts';
import { HEAP_MEGABYTES } from './readingChild.ts';
import { startStopwatch } from './stopwatch.ts';

/** WebAssembly never gives memory back: a process that grew so far is replaced after its paper. */
const SWOLLEN_MEGABYTES = 700;

/** A process that ended in the middle of its order; `reason` is what the asker is told, where one is known. */
export class Ended extends Error {
  readonly reason: unknown;
  readonly exit: string;
  constructor(reason: unknown, exit: string) {
    super('The reading process ended.');
    this.reason = reason;
    this.exit = exit;
  }
}

/** A job, and what calls it off. */
export interface Asked {
  readonly job: Job;
  readonly signal: AbortSignal | undefined;
}

type LookOutside = (look: Look) => Promise<Seen>;

/** Gives the process its order and listens until it is done, fails, or has to be stopped. */
export function converse(
  child: ChildProcess,
  { job, signal }: Asked,
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
    let bounds: Bounds = { ms: limits.textStepMs, mostMs: limits.textStepMs, megabytes: limits.textMegabytes };
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
  /** Of which the asker is told. */
  readonly mostMs: number;
  readonly megabytes: number;
}

function reasonOf(signal: NodeJS.Signals | null, { mostMs, megabytes }: Bounds): ReadError | undefined {
  if (signal === TOO_MUCH_TIME) return tookLonger(mostMs);
  if (signal === TOO_MUCH_MEMORY) return limitPassed({ of: 'megabytes', most: megabytes });
  // V8 aborts when its heap is full.
  const isHeap = signal === 'SIGABRT' || signal === 'SIGTRAP';
  return isHeap ? limitPassed({ of: 'megabytes', most: HEAP_MEGABYTES }) : undefined;
}

function tookLonger(ms: number): ReadError {
  return limitPassed({ of: 'seconds', most: ms / 1_000 });
}
