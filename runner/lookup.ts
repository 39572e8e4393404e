import type { App } from './app.ts';
import type { Session } from './browser/index.ts';

/** A question to an application that changes nothing there. */
export interface Lookup<Q, R> {
  readonly app: App;
  readonly name: string;
  readonly find: (session: Session, query: Q) => Promise<R>;
}

/** Asks an application, in a signed-in session. */
export type Look = <Q, R>(lookup: Lookup<Q, R>, query: Q) => Promise<R>;

export function defineLookup<Q, R>(definition: Lookup<Q, R>): Lookup<Q, R> {
  return Object.freeze({ ...definition });
}
