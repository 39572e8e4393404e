import { expect, it } from 'vitest';
import { ledger } from '../../bots/apps/ledger/index.ts';
import { openLedgerDesk } from '../support/ledgerDesk.ts';

it('the ledger’s canary looks without changing anything, and fails when a page of it does', async () => {
  const { ledger: running, vouchers, fresh } = await openLedgerDesk();
  const hasty = { ...ledger, patienceSeconds: 4 };
  const { sessions } = fresh();
  const look = () => sessions.use(hasty, async (session) => ledger.canary?.(session));
  await look();
  await running.tell({ do: 'fail', at: 'page', times: 5 });
  await expect(look()).rejects.toMatchObject({ kind: 'system' });
  expect(vouchers()).toEqual([]);
});
