import type { BotCard, Clock, Logger } from '#core';
import type { OpenStore } from '#store';
import { everySo, type Rounds } from './rounds.ts';

export interface VersionsOptions {
  readonly store: Pick<OpenStore, 'announceVersions'>;
  /** Bots that are worked in this process. */
  readonly bots: readonly BotCard[];
  readonly everySeconds?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Says again and again which versions are worked here, so that a task whose version nobody runs says what it waits for. */
export function announceVersions({ store, bots, everySeconds = 30, clock, log }: VersionsOptions): Rounds {
  return everySo(everySeconds, clock, log, async () => {
    const { missing, back } = await store.announceVersions(bots);
    if (missing > 0) log.warn({ tasks: missing }, 'tasks wait for a version that nobody runs');
    if (back > 0) log.info({ tasks: back }, 'tasks go on with their version');
  });
}
