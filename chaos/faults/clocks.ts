import type { Fault } from '../fault.ts';
import { momentNamed } from '../worker/orders.ts';
import type { WorkerProcess } from '../worker/process.ts';

/** Clocks an hour apart from the database's and two from each other: who dies, and who takes over. */
const CLOCKS: Readonly<Record<string, readonly [number, number]>> = {
  'ahead, then behind': [1, -1],
  'behind, then ahead': [-1, 1],
};

const wrongClock: Fault = {
  name: 'clock-wrong-by-an-hour',
  profiles: ['embedded', 'postgres', 'redis'],
  points: ({ quick }) => Object.keys(CLOCKS).slice(0, quick ? 1 : undefined),
  controls: () => [{ point: 'ahead, then behind', without: 'look-up' }],
  async strike(site, point) {
    const [first, second] = CLOCKS[point]!;
    await site.accept(4, 'letter');
    const doomed = await site.startWorker({
      clockHours: first,
      struck: { ...momentNamed('after mail.post 1'), how: 'die' },
    });
    await doomed.exited;
    await site.startWorker({ clockHours: second });
  },
};

const REACH_SECONDS = 240;

/**
 * With the lease that installations have: another worker goes on with the task in under a minute. Whoever is given it waits
 * with the letter posted, which is not for long: an effect has its own patience.
 */
const takeover: Fault = {
  name: 'takeover',
  profiles: ['embedded', 'postgres', 'redis'],
  takeoverSeconds: 60,
  long: true,
  points: () => ['default lease'],
  controls: () => [{ point: 'default lease', without: 'look-up' }],
  async strike(site) {
    const orders = { leaseSeconds: 30 };
    const start = () => site.startWorker({ ...orders, struck: { ...momentNamed('after mail.post 1'), how: 'wait' } });
    // Embedded, one process at a time opens the record; elsewhere the other one is up before there is work: what a process
    // takes to start is not measured.
    const isAlone = site.profile === 'embedded';
    if (isAlone) await site.accept(1, 'letter');
    const workers = await Promise.all(isAlone ? [start()] : [start(), start()]);
    const posting = Promise.any(workers.map(untilPosted));
    if (!isAlone) await site.accept(1, 'letter');
    const doomed = await posting;
    doomed.signal('SIGKILL');
    await doomed.exited;
    if (isAlone) await site.startWorker(orders);
    // A control's posts it once more, and shall not wait there.
    for (const other of workers) if (other !== doomed) void untilPosted(other).then(goOn, () => undefined);
  },
};

async function untilPosted(worker: WorkerProcess): Promise<WorkerProcess> {
  if (await worker.says(({ say }) => say === 'struck', REACH_SECONDS)) return worker;
  throw new Error('The worker never came to its moment.');
}

function goOn(worker: WorkerProcess): void {
  worker.tell('go on');
}

export const clocks: readonly Fault[] = [wrongClock, takeover];
