/** Errors that come from what the runner itself works with. In a window they tell nothing of the application. */
const ours = new WeakSet<object>();

export function noteOurs(error: unknown): void {
  if (typeof error === 'object' && error !== null) ours.add(error);
}

export function isOurs(error: unknown): boolean {
  return typeof error === 'object' && error !== null && ours.has(error);
}

/**
 * The same thing, with what its operations reject with noted as ours: the record, the archive, the desk of accounts. A
 * connection that breaks and a disk that is full come as plain Errors, as a browser's do, and only where they come from tells.
 */
export function ourOwn<T extends object>(thing: T): T {
  return new Proxy(thing, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const given: unknown = Reflect.apply(member, target, args);
        return given instanceof Promise ? ourWork(given) : given;
      };
    },
  });
}

/** What becomes of it, noted as ours where it fails. */
export async function ourWork<R>(work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch (error) {
    noteOurs(error);
    throw error;
  }
}
