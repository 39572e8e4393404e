import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Journal } from '#core';
import { type JournalStore, leased, someReceipt } from '../../support/work.ts';

export function effects(store: () => JournalStore): void {
  const opened = async () => store().tasks.journal(await leased(store()));
  const intent = (changes: object = {}) => ({
    step: 'key voucher',
    application: 'ledger',
    screen: 'voucher',
    key: randomUUID(),
    record: { total: '10.00' },
    ...changes,
  });
  const kinds = async ({ task }: Journal) => (await store().tasks.story(task.id))!.events.map(({ kind }) => kind);

  it('writes the intent before and the proof after, as one fact with the step', async () => {
    const journal = await opened();
    expect(await journal.effect('key voucher')).toBeUndefined();
    const wanted = intent();
    await journal.intend(wanted);
    expect(await journal.effect('key voucher')).toMatchObject({ ...wanted, state: 'intended', receipt: null });
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
    await expect(two.intend(intent({ key }))).rejects.toMatchObject({ kind: 'business', code: 'key-in-use' });
    await one.prove('key voucher', someReceipt());
    await expect(two.intend(intent({ key }))).rejects.toMatchObject({ code: 'key-in-use' });
    await two.intend(intent({ key, screen: 'goods receipt' }));
    await two.intend(intent({ key, application: 'other', step: 'elsewhere' }));
  });

  it('lets one of many at once write a key', async () => {
    const journals = [await opened(), await opened(), await opened(), await opened()];
    const key = randomUUID();
    const tries = await Promise.allSettled(journals.map((journal) => journal.intend(intent({ key }))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('frees the key of what was withdrawn, and keeps it in the ledger', async () => {
    const [one, two] = [await opened(), await opened()];
    const key = randomUUID();
    await one.intend(intent({ key }));
    await one.withdraw('key voucher', 'application-refused');
    await one.withdraw('key voucher', 'application-refused');
    expect(await one.effect('key voucher')).toMatchObject({ state: 'withdrawn' });
    await two.intend(intent({ key }));
    await expect(one.intend(intent({ key }))).rejects.toMatchObject({ code: 'key-in-use' });
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
