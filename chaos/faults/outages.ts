import { setTimeout as pass } from 'node:timers/promises';
import type { TaskStory } from '#core';
import type { OpenStore } from '#store';
import type { Fault, Scale, Site } from '../fault.ts';
import { openWire, type Wire } from '../infra/proxy.ts';
import type { WorkerProcess } from '../worker/process.ts';

/** How long nobody answers once it is parked: somebody looks after 10 seconds, in vain, and 20 seconds later. */
const DOWN_SECONDS = 12;
/** A loan that ran out says nothing of the application. */
const LEASE_SECONDS = 30;
/** Runs of a worker at the same time. */
const RUNS = 2;
/** Uses that park an application, and the looks at it that found nobody. */
const USES_TO_PARK = 3;
const LOOKS = 1;
/** Connections that a browser opens at the most for one page that nobody answers: it tries again by itself. */
const TRIES_A_USE = 6;
const REACH_SECONDS = 240;
const SETTLE_SECONDS = 900;

const FEW = '12 tasks, 1 worker';
const MANY = '500 tasks, 2 workers';
/** Embedded, one process at a time opens the record. */
const MANY_EMBEDDED = '500 tasks, 1 worker';

function pointOf({ quick, profile }: Scale): string {
  if (quick) return FEW;
  return profile === 'embedded' ? MANY_EMBEDDED : MANY;
}

/** The application's front door is shut for a while, and many tasks want in. */
const down: Fault = {
  name: 'application-down-under-load',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  long: true,
  points: (scale) => [pointOf(scale)],
  controls: () => [{ point: FEW, without: 'breaker' }],
  async strike(site, point) {
    const [wanted = 0, count = 0] = point.match(/\d+/g)?.map(Number) ?? [];
    const tasks = await site.accept(wanted, 'visit');
    const { process, accounts } = await site.application();
    const wire = await openWire(process.port);
    try {
      wire.cut();
      const url = `http://127.0.0.1:${wire.port}/`;
      const behindWire = accounts.map((account) => ({ ...account, url }));
      const orders = { accounts: behindWire, concurrency: RUNS, leaseSeconds: LEASE_SECONDS };
      const workers = await Promise.all(Array.from({ length: count }, () => site.startWorker(orders)));
      const usesInVain = USES_TO_PARK + count * RUNS + LOOKS;
      const most = usesInVain * TRIES_A_USE;
      await (site.without ? untilKnockedAt(wire, most) : untilParked(workers));
      if (!site.without) await pass(DOWN_SECONDS * 1000);
      const tries = wire.refused();
      wire.leadTo(process.port);
      await site.settle(SETTLE_SECONDS);
      if (tries > most) site.found({ unexplained: [`It was knocked at ${tries} times instead of ${most}.`] });
      if (!site.without) await site.record((store) => lookForUnrest(site, store, tasks, usesInVain + count * RUNS));
    } finally {
      await wire.close();
    }
  },
};

async function untilParked(workers: readonly WorkerProcess[]): Promise<void> {
  const parked = workers.map((worker) => worker.says(({ say }) => say === 'parked', REACH_SECONDS));
  if (!(await Promise.race([...parked, pass(REACH_SECONDS * 1000, false)])))
    throw new Error('The application was not parked.');
}

async function untilKnockedAt(wire: Wire, times: number): Promise<void> {
  for (let waited = 0; wire.refused() <= times && waited < REACH_SECONDS; waited += 0.1) await pass(100);
}

/** Parked once and let go once; all but those that found out, and those worked beside another, in the order of their promises. */
async function lookForUnrest(site: Site, store: OpenStore, tasks: readonly string[], apart: number): Promise<void> {
  const kinds = (await store.access.events(100)).map(({ kind }) => kind).reverse();
  if (kinds.join() !== 'application-parked,application-well')
    site.found({ unexplained: [`The application was ${kinds.join(', then ')}.`] });
  const stories: TaskStory[] = [];
  for (const id of tasks) stories.push((await store.tasks.story(id))!);
  const late = outOfOrder(stories);
  if (late > apart) site.found({ unexplained: [`${late} tasks were worked out of their order.`] });
}

/**
 * How many tasks were worked out of the order of their promises as they stand. Who did not come to the application while it
 * was down kept its promise, and is before those whose promise was moved.
 */
export function outOfOrder(stories: readonly TaskStory[]): number {
  const asPromised = stories.toSorted((a, b) => Date.parse(a.task.dueAt) - Date.parse(b.task.dueAt));
  return stories.length - longestRise(asPromised.map(lastStart));
}

function lastStart({ events }: TaskStory): number {
  return events.findLast(({ kind }) => kind === 'started')?.seq ?? 0;
}

/** How many of these numbers can be left standing so that each is greater than the one before it. */
function longestRise(numbers: readonly number[]): number {
  const ends: number[] = [];
  for (const number of numbers) {
    const at = ends.findIndex((end) => end >= number);
    ends[at < 0 ? ends.length : at] = number;
  }
  return ends.length;
}

export const outages: readonly Fault[] = [down];
