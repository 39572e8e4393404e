import type { Fault } from '../fault.ts';
import { sample } from '../random.ts';
import { momentNamed } from '../worker/orders.ts';

const MOMENTS = [
  'after store.claim 1',
  'before screen.open 1',
  'after journal.intend 1',
  'before screen.submit 1',
  'after screen.submit 1',
  'before journal.prove 1',
];
const REACH_SECONDS = 240;
/** What a worker gives its runs, what it takes to stop them, and what it takes to close its browser. */
const DRAIN_SECONDS = 20 + 5 + 5;

/** Asked to stop in the middle of a run: it ends what it has or gives it back, and leaves nothing half done. */
const drained: Fault = {
  name: 'sigterm-in-mid-run',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  points: ({ quick, random }) => (quick ? sample(MOMENTS, 1, random) : MOMENTS),
  controls: () => [{ point: 'after mail.post 1', without: 'drain' }],
  async strike(site, point) {
    await site.accept(2, point.includes('mail.') ? 'letter' : 'voucher');
    const worker = await site.startWorker({ struck: { ...momentNamed(point), how: 'wait' } });
    if (!(await worker.says(({ say }) => say === 'struck', REACH_SECONDS))) {
      throw new Error('The worker never came to its moment.');
    }
    const patience = setTimeout(() => worker.signal('SIGKILL'), DRAIN_SECONDS * 1000);
    worker.signal('SIGTERM');
    worker.tell('go on');
    const how = await worker.exited;
    clearTimeout(patience);
    if (how !== 0) throw new Error(`Asked to stop, the worker ended with ${how}.`);
    await site.record(async (store) => {
      const { running } = await store.tasks.counts();
      if (running > 0) site.found({ lost: ['A worker that was asked to stop left a task running.'] });
    });
  },
};

export const drains: readonly Fault[] = [drained];
