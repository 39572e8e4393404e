import { describe, expect, it } from 'vitest';
import type { Comparison, Journal } from '#core';
import { defineScreen, field, money, named } from '#runner';
import { openBench } from '../support/bench.ts';
import { death, mortal, untilDeath } from '../support/dying.ts';
import { keyingBot, patientScreen, VOUCHER } from '../support/keyingBot.ts';
import { keyingDesk, openLedgerDesk } from '../support/ledgerDesk.ts';
import { leased, someReceipt } from '../support/work.ts';

const DONE = { kind: 'done', output: { voucher: '2003-000001' } };
const unlike = (compared: readonly Comparison[]) =>
  compared.filter(({ same }) => !same).map(({ field, wanted, shown }) => [field, wanted, shown]);

describe('a record that somebody else keyed', () => {
  it('goes to a person with both sides, who says that it is this one', async () => {
    const { clerkPosts, voucher, work, question, answer, vouchers, effects, hits } = await keyingDesk();
    await clerkPosts(voucher, { f10: 'PO-1' });
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ kind: 'in-doubt', code: 'already-there', form: null });
    expect(unlike(asked.compared)).toEqual([['order_number', null, 'PO-1']]);
    expect(asked.evidence).toHaveLength(1);
    const forms = await hits('/voucher.asp');

    await answer('there');
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ kind: 'differs', code: 'read-back-differs' });
    await answer('accept');
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toHaveLength(1);
    expect(await hits('/voucher.asp')).toBe(forms);
    expect(await effects()).toEqual(['proven']);
  });

  it('is not keyed on the word of a person that it is there, when it is gone', async () => {
    const lookUp = [patientScreen.lookUp, async () => ({ state: 'absent' }) as const];
    const screen = defineScreen({ ...patientScreen, lookUp: (session, record) => lookUp.shift()!(session, record) });
    const { clerkPosts, voucher, work, question, answer, vouchers } = await keyingDesk({}, screen);
    await clerkPosts(voucher);
    await work();
    await answer('there');
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ code: 'posted-but-absent' });
    expect(vouchers()).toHaveLength(1);
  });

  it('goes to a person where it stands there twice', async () => {
    const { clerkPosts, voucher, work, question } = await keyingDesk();
    await clerkPosts(voucher);
    await clerkPosts(voucher);
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({
      kind: 'in-doubt',
      code: 'keyed-twice',
      choices: ['again', 'by-hand', 'reject'],
    });
  });

  it('does not hide one whose number is longer, or another supplier’s', async () => {
    const { clerkPosts, voucher, work, vouchers } = await keyingDesk();
    await clerkPosts({ ...voucher, invoice_number: `${voucher.invoice_number}-1` });
    await clerkPosts({ ...voucher, vendor: '70101' });
    expect(await work()).toMatchObject({ kind: 'done', output: { voucher: '2003-000003' } });
    expect(vouchers()).toHaveLength(3);
  });

  it('by another task is that task’s: it waits while that one is at it, and a person compares in the end', async () => {
    const { store, voucher, work, question, vouchers } = await keyingDesk();
    const key = `${voucher.vendor} ${voucher.invoice_number}`;
    const other = store.tasks.journal(await leased(store));
    const intent = { step: 'rekey voucher', application: 'ledger', screen: 'voucher', key, record: {} };
    await other.intend({ ...intent, quietSeconds: 0 });
    expect(await work()).toMatchObject({ kind: 'retry', reason: 'key-busy', spendsAttempt: false });
    await other.prove('rekey voucher', someReceipt());
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ kind: 'business', code: 'key-in-use' });
    expect(vouchers()).toEqual([]);
  });
});

describe('a read-back that differs', () => {
  it('is shown to a person beside what was to be keyed', async () => {
    const { clerkPosts, voucher, store, task, run, work, question, vouchers, fresh } = await keyingDesk();
    // The bot dies right after its intent; a person keys the invoice meanwhile, with another total.
    const end = death();
    const journal = (own: Journal) => mortal(own, { operation: 'intend', when: 'after' }, end);
    expect(await untilDeath(end, run({ services: fresh(), journal }))).toBe(true);
    store.abandon(task.id);
    await clerkPosts(voucher, { f7: '1.324,50', f9: '1.559,06' });
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ kind: 'differs', choices: ['accept', 'again', 'key-again', 'by-hand', 'reject'] });
    expect(unlike(asked.compared)).toEqual([
      ['net_total', '1234.50', '1324.50'],
      ['total', '1469.06', '1559.06'],
    ]);
    expect(asked.problems).toMatchObject([{ code: 'read-back-differs', fields: ['net_total', 'total'] }]);
    expect(vouchers()).toHaveLength(1);
  });

  it('catches amounts written in another country’s way, which the application takes without a word', async () => {
    const english = (name: string, caption: string) => field(money('1,234.50'), named(name), caption);
    const screen = defineScreen({
      ...patientScreen,
      fields: { ...patientScreen.fields, net_total: english('f7', 'Net'), total: english('f9', 'Total') },
    });
    const { work, question, vouchers } = await keyingDesk({ tax_total: '0.00', total: '1234.50' }, screen);
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(vouchers()).toMatchObject([{ net: '1.23', total: '1.23' }]);
    expect(unlike((await question()).compared).map(([name]) => name)).toEqual(['net_total', 'total']);
  });
});

describe('what the application cannot hold', () => {
  it.each(['PO-Ł1', 'PO-€', 'PO-\u0085'])('is stopped before it is typed: %j', async (order_number) => {
    const { work, question, hits } = await keyingDesk({ order_number });
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({
      kind: 'business',
      code: 'does-not-fit',
      choices: expect.arrayContaining(['correct']),
    });
    expect(await hits('/voucher.asp')).toBe(0);
  });

  it('is stopped at the form that cuts it, and can be corrected', async () => {
    const { work, question, answer, vouchers, effects } = await keyingDesk({
      net_total: '123456789012.34',
      total: '123456789246.90',
    });
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ kind: 'business', code: 'does-not-fit', record: 'voucher' });
    expect(asked.problems[0]?.fields).toEqual(['net_total', 'total']);
    expect(unlike(asked.compared).map(([name]) => name)).toEqual(['net_total', 'total']);
    expect(await effects()).toEqual([]);
    await answer('correct', VOUCHER);
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toMatchObject([{ net: '1234.50' }]);
  });

  it('is said before anything is sent where a list does not offer it', async () => {
    const { work, question, effects } = await keyingDesk({ currency: 'AUD' });
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ kind: 'business', code: 'option-missing' });
    expect(await effects()).toEqual([]);
  });

  it('is said where the master data has no such supplier', async () => {
    const { work, question, answer, vouchers } = await keyingDesk({ vendor: '7' });
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ kind: 'business', code: 'unknown-vendor' });
    await answer('correct', VOUCHER);
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toHaveLength(1);
  });
});

describe('a record that the application refuses', () => {
  it('is withdrawn, corrected by a person, and keyed once', async () => {
    const { work, question, answer, vouchers, effects } = await keyingDesk({ total: '1469.60' });
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ kind: 'business', code: 'application-refused' });
    expect(asked.problems[0]?.message).toContain('Net + tax does not equal total!');
    expect(asked.draft['total']?.value).toBe('1469.60');
    expect(await effects()).toEqual(['withdrawn']);
    await answer('correct', VOUCHER);
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toHaveLength(1);
    expect(await effects()).toEqual(['withdrawn', 'proven']);
  });
});

describe('a password that is wrong', () => {
  it('is tried once; then the account is held', async () => {
    const desk = await openLedgerDesk();
    const { run } = await openBench(keyingBot(), { voucher: VOUCHER });
    const worker = desk.fresh({ user: 'bot', password: 'wrong' });
    expect(await run({ services: worker })).toMatchObject({ kind: 'retry', reason: 'sign-in-refused' });
    for (let turn = 0; turn < 3; turn++) {
      expect(await run({ services: worker })).toMatchObject({ reason: 'account-held', spendsAttempt: false });
    }
    expect(await desk.hits('/login.asp')).toBe(1);
    expect((await desk.ledger.tell({ do: 'status' })).locked).toEqual([]);
  });

  it('is not thought so because the application is slow', async () => {
    const { ledger, work } = await keyingDesk();
    await ledger.tell({ do: 'slow', ms: 600 });
    expect(await work()).toEqual(DONE);
  });
});
