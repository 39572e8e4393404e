import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Outcome, silentLogger } from '#core';
import { runTask } from '#runner';
import { openStore } from '#store';
import { keyer } from '../support/keyer/keyer.ts';
import { VOUCHER } from '../support/keyingBot.ts';
import { openLedgerDesk } from '../support/ledgerDesk.ts';
import { freshDatabase } from '../support/stores.ts';

const LEASE_SECONDS = 4;
const patiently = { timeout: 45_000, interval: 50 };

it.each([
  ['as soon as its intent stands', false],
  ['when the application has written and not answered', true],
])('a worker killed %s leaves one right voucher', { timeout: 120_000 }, async (_, untilWritten) => {
  const { ledger, vouchers } = await openLedgerDesk();
  const url = await freshDatabase();
  const store = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  const { bot, services } = keyer(ledger.url);
  onTestFinished(async () => {
    await services.sessions.close();
    await store.close();
  });
  const { task } = await store.tasks.submit({ bot: bot.card, key: 'a', input: { voucher: VOUCHER } });
  if (untilWritten) await ledger.tell({ do: 'fail', at: 'after-write', how: 'hang' });

  const doomed = fork('test/support/keyer/child.ts', [url, ledger.url, String(LEASE_SECONDS)]);
  await vi.waitFor(async () => {
    expect((await store.tasks.story(task.id))?.effects).toMatchObject([{ state: 'intended' }]);
    if (untilWritten) expect(vouchers()).toHaveLength(1);
  }, patiently);
  doomed.kill('SIGKILL');
  await once(doomed, 'exit');

  const outcomes: Outcome[] = [];
  while (outcomes.at(-1)?.kind !== 'done' && outcomes.length < 5) {
    const lease = await vi.waitFor(async () => {
      const claimed = await store.tasks.claim(bot.card, 'the next', 60);
      if (!claimed) throw new Error('The task is not open yet.');
      return claimed;
    }, patiently);
    const outcome = await runTask(bot, store.tasks.journal(lease), services, new AbortController().signal);
    await store.tasks.finish(lease, outcome);
    outcomes.push(outcome);
  }
  expect(outcomes.at(-1)).toMatchObject({ kind: 'done' });
  expect(vouchers()).toMatchObject([{ vendor: '70102', invoiceNumber: 'RE-2026/0815', total: '1469.06' }]);
  expect((await store.tasks.story(task.id))?.effects.at(-1)).toMatchObject({ state: 'proven' });
});
