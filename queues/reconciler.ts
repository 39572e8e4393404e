import type { Clock, Logger } from '#core';
import type { OpenLane, OpenStore } from '#store';
import type { OpenDispatch } from './dispatch.ts';
import { everySo } from './rounds.ts';

export interface ReconcilerOptions {
  readonly store: Pick<OpenStore, 'openLanes'> & { readonly access: Pick<OpenStore['access'], 'wakeDue'> };
  readonly dispatch: OpenDispatch;
  /** Bots that are worked in this installation. */
  readonly lanes: readonly string[];
  readonly everySeconds?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface MendedLane extends OpenLane {
  readonly tickets: number;
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
 * worker died, or its time came; what waits for an application, too, when it is time to look. It decides nothing: a ticket too many finds nothing to claim.
 */
export function startReconciler(options: ReconcilerOptions): Reconciler {
  const { store, dispatch, lanes, everySeconds = 10, clock, log } = options;
  let slot = 0;

  async function reconcileOnce(): Promise<readonly MendedLane[]> {
    await store.access.wakeDue();
    const open = (await store.openLanes()).filter((lane) => lanes.includes(lane.bot));
    return Promise.all(open.map(reissue));
  }

  async function reissue(lane: OpenLane): Promise<MendedLane> {
    const tickets = Math.min(lane.claimable, TICKETS_PER_ROUND);
    for (let issued = 0; issued < tickets; issued++) {
      slot = (slot + 1) % SLOTS;
      await dispatch.ticket(lane.bot, { slot });
    }
    const { bot, claimable, abandoned, idleSeconds } = lane;
    const stalled = idleSeconds === null || idleSeconds > everySeconds;
    if (abandoned > 0 || stalled) log.info({ lane: bot, claimable, abandoned, tickets }, 'tickets issued anew');
    return { ...lane, tickets };
  }

  const rounds = everySo(everySeconds, clock, log, reconcileOnce);
  return { reconcileOnce, stop: rounds.stop };
}
