import { describe, expect, it } from 'vitest';
import type { Comparison } from '#core';
import { defineScreen } from '#runner';
import { patientScreen, SETTLING_SECONDS, screenWithPatience } from '../support/keyingBot.ts';
import { keyingDesk } from '../support/ledgerDesk.ts';

const DONE = { kind: 'done', output: { voucher: '2003-000001' } };
const unlike = (compared: readonly Comparison[]) => compared.filter(({ same }) => !same).map(({ field }) => field);

describe('a record that is not there', () => {
  it('is keyed once and proven by what the application shows', async () => {
    const { ledger, work, story, vouchers } = await keyingDesk();
    const before = await ledger.tell({ do: 'status' });
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toMatchObject([{ vendor: '70102', invoiceNumber: 'RE-2026/0815', dueDate: '2026-03-20' }]);
    const { effects, evidence, events } = await story();
    expect(effects).toMatchObject([{ state: 'proven', key: '70102 RE-2026/0815', screen: 'voucher' }]);
    expect(effects[0]?.receipt).toMatchObject({ application: 'ledger', reference: '2003-000001' });
    expect(unlike(effects[0]?.receipt?.compared ?? [])).toEqual([]);
    expect(effects[0]?.receipt?.compared).toHaveLength(9);
    expect(evidence.map(({ label }) => label)).toEqual(['form before submit', 'read-back']);
    expect(events.map(({ kind }) => kind)).toEqual(['submitted', 'started', 'step', 'intended', 'proven', 'step']);
    // Five for the login; look-up 1, form 1, vendor 3, posting 1, read-back 2.
    expect((await ledger.tell({ do: 'status' })).requests - before.requests).toBe(13);
  });

  it.each([
    ['is signed out', { do: 'sign-out', at: 'before-write' }, 'signed-out'],
    ['fails', { do: 'fail', at: 'before-write' }, 'posting-unconfirmed'],
  ] as const)(
    'is keyed again once it has settled, where the application %s before it writes',
    async (_, fault, code) => {
      const { ledger, work, task, store, vouchers, effects, hits } = await keyingDesk();
      await ledger.tell(fault);
      expect(await work()).toMatchObject({ kind: 'retry', reason: code, spendsAttempt: true });
      expect(await effects()).toEqual(['intended']);
      const forms = await hits('/voucher.asp');
      expect(await work()).toMatchObject({ kind: 'retry', reason: 'settling', spendsAttempt: false });
      expect(await hits('/voucher.asp')).toBe(forms);
      store.age(task.id, SETTLING_SECONDS);
      expect(await work()).toEqual(DONE);
      expect(vouchers()).toHaveLength(1);
      expect(await effects()).toEqual(['withdrawn', 'proven']);
    },
  );

  it.each([
    ['signs us out', { do: 'sign-out', at: 'after-write' }, patientScreen, 'signed-out'],
    ['never answers', { do: 'fail', at: 'after-write', how: 'hang' }, screenWithPatience(12), 'application-slow'],
  ] as const)('is adopted where the application %s after it has written', async (_, fault, screen, code) => {
    const { ledger, work, vouchers, effects } = await keyingDesk({}, screen);
    await ledger.tell(fault);
    expect(await work()).toMatchObject({ kind: 'retry', reason: code });
    expect(vouchers()).toHaveLength(1);
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toHaveLength(1);
    expect(await effects()).toEqual(['proven']);
  });

  it('is proven in the same run where the application fails after it has written', async () => {
    const { ledger, work, vouchers } = await keyingDesk();
    await ledger.tell({ do: 'fail', at: 'after-write' });
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toHaveLength(1);
  });

  it('is found where the application was away when it was to be looked up', async () => {
    const screen = screenWithPatience(12);
    const { ledger, work, vouchers } = await keyingDesk(
      {},
      defineScreen({
        ...screen,
        async submit(session, form) {
          const submitted = await screen.submit(session, form);
          await ledger.tell({ do: 'down' });
          return submitted;
        },
      }),
    );
    expect(await work()).toMatchObject({ kind: 'retry' });
    await ledger.tell({ do: 'up' });
    expect(await work()).toEqual(DONE);
    expect(vouchers()).toHaveLength(1);
  });
});

describe('a record that the application says it posted and does not show', () => {
  it('is never keyed again unless a person says so', async () => {
    const blind = defineScreen({ ...patientScreen, lookUp: async () => ({ state: 'absent' }) });
    const { work, task, store, vouchers, question, answer, effects } = await keyingDesk({}, blind);
    expect(await work()).toMatchObject({ kind: 'retry', reason: 'settling', spendsAttempt: false });
    store.age(task.id, SETTLING_SECONDS);
    for (let look = 0; look < 2; look++) {
      expect(await work()).toEqual({ kind: 'waiting' });
      expect(await question()).toMatchObject({ kind: 'in-doubt', code: 'posted-but-absent' });
      expect(vouchers()).toHaveLength(1);
      if (look === 0) await answer('again');
    }
    await answer('key-again');
    expect(await work()).toMatchObject({ reason: 'settling' });
    expect(vouchers()).toHaveLength(2);
    store.age(task.id, SETTLING_SECONDS);
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(vouchers()).toHaveLength(2);
    expect(await effects()).toEqual(['withdrawn', 'intended']);
  });
});
