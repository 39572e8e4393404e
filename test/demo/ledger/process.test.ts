import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type LedgerOptions, readLedger, startLedgerProcess } from '../../../demo/ledger/index.ts';
import { CLERK, ledgerFile, VENDORS, Visitor, VOUCHER } from './visitor.ts';

const users = [CLERK];

async function openProcess(options: Partial<LedgerOptions> = {}) {
  const ledger = await startLedgerProcess({ file: ledgerFile(), vendors: VENDORS, users, ...options });
  onTestFinished(() => ledger.stop());
  return ledger;
}

test('runs as a process of its own, is told by messages and ends when stopped', async () => {
  const ledger = await openProcess({ faults: [{ do: 'fail', at: 'page' }] });
  const clerk = new Visitor(ledger);
  await clerk.signIn();
  expect(clerk.status).toBe(500);
  await clerk.signIn();
  expect(await ledger.tell({ do: 'status' })).toMatchObject({ up: true, requests: 2, signedIn: ['clerk'] });
  await ledger.tell({ do: 'down' });
  await expect(clerk.get('menu.asp')).rejects.toThrow();
  await ledger.stop();
  await ledger.stop();
  await expect(ledger.tell({ do: 'status' })).rejects.toThrow('ended');
});

test('a start that fails says why', async () => {
  await expect(openProcess({ file: '/nowhere/at/all/ledger.jsonl' })).rejects.toThrow('ENOENT');
});

test('dies with its parent', async () => {
  const parent = fork(new URL('parent.ts', import.meta.url), [ledgerFile()], { execArgv: [] });
  const [{ pid }] = (await once(parent, 'message')) as [{ pid: number }];
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
});

test('kill -9 under load loses no voucher that was shown and breaks no file', async () => {
  const file = ledgerFile();
  const shown: string[] = [];
  for (let round = 0; round < 3; round++) {
    const ledger = await openProcess({ file });
    const clerk = new Visitor(ledger);
    await clerk.signIn();
    const post = async (): Promise<void> => {
      const number = /Voucher (\S+) posted/.exec(await clerk.post('voucher.asp', VOUCHER))?.[1];
      if (number) shown.push(number);
      return post();
    };
    const load = Promise.allSettled([post(), post(), post(), post()]);
    const enough = shown.length + 15;
    await vi.waitFor(() => expect(shown.length).toBeGreaterThan(enough), { timeout: 10_000 });
    process.kill(ledger.pid, 'SIGKILL');
    await Promise.all([load, ledger.exited]);
  }
  const stored = readLedger(file).vouchers.map(({ number }) => number);
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toEqual(expect.arrayContaining(shown));
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
