import type { Clock } from '#core';

/** What `work` gives, or `otherwise` once it has taken so long: a browser that hangs answers nothing, not even with an error. */
export async function inTime<R, O>(clock: Clock, ms: number, work: Promise<R>, otherwise: O): Promise<R | O> {
  const settled = new AbortController();
  const late = clock.sleep(ms, settled.signal).then(() => otherwise);
  // Whichever comes second is heard by nobody.
  late.catch(() => {});
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
  }
}

/** True when the work ended, well or not, in that time. */
export function endsInTime(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  const ended = () => true;
  return inTime(clock, ms, work.then(ended, ended), false);
}
