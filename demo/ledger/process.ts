import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { LedgerCommand, LedgerOptions, LedgerStatus, RunningLedger } from './types.ts';

/** What the parent says to the child. */
export type ToChild =
  | { readonly say: 'start'; readonly options: LedgerOptions }
  | { readonly say: 'tell'; readonly id: number; readonly command: LedgerCommand };

/** What the child says to its parent. */
export type ToParent =
  | { readonly say: 'ready'; readonly url: string; readonly port: number }
  | { readonly say: 'failed'; readonly id?: number; readonly message: string }
  | { readonly say: 'told'; readonly id: number; readonly status: LedgerStatus };

export interface LedgerProcess extends RunningLedger {
  readonly pid: number;
  /** Resolves when the process is gone, however it went. */
  readonly exited: Promise<void>;
}

/** Starts the application in a process of its own, which dies with this one. */
export async function startLedgerProcess(options: LedgerOptions): Promise<LedgerProcess> {
  const child = fork(new URL('./child.ts', import.meta.url), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit').then(() => undefined);
  const talk = conversation(child);
  const ready = await talk.start(options);
  return {
    url: ready.url,
    port: ready.port,
    pid: child.pid ?? 0,
    exited,
    tell: talk.tell,
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

function conversation(child: ChildProcess) {
  const waiting = new Map<number, PromiseWithResolvers<LedgerStatus>>();
  const started = Promise.withResolvers<Extract<ToParent, { say: 'ready' }>>();
  let lastId = 0;

  child.on('message', (message) => {
    const said = message as ToParent;
    if (said.say === 'ready') return started.resolve(said);
    if (said.say === 'told') return settle(said.id)?.resolve(said.status);
    const failure = new Error(said.message);
    return said.id === undefined ? started.reject(failure) : settle(said.id)?.reject(failure);
  });
  child.on('exit', () => {
    const gone = new Error('The ledger process has ended.');
    started.reject(gone);
    for (const id of [...waiting.keys()]) settle(id)?.reject(gone);
  });

  function settle(id: number) {
    const answer = waiting.get(id);
    waiting.delete(id);
    return answer;
  }

  function say(message: ToChild): void {
    child.send(message);
  }

  return {
    start(options: LedgerOptions) {
      say({ say: 'start', options });
      return started.promise;
    },
    tell(command: LedgerCommand): Promise<LedgerStatus> {
      if (!child.connected) return Promise.reject(new Error('The ledger process has ended.'));
      const answer = Promise.withResolvers<LedgerStatus>();
      lastId += 1;
      waiting.set(lastId, answer);
      say({ say: 'tell', id: lastId, command });
      return answer.promise;
    },
  };
}
