import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Journal, Lease } from '#core';
import { claimed, type JournalStore, leased, someBot, someReceipt, submitted } from '../../support/work.ts';

export function effects(store: () => JournalStore): void {
  const opened = async () => store().tasks.journal(await leased(store()));
  const intent = (changes: object = {}) => ({
    step: 'key voucher',
    application: 'ledger',
    screen: 'voucher',
    key: randomUUID(),
    record: { total: '10.00' },
    quietSeconds: 0,
    ...changes,
  });
  const kinds = async ({ task }: Journal) => (await store().tasks.story(task.id))!.events.map(({ kind }) => kind);

  it('writes the intent before and the proof after, as one fact with the step', async () => {
    const journal = await opened();
    expect(await journal.effect('key voucher')).toBeUndefined();
    const wanted = intent();
    await journal.intend(wanted);
    const { quietSeconds: _, ...written } = wanted;
    expect(await journal.effect('key voucher')).toMatchObject({ ...written, state: 'intended', receipt: null });
    expect((await journal.effect('key voucher'))?.ageSeconds).toBeGreaterThanOrEqual(0);
    await journal.prove('key voucher', someReceipt());
    await journal.prove('key voucher', someReceipt());
    expect(await journal.effect('key voucher')).toMatchObject({ state: 'proven', receipt: someReceipt() });
    expect(await journal.recall('key voucher')).toMatchObject({ kind: 'rekey', value: someReceipt() });
    expect((await kinds(journal)).slice(2)).toEqual(['intended', 'proven', 'step']);
  });

  it('lets one task write a key, whichever is first', async () => {
    const [one, two] = [await opened(), await opened()];
    const key = randomUUID();
    await one.intend(intent({ key }));
    await expect(two.intend(intent({ key }))).rejects.toMatchObject({ kind: 'throttled', code: 'key-busy' });
    await one.prove('key voucher', someReceipt());
    await expect(two.intend(intent({ key }))).rejects.toMatchObject({ kind: 'business', code: 'key-in-use' });
    await two.intend(intent({ key, screen: 'goods receipt' }));
    await two.intend(intent({ key, application: 'other', step: 'elsewhere' }));
  });

  it('lets one of many at once write a key', async () => {
    const journals = [await opened(), await opened(), await opened(), await opened()];
    const key = randomUUID();
    const tries = await Promise.allSettled(journals.map((journal) => journal.intend(intent({ key }))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = tries.filter((each) => each.status === 'rejected').map(({ reason }) => reason.code);
    expect(refused).toEqual(['key-busy', 'key-busy', 'key-busy']);
  });

  it('gives a busy key to those that wait for it in the order in which they were received, whoever met it first', async () => {
    const bots = [someBot(), someBot(), someBot(), someBot()] as const;
    for (const bot of bots) await submitted(store(), bot);
    const key = randomUUID();
    const tries = (lease: Lease) => store().tasks.journal(lease).intend(intent({ key }));
    const busy = { kind: 'throttled', code: 'key-busy' };
    const later = (lease: Lease) =>
      store().tasks.finish(lease, { kind: 'retry', afterSeconds: 0, spendsAttempt: false, reason: 'key-busy' });
    const [first, second, third] = bots;
    const holder = await claimed(store(), bots[3]);
    await tries(holder);
    for (const bot of [third, second, first, third]) {
      const lease = await claimed(store(), bot);
      await expect(tries(lease)).rejects.toMatchObject(busy);
      await later(lease);
    }
    await store().tasks.journal(holder).withdraw('key voucher', 'application-refused');
    for (const bot of [first, second]) {
      const next = await claimed(store(), third);
      await expect(tries(next)).rejects.toMatchObject(busy);
      await later(next);
      await expect(tries(holder)).rejects.toMatchObject(busy);
      const turn = await claimed(store(), bot);
      await tries(turn);
      await store().tasks.journal(turn).withdraw('key voucher', 'application-refused');
    }
    await tries(await claimed(store(), third));
  });

  it('lets a task go first at a free key that was received before those that wait for it', async () => {
    const early = someBot();
    await submitted(store(), early);
    const [holder, late] = [await leased(store()), await leased(store())];
    const key = randomUUID();
    const tries = (lease: Lease) => store().tasks.journal(lease).intend(intent({ key }));
    await tries(holder);
    await expect(tries(late)).rejects.toMatchObject({ code: 'key-busy' });
    await store().tasks.finish(late, { kind: 'retry', afterSeconds: 600, spendsAttempt: false, reason: 'key-busy' });
    await store().tasks.journal(holder).withdraw('key voucher', 'application-refused');
    await expect(tries(await leased(store()))).rejects.toMatchObject({ code: 'key-busy' });
    await tries(await claimed(store(), early));
  });

  it('keeps no turn for a task that waits for something else', async () => {
    const bot = someBot();
    const [first, second, third] = [await leased(store()), await leased(store(), bot), await leased(store())];
    const key = randomUUID();
    const tries = (lease: Lease) => store().tasks.journal(lease).intend(intent({ key }));
    await tries(first);
    await expect(tries(second)).rejects.toMatchObject({ code: 'key-busy' });
    await store().tasks.finish(second, { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' });
    await store().tasks.journal(first).withdraw('key voucher', 'application-refused');
    await tries(third);
  });

  it('refuses a key that another task gave up since it was looked for, or while it may still take effect', async () => {
    const [one, two] = [await opened(), await opened()];
    const key = randomUUID();
    await one.intend(intent({ key }));
    await one.withdraw('key voucher', 'absent-after-settling');
    await expect(two.intend(intent({ key, quietSeconds: 600 }))).rejects.toMatchObject({ code: 'key-busy' });
    await two.intend(intent({ key, quietSeconds: 0 }));
  });

  it('does not count what the task itself gave up', async () => {
    const journal = await opened();
    const key = randomUUID();
    await journal.intend(intent({ key }));
    await journal.withdraw('key voucher', 'key-again');
    await journal.intend(intent({ key, quietSeconds: 600 }));
  });

  it('refuses a task that is at two steps of one key, and another key while an intent stands', async () => {
    const journal = await opened();
    const key = randomUUID();
    await journal.intend(intent({ key }));
    await expect(journal.intend(intent({ key, step: 'again' }))).rejects.toMatchObject({ code: 'key-in-use' });
    await expect(journal.intend(intent())).rejects.toMatchObject({ kind: 'defect', code: 'intent-open' });
    expect((await store().tasks.story(journal.task.id))?.effects).toMatchObject([{ key, state: 'intended' }]);
  });

  it('frees the key of what was withdrawn, and keeps it in the ledger', async () => {
    const [one, two] = [await opened(), await opened()];
    const key = randomUUID();
    await one.intend(intent({ key }));
    await one.withdraw('key voucher', 'application-refused');
    await one.withdraw('key voucher', 'application-refused');
    const closed = { because: 'application-refused', by: null };
    expect(await one.effect('key voucher')).toMatchObject({ state: 'withdrawn', closed });
    await two.intend(intent({ key }));
    await expect(one.intend(intent({ key }))).rejects.toMatchObject({ code: 'key-busy' });
    await one.intend(intent());
    expect((await store().tasks.story(one.task.id))?.effects.map(({ state }) => state)).toEqual([
      'withdrawn',
      'intended',
    ]);
    expect((await kinds(one)).slice(2)).toEqual(['intended', 'withdrawn', 'intended']);
  });

  it('takes a corrected record for the same step and keeps the intent’s age', async () => {
    const journal = await opened();
    const key = randomUUID();
    await journal.intend(intent({ key }));
    const before = await journal.effect('key voucher');
    await journal.intend(intent({ key, record: { total: '11.00' } }));
    const after = await journal.effect('key voucher');
    expect(after).toMatchObject({ record: { total: '11.00' }, intendedAt: before?.intendedAt });
    expect((await store().tasks.story(journal.task.id))?.effects).toHaveLength(1);
  });

  it('refuses a proof without an intent, and an intent for what is proven', async () => {
    const journal = await opened();
    await expect(journal.prove('key voucher', someReceipt())).rejects.toMatchObject({ code: 'no-intent' });
    await journal.intend(intent());
    await journal.prove('key voucher', someReceipt());
    await expect(journal.intend(intent())).rejects.toMatchObject({ code: 'already-proven' });
    await expect(journal.withdraw('key voucher', 'x')).rejects.toMatchObject({ code: 'already-proven' });
  });
}
