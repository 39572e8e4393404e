import type { BotCard } from '#core';
import type { StorePlace } from '#store';

/** The bot that schedules start; nobody works its tasks. */
export const BOT: BotCard = { name: 'scheduled', version: '1', promiseSeconds: 3600, skill: 'accounts-payable' };

/** What a scheduler process is told at its start. */
export interface SchedulerOrders {
  readonly store: StorePlace;
  /** Its how-manyeth decision is its last, and how long after sending it off; null is before. */
  readonly dies: { readonly at: number; readonly afterMs: number | null } | null;
  /** The control, which must start due times twice. */
  readonly careless: boolean;
}

/** Said after each round. */
export interface SchedulerSaid {
  readonly doneUntil: readonly string[];
}
