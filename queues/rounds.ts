import type { Clock, Logger } from '#core';

export interface Rounds {
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

/** Does `work` now and every so many seconds after it ended; a round that fails is reported, the next one comes. */
export function everySo(seconds: number, clock: Clock, log: Logger, work: () => Promise<unknown>): Rounds {
  const stopped = new AbortController();
  const going = (async () => {
    while (!stopped.signal.aborted) {
      await work().catch((error: unknown) => log.error({ error }, 'round failed'));
      await clock.sleep(seconds * 1000, stopped.signal).catch(() => undefined);
    }
  })();
  return {
    stop: () => {
      stopped.abort();
      return going;
    },
  };
}
