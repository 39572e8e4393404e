import type { Said } from './orders.ts';

/** A worker in a process of its own, as the one who started it sees it. */
export interface WorkerProcess {
  readonly pid: number;
  /** Resolves when the process is gone: with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the next thing it says that fits; rejects when it is gone or silent for so many seconds. */
  hears<S extends Said>(fits: (said: Said) => said is S, seconds?: number): Promise<S>;
}
