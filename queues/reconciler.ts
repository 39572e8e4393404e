import type { Clock, Logger } from '#core';
import type { OpenLane, OpenStore } from '#store';
import type { OpenDispatch } from './dispatch.ts';
import { everySo } from './rounds.ts';

export interface ReconcilerOptions {
  readonly store: Pick<OpenStore, 'openLanes' | 'isAsleep' | 'noteMended' | 'sumUp'> & {
    readonly access: Pick<OpenStore['access'], 'wakeDue'>;
  };
  readonly dispatch: Pick<OpenDispatch, 'ticket' | 'tickets'>;
  /** Bots that are worked in this installation. */
  readonly lanes: readonly string[];
  readonly everySeconds?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface MendedLane extends OpenLane {
  readonly tickets: number;
  /** Nobody had been told of its work. */
  readonly asleep: boolean;
}

export interface Reconciler {
  reconcileOnce(): Promise<readonly MendedLane[]>;
  stop(): Promise<void>;
}

/** More tickets than that per lane and round help nobody: a worker that drew one works the lane until it is empty. */
const TICKETS_PER_ROUND = 16;
/** Slots go round, so that a ticket that hangs with a dead worker does not hold up its successors. */
const SLOTS = 64;

/**
 * Makes dispatch agree with the record: whatever could be worked now gets tickets, whether its own were lost, its
 * worker died, or its time came; what waits for an application, too, when it is time to look. It decides nothing: a
 * ticket too many finds nothing to claim. A lane that had work and not one ticket is kept down as mended.
 */
export function startReconciler(options: ReconcilerOptions): Reconciler {
  const { store, dispatch, lanes, everySeconds = 10, clock, log } = options;
  let slot = 0;

  async function reconcileOnce(): Promise<readonly MendedLane[]> {
    await store.access.wakeDue();
    const open = (await store.openLanes()).filter((lane) => lanes.includes(lane.bot));
    try {
      return await Promise.all(open.map(reissue));
    } finally {
      await store.sumUp();
    }
  }

  async function reissue(lane: OpenLane): Promise<MendedLane> {
    const asleep = await isAsleep(lane.bot);
    const tickets = Math.min(lane.claimable, TICKETS_PER_ROUND);
    for (let issued = 0; issued < tickets; issued++) {
      slot = (slot + 1) % SLOTS;
      await dispatch.ticket(lane.bot, { slot });
    }
    if (asleep) await keepDown(lane);
    return { ...lane, tickets, asleep };
  }

  /** There is work for some worker and has been for a while, and not one ticket. Dispatch that is away has its own alarm. */
  async function isAsleep(bot: string): Promise<boolean> {
    const tickets = await dispatch.tickets(bot).catch(() => undefined);
    return tickets === 0 && store.isAsleep(bot, everySeconds);
  }

  async function keepDown({ bot, claimable, abandoned }: OpenLane): Promise<void> {
    log.warn({ lane: bot, claimable, abandoned }, 'work without tickets: issued anew');
    await store.noteMended({ kind: 'tickets-lost', bot, tasks: claimable }, everySeconds);
  }

  const rounds = everySo(everySeconds, clock, log, reconcileOnce);
  return { reconcileOnce, stop: rounds.stop };
}
