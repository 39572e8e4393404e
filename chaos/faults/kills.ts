import type { Control, Fault, Site } from '../fault.ts';
import { sample } from '../random.ts';
import { nothingOpen } from '../site.ts';
import { momentNamed } from '../worker/orders.ts';
import type { WorkerProcess } from '../worker/process.ts';

/** Points of each that a quick run takes. */
const QUICK_POINTS = 1;
const REACH_SECONDS = 240;

/** A worker ends itself by SIGKILL at one moment of keying a voucher; others go on. */
function killedAt(name: string, parts: readonly string[], control: Control): Fault {
  const isOurs = (moment: string) => parts.some((part) => momentNamed(moment).operation.startsWith(`${part}.`));
  return {
    name,
    profiles: ['embedded', 'postgres', 'redis'],
    needs: ['browser'],
    crashMatrix: true,
    async points({ quick, random, rehearse }) {
      const all = (await rehearse()).filter((moment) => isOurs(moment) && isCertain(moment));
      return quick ? sample(all, QUICK_POINTS, random) : all;
    },
    async strike(site, point) {
      // A control does without a browser where the browser is not its point.
      await site.accept(1, site.without && !point.includes('screen.') ? 'letter' : 'voucher');
      const worker = await site.startWorker({ struck: { ...momentNamed(point), how: 'die' } });
      await mustDie(worker);
    },
    controls: () => [control],
  };
}

/** How often they come depends on how fast the machine is: only the first time is sure to. */
const BY_THE_CLOCK = /^store\.renew$|^reconciler\./;

function isCertain(moment: string): boolean {
  const { operation, nth } = momentNamed(moment);
  return nth === 1 || !BY_THE_CLOCK.test(operation);
}

/** Until the process has ended at its moment; a task that is done before, or a silent one, means that it never came. */
async function mustDie(worker: WorkerProcess): Promise<void> {
  const over = await worker.says(nothingOpen, REACH_SECONDS);
  if (over || (await worker.exited) !== 'SIGKILL') throw new Error('The worker never came to its moment.');
}

/** The application has written and its answer never comes: killed then, by somebody else. */
const killedUnanswered: Fault = {
  name: 'kill-9-unanswered',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  crashMatrix: true,
  points: () => ['written, not answered'],
  controls: () => [{ point: 'written, not answered', without: 'look-up' }],
  async strike(site: Site) {
    await site.accept(1, 'voucher');
    const { process: application } = await site.application();
    await application.tell({ do: 'fail', at: 'after-write', how: 'hang' });
    const worker = await site.startWorker();
    const untilWritten = async () => (await application.tell({ do: 'status' })).vouchers > 0;
    while (!(await untilWritten())) await worker.says((said) => said.say === 'open', 1);
    worker.signal('SIGKILL');
    await worker.exited;
  },
};

/** A worker ends itself by SIGKILL at one moment of an effect that no screen makes. */
const LETTER_MOMENTS = [
  'before mail.lookUp 1',
  'before journal.intend 1',
  'after journal.intend 1',
  'before mail.post 1',
  'after mail.post 1',
  'before mail.lookUp 2',
  'after mail.lookUp 2',
  'before journal.prove 1',
  'after journal.prove 1',
];

const killedAtEffect: Fault = {
  name: 'kill-9-effect',
  profiles: ['embedded', 'postgres', 'redis'],
  crashMatrix: true,
  points: ({ quick, random }) => (quick ? sample(LETTER_MOMENTS, QUICK_POINTS, random) : LETTER_MOMENTS),
  controls: () => [{ point: 'after mail.post 1', without: 'look-up' }],
  async strike(site, point) {
    await site.accept(1, 'letter');
    await mustDie(await site.startWorker({ struck: { ...momentNamed(point), how: 'die' } }));
  },
};

export const kills: readonly Fault[] = [
  killedAt('kill-9-journal', ['journal'], { point: 'before journal.remember 1', without: 'look-up' }),
  killedAt('kill-9-queue', ['queue', 'store', 'reconciler'], { point: 'after mail.post 1', without: 'record' }),
  killedAt('kill-9-browser', ['screen', 'field', 'page'], { point: 'after screen.submit 1', without: 'look-up' }),
  killedUnanswered,
  killedAtEffect,
];
