import { setTimeout as pass } from 'node:timers/promises';
import { type Fault, PROFILES, type Site } from '../fault.ts';
import { sample } from '../random.ts';
import { type Grief, momentNamed } from '../worker/orders.ts';

const REACH_SECONDS = 240;

/** The application has it, and the browser does not know. */
const UNANSWERED = 'written, not answered';

/** The worker's browser comes to grief around the submit of a voucher. */
function browserFault(name: string, comes: Grief): Fault {
  return {
    name,
    profiles: ['embedded', 'postgres', 'redis'],
    needs: ['browser'],
    async points({ profile, quick, random, rehearse }) {
      const around = aroundSubmit(await rehearse());
      if (quick) return sample([UNANSWERED, ...around], 1, random);
      // Where the record lies is nothing to a browser: each moment comes in one of the profiles, dealt in turn.
      return [UNANSWERED, ...around.filter((_, nth) => PROFILES[nth % PROFILES.length] === profile)];
    },
    controls: () => [{ point: UNANSWERED, without: 'look-up' }],
    async strike(site, point) {
      await site.accept(1, 'voucher');
      if (point === UNANSWERED) return strikeUnanswered(site, comes);
      const worker = await site.startWorker({ struck: { ...momentNamed(point), how: 'browser', comes } });
      if (!(await worker.says(({ say }) => say === 'struck', REACH_SECONDS))) {
        throw new Error('The worker never came to its moment.');
      }
    },
  };
}

async function strikeUnanswered(site: Site, comes: Grief): Promise<void> {
  const { process: application } = await site.application();
  await application.tell({ do: 'fail', at: 'after-write', how: 'hang' });
  const worker = await site.startWorker();
  while ((await application.tell({ do: 'status' })).vouchers === 0) await pass(50);
  worker.tell(comes);
}

/** From the filled form to the look-up behind the submit; in between, each page that is asked for. */
function aroundSubmit(moments: readonly string[]): readonly string[] {
  const from = moments.indexOf('before screen.submit 1');
  const to = moments.indexOf('after screen.lookUp 2');
  return moments.slice(from, to + 1).filter((moment) => /screen\.|page\./.test(moment));
}

export const browsers: readonly Fault[] = [
  browserFault('browser-killed', 'killed'),
  browserFault('browser-hung', 'hung'),
  browserFault('browser-out-of-memory', 'out of memory'),
];
