import { setTimeout as pass } from 'node:timers/promises';
import { type LedgerCommand, type LedgerFault, ledgerFaults } from '../../demo/ledger/index.ts';
import type { Control, Fault, Site } from '../fault.ts';
import { sample } from '../random.ts';
import { momentNamed } from '../worker/orders.ts';
import type { WorkerProcess } from '../worker/process.ts';

/** How long the application goes on misbehaving where that has no end of its own. */
const LASTS_MS = 10_000;
const REACH_SECONDS = 240;
const FORM = '/voucher.asp';

interface Family {
  readonly name: string;
  /** Which of the demo application's faults. */
  readonly of: readonly string[];
  readonly control: Control;
  readonly byApplication?: true;
}

/** The demo application misbehaves under a worker that keys a voucher there; each fault of the family is a point. */
function applicationFault({ name, of, control, byApplication }: Family): Fault {
  return {
    name,
    profiles: ['embedded', 'postgres', 'redis'],
    needs: ['browser'],
    points: ({ quick, random }) => (quick ? sample(of, 1, random) : of),
    controls: () => [control],
    ...(byApplication && { byApplication }),
    async strike(site, point) {
      await site.accept(1, 'voucher');
      const fault = point === DOWN.name ? DOWN : faultNamed(point, '');
      const worker = await (fault.when === 'at-first' ? armAtFirst(site, fault) : armOnFilledForm(site, fault));
      if (fault.ends === 'nothing') return lastAndLeave(site, worker, fault);
      // The others happen once, to what is sent next.
      if (point !== DOWN.name && point !== SLOW) return;
      await pass(LASTS_MS);
      await tell(site, fault.disarm);
    },
  };
}

/** Not in the demo's list: nobody answers there for a while, and the voucher was written before. */
const DOWN: LedgerFault = {
  ...{ name: 'down-in-mid-form', when: 'form-filled', ends: 'once' },
  arm: [{ do: 'down' }],
  disarm: [{ do: 'up' }],
};
const SLOW = 'minute-long-answer';

function faultNamed(name: string, user: string): LedgerFault {
  const found = ledgerFaults(user).find((fault) => fault.name === name);
  if (!found) throw new Error(`The application knows no fault ${name}.`);
  return found;
}

async function armAtFirst(site: Site, fault: LedgerFault): Promise<WorkerProcess> {
  await tell(site, fault.arm);
  return site.startWorker();
}

async function armOnFilledForm(site: Site, fault: LedgerFault): Promise<WorkerProcess> {
  const worker = await site.startWorker({ struck: { ...momentNamed('before screen.submit 1'), how: 'wait' } });
  if (!(await worker.says(({ say }) => say === 'struck', REACH_SECONDS))) throw new Error('No form was filled in.');
  await tell(site, await ofWhoIsIn(site, fault));
  worker.tell('go on');
  return worker;
}

/** Some faults befall one user: the one whose session it is. */
async function ofWhoIsIn(site: Site, { name, arm }: LedgerFault): Promise<readonly LedgerCommand[]> {
  if (!arm.some((command) => 'user' in command)) return arm;
  const { signedIn } = await tell(site, []);
  return faultNamed(name, signedIn[0] ?? '').arm;
}

/** While it lasts nothing can be written: the worker meets it, leaves, and a person lets its accounts go. */
async function lastAndLeave(site: Site, worker: WorkerProcess, fault: LedgerFault): Promise<void> {
  while (((await tell(site, [])).hits[FORM] ?? 0) === 0) await pass(100);
  await pass(LASTS_MS);
  worker.signal('SIGTERM');
  await worker.exited;
  const { vouchers } = await tell(site, []);
  if (vouchers > 0 && !site.without) site.found({ wrong: [`A voucher was written through ${fault.name}.`] });
  const users = (await site.application()).users;
  await tell(site, [{ do: 'behave' }, ...users.map((user): LedgerCommand => ({ do: 'unlock', user }))]);
  await site.record(({ access }) => access.release('ledger', undefined, 'ann'));
}

/** Tells the application all of it; its status then. */
async function tell(site: Site, commands: readonly LedgerCommand[]) {
  const { process } = await site.application();
  for (const command of commands) await process.tell(command);
  return process.tell({ do: 'status' });
}

export const applications: readonly Fault[] = [
  applicationFault({
    name: 'application-fails',
    of: [
      ...['error-page', 'error-before-write', 'error-after-write', 'bad-gateway-after-write', 'no-answer-after-write'],
      ...['half-a-page-after-write', 'endless-file-after-write', SLOW, DOWN.name],
    ],
    control: { point: 'no-answer-after-write', without: 'look-up' },
  }),
  applicationFault({
    name: 'application-signs-out',
    of: [
      ...['signed-out-in-mid-form', 'signed-out-before-write', 'signed-out-after-write'],
      ...['login-wall-in-mid-form', 'password-expired-in-mid-form'],
    ],
    control: { point: 'signed-out-after-write', without: 'look-up' },
  }),
  applicationFault({
    name: 'application-changes-its-form',
    of: ['label-renamed', 'fields-moved', 'new-mandatory-field'],
    control: { point: 'fields-moved', without: 'comparison' },
  }),
  applicationFault({
    name: 'application-stores-otherwise',
    of: ['stored-altered', 'stored-twice'],
    control: { point: 'stored-altered', without: 'comparison' },
    byApplication: true,
  }),
];
