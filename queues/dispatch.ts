import type { Dispatch, Logger } from '#core';
import type { DatabasePool } from '#store';
import type { Lanes, TicketQueue } from './lanes.ts';
import { postgresLanes } from './postgres.ts';
import { redisLanes } from './redis.ts';

export type DispatchPlace =
  | { readonly kind: 'postgres'; readonly pool: DatabasePool }
  /** `url`: one address, or those of a cluster's nodes with commas between. */
  | { readonly kind: 'redis'; readonly url: string; readonly prefix?: string };

export interface TicketOptions {
  readonly delaySeconds?: number;
  /** Tickets of the same slot are one while it waits or is worked on: how the reconciler repeats itself without piling up. */
  readonly slot?: number;
}

export interface OpenDispatch extends Dispatch {
  ticket(lane: string, options?: TicketOptions): Promise<void>;
}

/** A ticket carries nothing and is gone when drawn: what is true stands in the store. */
const KEEP_NOTHING = { removeOnComplete: true, removeOnFail: true } as const;

export async function openDispatch(place: DispatchPlace, { log }: { log: Logger }): Promise<OpenDispatch> {
  const lanes: Lanes = place.kind === 'postgres' ? await postgresLanes(place.pool) : await redisLanes(place, log);
  const queues = new Map<string, TicketQueue>();
  const report = (error: Error) => log.warn({ error }, 'dispatch is disturbed');

  const queueOf = (lane: string): TicketQueue => {
    const known = queues.get(lane);
    if (known) return known;
    const queue = lanes.queue(queueName(lane));
    queue.on('error', report);
    queues.set(lane, queue);
    return queue;
  };

  return {
    // A ticket that could not be issued is a ticket lost: the reconciler issues another, the caller need not know.
    ticket: async (lane, { delaySeconds = 0, slot } = {}) => {
      const once = slot === undefined ? {} : { jobId: `slot-${slot}` };
      try {
        await queueOf(lane).add('ticket', {}, { ...KEEP_NOTHING, ...once, delay: Math.ceil(delaySeconds * 1000) });
      } catch (error) {
        log.warn({ error, lane }, 'ticket lost');
      }
    },

    work: async (lane, concurrency, onTicket) => {
      const worker = lanes.worker(queueName(lane), concurrency, onTicket);
      worker.on('error', report);
      worker.on('failed', (_job, error) => log.error({ error, lane }, 'ticket failed'));
      await worker.waitUntilReady();
      return { close: () => worker.close() };
    },

    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await lanes.close();
    },
  };
}

/** BullMQ takes no colon in a queue's name. */
function queueName(lane: string): string {
  return `lane-${lane.replaceAll(':', '-')}`;
}
