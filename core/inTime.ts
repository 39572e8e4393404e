import type { Clock } from './clock.ts';

/**
 * Waits for an answer no longer than `ms`, nor than until it is stopped: rejects then with what `late` makes, or the
 * signal's reason. The work itself goes on, and what becomes of it is heard by nobody.
 */
export async function inTime<T>(
  work: Promise<T>,
  ms: number,
  late: () => Error,
  { clock, stopped }: { readonly clock: Clock; readonly stopped: AbortSignal },
): Promise<T> {
  const settled = new AbortController();
  const tooLate = clock.sleep(Math.max(ms, 0), AbortSignal.any([settled.signal, stopped])).then(() => {
    throw late();
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    settled.abort();
    tooLate.catch(() => undefined);
    work.catch(() => undefined);
  }
}
