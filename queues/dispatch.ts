import { type Dispatch, type Logger, together } from '#core';
import type { DatabasePool } from '#store';
import type { Lanes, TicketJob, TicketQueue } from './lanes.ts';
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
  /** Tickets of the lane that wait to be drawn or are being worked on. Rejects while dispatch is away. */
  tickets(lane: string): Promise<number>;
}

/** A ticket carries nothing and is gone when drawn: what is true stands in the store. */
const KEEP_NOTHING = { removeOnComplete: true, removeOnFail: true } as const;
/** Tickets that go out together. */
const MOST_AT_ONCE = 100;
/**
 * While so many wait in a lane, more wake nobody: whoever draws one works the lane until it is empty. More than there are
 * tasks under way at a time in any lane we know of; where there are more, later tickets and the reconciler's wake the rest.
 */
const ENOUGH_WAITING = 1000;
/** So many may be issued before what waits is counted again. */
const MOST_UNCOUNTED = 100;

/** A lane as those who issue tickets see it. */
interface Counter {
  readonly queue: TicketQueue;
  issue(ticket: TicketJob): Promise<void>;
}

export async function openDispatch(place: DispatchPlace, { log }: { log: Logger }): Promise<OpenDispatch> {
  const lanes: Lanes = place.kind === 'postgres' ? await postgresLanes(place.pool) : await redisLanes(place, log);
  const counters = new Map<string, Counter>();
  const report = (error: Error) => log.warn({ error }, 'dispatch is disturbed');

  const counterOf = (lane: string): Counter => {
    const counter = counters.get(lane) ?? openCounter(lane);
    counters.set(lane, counter);
    return counter;
  };

  function openCounter(lane: string): Counter {
    const queue = lanes.queue(queueName(lane));
    queue.on('error', report);
    const wanted = wantedTickets(queue);
    // A ticket that could not be issued is a ticket lost: the reconciler issues another, the caller need not know.
    const issue = together(MOST_AT_ONCE, async (tickets: readonly TicketJob[]) => {
      try {
        const jobs = (await wanted(tickets)).map((opts) => ({ name: 'ticket', data: {}, opts }));
        if (jobs.length > 0) await queue.addBulk(jobs);
      } catch (error) {
        log.warn({ error, lane, tickets: tickets.length }, 'tickets lost');
      }
      return tickets.map(() => undefined);
    });
    return { queue, issue };
  }

  return {
    ticket: async (lane, { delaySeconds = 0, slot } = {}) => {
      const once = slot === undefined ? {} : { jobId: `slot-${slot}` };
      await counterOf(lane).issue({ ...KEEP_NOTHING, ...once, delay: Math.ceil(delaySeconds * 1000) });
    },

    tickets: (lane) => counterOf(lane).queue.getJobCountByTypes('waiting', 'active'),

    work: async (lane, concurrency, onTicket) => {
      const worker = lanes.worker(queueName(lane), concurrency, onTicket);
      worker.on('error', report);
      worker.on('failed', (_job, error) => log.error({ error, lane }, 'ticket failed'));
      await worker.waitUntilReady();
      return { close: () => worker.close() };
    },

    close: async () => {
      await Promise.all([...counters.values()].map(({ queue }) => queue.close()));
      await lanes.close();
    },
  };
}

/**
 * Leaves out tickets that would wake nobody, which is what most of them are where thousands of tasks come at once. Only
 * those are left out that are wanted now, while enough others wait, to be drawn later than now.
 */
function wantedTickets(queue: TicketQueue): (tickets: readonly TicketJob[]) => Promise<readonly TicketJob[]> {
  let uncounted = 0;

  async function room(tickets: number): Promise<number> {
    uncounted += tickets;
    if (uncounted <= MOST_UNCOUNTED) return tickets;
    // Where they cannot be counted, all are issued: what has a time or a slot of its own goes with them.
    const waiting = await queue.getJobCountByTypes('waiting').catch(() => 0);
    const missing = ENOUGH_WAITING - waiting;
    if (missing > MOST_UNCOUNTED) uncounted = 0;
    return Math.max(missing, 0);
  }

  return async (tickets) => {
    const now = tickets.filter(({ delay, jobId }) => delay === 0 && jobId === undefined);
    if (now.length === 0) return tickets;
    const tooMany = new Set(now.slice(await room(now.length)));
    return tickets.filter((ticket) => !tooMany.has(ticket));
  };
}

/** BullMQ takes no colon in a queue's name. */
function queueName(lane: string): string {
  return `lane-${lane.replaceAll(':', '-')}`;
}
