import { setTimeout as pass } from 'node:timers/promises';
import type { Control, Fault, Scale, Site } from '../fault.ts';
import { sample } from '../random.ts';
import { nothingOpen } from '../site.ts';
import { momentNamed } from '../worker/orders.ts';
import type { WorkerProcess } from '../worker/process.ts';

/** Where a worker that sleeps through its lease could do harm when it wakes. */
const MOMENTS = [
  'before journal.intend 1',
  'after journal.intend 1',
  'before journal.checkLease 1',
  'after journal.checkLease 1',
  'before screen.submit 1',
  'after screen.submit 1',
  'before journal.prove 1',
  'before store.finish 1',
];
const QUICK_POINTS = 1;
const REACH_SECONDS = 240;
/** Longer than the lease that workers of a site have. */
const SLEEP_SECONDS = 8;
/** So long that another worker starts, waits for the lease to run out and does the work meanwhile: else nobody was late. */
const BLOCK_SECONDS = 20;
/** As long as the default lease thrice. */
const LONG_BLOCK = { seconds: 90, lease: 30 };

/** None embedded: there is no other to be too late for. */
const lateLetter = ({ profile }: Scale): readonly Control[] =>
  profile === 'embedded' ? [] : [{ point: 'before journal.checkLease 1', without: 'fence' }];

/** A control's letter comes without a browser. */
const workOf = ({ without }: Site) => (without ? 'letter' : 'voucher');

/** Stopped by SIGSTOP until another has done its work, then woken. Embedded, where no other may be: until its lease is over. */
const stopped: Fault = {
  name: 'stopped-and-woken',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  points: ({ quick, random }) => (quick ? sample(MOMENTS, QUICK_POINTS, random) : MOMENTS),
  controls: lateLetter,
  async strike(site, point) {
    await site.accept(1, workOf(site));
    const sleeper = await site.startWorker({ struck: { ...momentNamed(point), how: 'stop' } });
    await mustBeStruck(sleeper);
    await othersGoOn(site);
    sleeper.signal('SIGCONT');
    if (!(await sleeper.says(nothingOpen, REACH_SECONDS))) throw new Error('The worker did not wake up.');
  },
};

/** Its event loop hears nothing for longer than its lease, while another worker lives. */
const blocked: Fault = {
  name: 'blocked-event-loop',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  points: ({ quick, random }) =>
    quick ? sample(MOMENTS, QUICK_POINTS, random) : [...MOMENTS, `${LONG_BLOCK.seconds} s`],
  controls: lateLetter,
  async strike(site, point) {
    const isLong = point === `${LONG_BLOCK.seconds} s`;
    const moment = momentNamed(isLong ? 'after journal.intend 1' : point);
    const seconds = isLong ? LONG_BLOCK.seconds : BLOCK_SECONDS;
    await site.accept(1, workOf(site));
    const sleeper = await site.startWorker({
      struck: { ...moment, how: 'block', seconds },
      ...(isLong && { leaseSeconds: LONG_BLOCK.lease }),
    });
    await mustBeStruck(sleeper);
    await othersGoOn(site);
    if (!(await sleeper.says(nothingOpen, seconds + REACH_SECONDS))) throw new Error('The worker did not come back.');
  },
};

async function mustBeStruck(worker: WorkerProcess): Promise<void> {
  if (!(await worker.says(({ say }) => say === 'struck', REACH_SECONDS))) {
    throw new Error('The worker never came to its moment.');
  }
}

async function othersGoOn(site: Site): Promise<void> {
  if (site.profile === 'embedded') return pass(SLEEP_SECONDS * 1000);
  const other = await site.startWorker();
  if (!(await other.says(nothingOpen, REACH_SECONDS))) throw new Error('The other worker did not go on.');
}

export const pauses: readonly Fault[] = [stopped, blocked];
