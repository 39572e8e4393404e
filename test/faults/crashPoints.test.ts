import { describe, expect, it, vi } from 'vitest';
import { defineScreen } from '#runner';
import type { RunOptions } from '../support/bench.ts';
import { type Death, type DeathPoint, death, mortal, untilDeath } from '../support/dying.ts';
import { keyingBot, patientScreen, SECOND_BOT, SETTLING_SECONDS } from '../support/keyingBot.ts';
import { keyingDesk } from '../support/ledgerDesk.ts';

type Desk = Awaited<ReturnType<typeof keyingDesk>>;
type Submit = typeof patientScreen.submit;

const RIGHT = [{ vendor: '70102', invoiceNumber: 'RE-2026/0815', net: '1234.50', tax: '234.56', total: '1469.06' }];

/** What a run writes down around a submit, and its last look at the lease. */
const AROUND_SUBMIT: readonly Omit<DeathPoint, 'when'>[] = [
  { operation: 'attach', nth: 1 },
  { operation: 'intend', nth: 1 },
  { operation: 'checkLease', nth: 1 },
  { operation: 'attach', nth: 2 },
  { operation: 'prove', nth: 1 },
];

/** Longer than a busy machine takes to open another browser and look. */
const WRITES_AFTER_MS = 30_000;

describe('a worker that dies', () => {
  it.each(
    AROUND_SUBMIT.flatMap((point) => [{ ...point, when: 'before' } as const, { ...point, when: 'after' } as const]),
  )('leaves one right voucher: $when $operation $nth', async (point) => {
    const desk = await keyingDesk();
    await dies(desk, (end) => ({ journal: (own) => mortal(own, point, end) }));
    await othersGoOn(desk);
    expect(desk.vouchers()).toMatchObject(RIGHT);
    expect(desk.vouchers()).toHaveLength(1);
  });

  it.each<[string, (submit: Submit, desk: Desk, end: Death) => Submit]>([
    ['before it presses Post', (_submit, _desk, end) => end.die],
    ['when the application has written and not answered', beforeTheAnswer],
    ['when the application has answered', afterTheAnswer],
  ])('leaves one right voucher: %s', async (_, deadly) => {
    const desk = await keyingDesk();
    await dies(desk, (end) => ({ bot: botSubmitting(deadly(patientScreen.submit, desk, end)) }));
    await othersGoOn(desk);
    expect(desk.vouchers()).toMatchObject(RIGHT);
    expect(desk.vouchers()).toHaveLength(1);
  });

  it('leaves one right voucher: while the application takes its time to write', async () => {
    const desk = await keyingDesk();
    await dies(desk, (end) => ({ bot: botSubmitting(writtenLate(desk, end)) }));
    await looksTooSoon(desk);
  }, 120_000);

  it('leaves one right voucher: after its intent, and the next one while the application takes its time to write', async () => {
    const desk = await keyingDesk();
    await dies(desk, (end) => ({ journal: (own) => mortal(own, { operation: 'intend', when: 'after' }, end) }));
    desk.store.abandon(desk.task.id);
    desk.store.age(desk.task.id, SETTLING_SECONDS);
    await dies(desk, (end) => ({ bot: botSubmitting(writtenLate(desk, end)) }));
    await looksTooSoon(desk);
  }, 120_000);
});

describe('without looking up', () => {
  it('the same death leaves two vouchers, so the walk would show what it must', async () => {
    const blind = defineScreen({ ...patientScreen, lookUp: async () => ({ state: 'absent' }) });
    const desk = await keyingDesk({}, blind);
    await dies(desk, (end) => ({ bot: botSubmitting(afterTheAnswer(patientScreen.submit, desk, end)) }));
    desk.store.abandon(desk.task.id);
    desk.store.age(desk.task.id, SETTLING_SECONDS);
    await desk.run({ services: desk.fresh() });
    expect(desk.vouchers()).toHaveLength(2);
  });
});

/** A worker takes the task and dies at it. */
async function dies({ run, fresh }: Desk, deadly: (end: Death) => Omit<RunOptions, 'services'>): Promise<void> {
  const end = death();
  expect(await untilDeath(end, run({ services: fresh(), ...deadly(end) }))).toBe(true);
}

/** The next worker looks while the application still writes, and keys nothing. */
async function looksTooSoon(desk: Desk): Promise<void> {
  const { store, task, run, fresh, vouchers } = desk;
  store.abandon(task.id);
  expect(await run({ services: fresh(SECOND_BOT) })).toMatchObject({ kind: 'retry', reason: 'settling' });
  expect(vouchers()).toEqual([]);
  await vi.waitFor(() => expect(vouchers()).toHaveLength(1), { timeout: 2 * WRITES_AFTER_MS });
  expect(await run({ services: fresh() })).toMatchObject({ kind: 'done' });
  expect(vouchers()).toMatchObject(RIGHT);
}

/** Fresh workers take over, one after the other, until the task is done. */
async function othersGoOn({ store, task, run, fresh, story }: Desk): Promise<void> {
  store.abandon(task.id);
  let outcome: Awaited<ReturnType<typeof run>> | undefined;
  for (let worker = 0; worker < 3 && outcome?.kind !== 'done'; worker++) {
    store.age(task.id, SETTLING_SECONDS);
    outcome = await run({ services: fresh() });
  }
  expect(outcome).toMatchObject({ kind: 'done' });
  expect((await story()).effects.at(-1)?.state).toBe('proven');
}

function botSubmitting(submit: Submit) {
  return keyingBot(defineScreen({ ...patientScreen, submit }));
}

function beforeTheAnswer(submit: Submit, { ledger, vouchers }: Desk, { die }: Death): Submit {
  return async (session, form) => {
    await ledger.tell({ do: 'fail', at: 'after-write', how: 'hang' });
    submit(session, form).catch(() => undefined);
    await vi.waitFor(() => expect(vouchers()).toHaveLength(1), { timeout: 30_000 });
    return die();
  };
}

function afterTheAnswer(submit: Submit, _desk: Desk, { die }: Death): Submit {
  return async (session, form) => {
    await submit(session, form);
    return die();
  };
}

/** The application takes its time to write, and the worker dies meanwhile. */
function writtenLate({ ledger, hits }: Desk, { die }: Death): Submit {
  return async (session, form) => {
    await ledger.tell({ do: 'slow', ms: WRITES_AFTER_MS, write: 'after-wait' });
    const before = await hits('/voucher.asp');
    patientScreen.submit(session, form).catch(() => undefined);
    await vi.waitFor(async () => expect(await hits('/voucher.asp')).toBe(before + 1), { timeout: 30_000 });
    await ledger.tell({ do: 'behave' });
    return die();
  };
}
