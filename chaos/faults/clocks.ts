import type { Fault } from '../fault.ts';
import { momentNamed } from '../worker/orders.ts';

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

/** With the lease that installations have: another worker goes on with the task in under a minute. */
const takeover: Fault = {
  name: 'takeover',
  profiles: ['embedded', 'postgres', 'redis'],
  takeoverSeconds: 60,
  long: true,
  points: () => ['default lease'],
  controls: () => [{ point: 'default lease', without: 'look-up' }],
  async strike(site) {
    await site.accept(1, 'letter');
    const orders = { leaseSeconds: 30 };
    const doomed = await site.startWorker({ ...orders, struck: { ...momentNamed('after mail.post 1'), how: 'wait' } });
    if (!(await doomed.says(({ say }) => say === 'struck', REACH_SECONDS))) {
      throw new Error('The worker never came to its moment.');
    }
    // The other one is up when it dies: what a process takes to start is not measured. Embedded it cannot be.
    if (site.profile !== 'embedded') await site.startWorker(orders);
    doomed.signal('SIGKILL');
    await doomed.exited;
    if (site.profile === 'embedded') await site.startWorker(orders);
  },
};

export const clocks: readonly Fault[] = [wrongClock, takeover];
