import type { Field, Screen, Session, Sessions } from '#runner';
import type { Moment } from './orders.ts';

/** Stands around a worker's operations, and strikes in the one it was told. */
export interface Fate {
  around<R>(operation: string, carryOut: () => Promise<R>): Promise<R>;
  /** For what is only seen to happen. */
  seen(operation: string): void;
}

/** `strike` is called at each moment and waited for; whether it is the one is its own matter. */
export function fateOf(strike: (moment: Moment) => Promise<void>): Fate {
  const counts = new Map<string, number>();
  const next = (operation: string) => {
    const nth = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, nth);
    return nth;
  };
  return {
    async around(operation, carryOut) {
      const nth = next(operation);
      await strike({ operation, nth, when: 'before' });
      const value = await carryOut();
      await strike({ operation, nth, when: 'after' });
      return value;
    },
    seen: (operation) => void strike({ operation, nth: next(operation), when: 'before' }),
  };
}

type Operations<T> = {
  [K in keyof T & string]: T[K] extends (...args: never[]) => Promise<unknown> ? K : never;
}[keyof T & string];

/** The same thing with fate around these of its operations. */
export function fated<T extends object>(own: T, part: string, operations: readonly Operations<T>[], fate: Fate): T {
  return new Proxy(own, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      const isOne = operations.some((operation) => operation === key);
      const call = (...args: unknown[]): unknown => Reflect.apply(member, target, args);
      return isOne ? (...args: unknown[]) => fate.around(`${part}.${String(key)}`, async () => call(...args)) : call;
    },
  });
}

/** The screen with fate around all that it does in the browser. */
export function fatedScreen<T extends object>(screen: Screen<T>, fate: Fate): Screen<T> {
  const fields = new Proxy(screen.fields, {
    get: (target, name) => {
      const field: Field<unknown> = Reflect.get(target, name);
      return fated(field, 'field', ['type', 'onForm', 'onRecord'], fate);
    },
  });
  return fated({ ...screen, fields }, 'screen', ['lookUp', 'open', 'submit'], fate);
}

/** Sessions in whose windows each page that is asked for is seen; `onPage` hears of the page that is worked in. */
export function fatedSessions(sessions: Sessions, fate: Fate, onPage: (page: Session['page']) => void): Sessions {
  const watched = new WeakSet<Session['page']>();
  const watch = ({ page }: Session) => {
    if (watched.has(page)) return;
    watched.add(page);
    page.on('request', (request) => request.isNavigationRequest() && fate.seen('page.request'));
  };
  return {
    ...sessions,
    use: (app, act, signal) => {
      const seen: typeof act = (session, lent) => {
        watch(session);
        onPage(session.page);
        return act(session, lent);
      };
      return sessions.use(app, seen, signal);
    },
  };
}
