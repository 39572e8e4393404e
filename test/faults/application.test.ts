import { describe, expect, it } from 'vitest';
import type { Outcome } from '#core';
import { defineScreen } from '#runner';
import { type LedgerFault, ledgerFaults } from '../../demo/ledger/index.ts';
import { BOT, SETTLING_SECONDS, screenWithPatience } from '../support/keyingBot.ts';
import { keyingDesk } from '../support/ledgerDesk.ts';

const PATIENCE_SECONDS = 8;
const patient = screenWithPatience(PATIENCE_SECONDS);
const RIGHT = [{ vendor: '70102', invoiceNumber: 'RE-2026/0815', net: '1234.50', tax: '234.56', total: '1469.06' }];

/** Those that rekey.test.ts looks at step by step. */
const ELSEWHERE = [
  ...['error-before-write', 'error-after-write', 'no-answer-after-write'],
  ...['signed-out-before-write', 'signed-out-after-write'],
];

const faultsThat = (ends: LedgerFault['ends']) =>
  ledgerFaults(BOT.user).filter((fault) => fault.ends === ends && !ELSEWHERE.includes(fault.name));

/** A desk where the fault strikes the first run that comes to its moment. */
async function struckDesk({ when, arm, disarm }: LedgerFault) {
  let struck = when === 'at-first';
  const desk = await keyingDesk(
    {},
    defineScreen({
      ...patient,
      async submit(session, form) {
        if (!struck) await tell(arm);
        struck = true;
        return patient.submit(session, form);
      },
    }),
  );
  async function tell(commands: LedgerFault['arm']): Promise<void> {
    for (const command of commands) await desk.ledger.tell(command);
  }
  if (struck) await tell(arm);
  return { ...desk, over: () => tell(disarm) };
}

type Desk = Awaited<ReturnType<typeof struckDesk>>;

/** Runs, with time between them to settle, until the task needs no more of them. */
async function toItsEnd({ run, store, task, fresh }: Desk): Promise<Outcome> {
  for (let runs = 0; runs < 3; runs++) {
    store.age(task.id, SETTLING_SECONDS);
    const outcome = await run({ services: fresh() });
    if (outcome.kind !== 'retry') return outcome;
  }
  throw new Error('Three runs did not bring the task to an end.');
}

describe('an application that misbehaves', () => {
  it.each(faultsThat('once'))('gets the record once and right: $name', async (fault) => {
    const desk = await struckDesk(fault);
    const first = await desk.work();
    await desk.over();
    const last = first.kind === 'retry' ? await toItsEnd(desk) : first;
    expect(last).toMatchObject({ kind: 'done' });
    expect(desk.vouchers()).toMatchObject(RIGHT);
    expect(desk.vouchers()).toHaveLength(1);
  });

  it.each(faultsThat('nothing'))('gets nothing while it lasts: $name', async (fault) => {
    const desk = await struckDesk(fault);
    for (let runs = 0; runs < 2; runs++) expect(await desk.work()).toMatchObject({ kind: 'retry' });
    expect(desk.vouchers()).toEqual([]);
    // Once for the session it began with, and at most once more: a second refusal would be on the way to a locked account.
    expect(await desk.hits('/login.asp')).toBeLessThanOrEqual(2);
    await desk.over();
    expect(await toItsEnd(desk)).toMatchObject({ kind: 'done' });
    expect(desk.vouchers()).toMatchObject(RIGHT);
    expect(desk.vouchers()).toHaveLength(1);
  });

  it.each(faultsThat('differs'))('is found out when it stored something else: $name', async (fault) => {
    const desk = await struckDesk(fault);
    expect(await desk.work()).toEqual({ kind: 'waiting' });
    const stored = desk.vouchers().length;
    const { code, evidence } = await desk.question();
    expect(code).toBe(stored === 2 ? 'keyed-twice' : 'read-back-differs');
    expect(evidence).toHaveLength(1);
    await desk.over();
    await desk.answer('again');
    expect(await desk.work()).toEqual({ kind: 'waiting' });
    expect(desk.vouchers()).toHaveLength(stored);
  });
});
