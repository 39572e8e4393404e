import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Orders, Said, Told } from './orders.ts';

/** Workers start by the hundred: what was compiled for one is read by the next. */
export const COMPILED = path.join(tmpdir(), 'rekey-chaos-compiled');

/** They live for seconds: code of the embedded database that was made fast in half a minute would be of no use to them. */
const SHORT_LIVED = ['--liftoff-only', '--max-semi-space-size=32'];

/** A worker in a process of its own, as the one who started it sees it. */
export interface WorkerProcess {
  readonly pid: number;
  /** Resolves when the process is gone: with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  signal(signal: NodeJS.Signals): void;
  tell(told: Told): void;
  /**
   * True as soon as it says something that fits, or where it has: two things said at once arrive before anybody can ask for
   * the second. How much is open is true of its moment only. False when it is gone before, or after so many seconds.
   */
  says(fits: (said: Said) => boolean, seconds: number): Promise<boolean>;
}

/** Starts a worker process, which writes its log below the folder it is given and dies with this one. */
export function startWorkerProcess(orders: Orders, name: string, listen: (said: Said) => void): WorkerProcess {
  const file = orders.without === 'record' ? 'queueAlone.ts' : 'child.ts';
  const child = fork(path.join(import.meta.dirname, file), [JSON.stringify(orders)], {
    execArgv: SHORT_LIVED,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  const log = createWriteStream(path.join(orders.folder, `${name}.log`));
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const exited = once(child, 'exit').then(([code, signal]): number | NodeJS.Signals => {
    log.end();
    return signal ?? code;
  });
  const lasting: Said[] = [];
  child.on('message', (message) => {
    const said = message as Said;
    if (said.say !== 'open') lasting.push(said);
    listen(said);
  });
  return {
    pid: child.pid ?? 0,
    exited,
    signal: (signal) => void child.kill(signal),
    tell: (told) => void child.send(told),
    async says(fits, seconds) {
      if (lasting.some(fits)) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const hear = (message: unknown) => fits(message as Said) && resolve(true);
      child.on('message', hear);
      const timeout = setTimeout(resolve, seconds * 1000, false);
      void exited.then(() => resolve(false));
      return promise.finally(() => {
        clearTimeout(timeout);
        child.off('message', hear);
      });
    },
  };
}
