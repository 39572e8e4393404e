import { expect, test, vi } from 'vitest';
import { openFaults } from '../../../demo/ledger/faults.ts';
import { readLedger } from '../../../demo/ledger/index.ts';
import { openLedger, Visitor, VOUCHER } from './visitor.ts';

async function clerkAt(options: Parameters<typeof openLedger>[0] = {}) {
  const ledger = await openLedger(options);
  const clerk = new Visitor(ledger);
  await clerk.signIn();
  return { ledger, clerk, vouchers: () => readLedger(ledger.file).vouchers.length };
}

test('slow: every page waits until told otherwise', async () => {
  const { ledger, clerk } = await clerkAt();
  await ledger.tell({ do: 'slow', ms: 120 });
  const start = performance.now();
  await clerk.get('menu.asp');
  expect(performance.now() - start).toBeGreaterThan(115);
  await ledger.tell({ do: 'slow', ms: 600_000 });
  await ledger.tell({ do: 'behave' });
  expect(await clerk.get('menu.asp')).toContain('Vendor invoice');
});

test('slow: a posting is written before its page comes, or only after the wait', async () => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await ledger.tell({ do: 'slow', ms: 60_000 });
  const abandoned = new AbortController();
  const early = clerk.post('voucher.asp', VOUCHER, abandoned.signal);
  await vi.waitFor(() => expect(vouchers()).toBe(1));
  await ledger.tell({ do: 'slow', ms: 150, write: 'after-wait' });
  const late = clerk.post('voucher.asp', VOUCHER, abandoned.signal);
  await vi.waitFor(async () => expect((await ledger.tell({ do: 'status' })).hits['/voucher.asp']).toBe(2));
  expect(vouchers()).toBe(1);
  abandoned.abort();
  await expect(early).rejects.toThrow();
  await expect(late).rejects.toThrow();
  await vi.waitFor(() => expect(vouchers()).toBe(2));
});

test('jitter: a page now and then is slow, the same ones for the same seed', () => {
  const draw = (seed: number) => {
    const faults = openFaults();
    faults.jitter({ do: 'jitter', seed, share: 0.25, ms: 900 });
    return Array.from({ length: 400 }, () => faults.waits().after);
  };
  const slow = draw(7).filter((ms) => ms === 900).length;
  expect(slow).toBeGreaterThan(60);
  expect(slow).toBeLessThan(140);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('jitter: its pages are slow for the user', async () => {
  const { ledger, clerk } = await clerkAt();
  await ledger.tell({ do: 'jitter', seed: 1, share: 1, ms: 120 });
  const start = performance.now();
  await clerk.get('menu.asp');
  expect(performance.now() - start).toBeGreaterThan(115);
});

test.each([
  ['before-write', 0],
  ['after-write', 1],
] as const)('fail %s: HTTP 500 once, with %i voucher written', async (at, written) => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await ledger.tell({ do: 'fail', at });
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('Internal server error');
  expect(clerk.status).toBe(500);
  expect(vouchers()).toBe(written);
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('posted');
});

test('fail page: so many pages, the login included', async () => {
  const { ledger, clerk } = await clerkAt({ faults: [{ do: 'status' }] });
  await ledger.tell({ do: 'fail', at: 'page', times: 2 });
  await clerk.get('menu.asp');
  expect(clerk.status).toBe(500);
  await clerk.signIn();
  expect(clerk.status).toBe(500);
  await clerk.get('menu.asp');
  expect(clerk.status).toBe(200);
});

test('hang after-write: written, but no answer ever comes', async () => {
  const { ledger, clerk, vouchers } = await clerkAt({ faults: [{ do: 'fail', at: 'after-write', how: 'hang' }] });
  const patience = new AbortController();
  const hanging = clerk.post('voucher.asp', VOUCHER, patience.signal);
  await vi.waitFor(() => expect(vouchers()).toBe(1));
  expect(await clerk.get('menu.asp')).toContain('Vendor invoice');
  patience.abort();
  await expect(hanging).rejects.toThrow();
  expect((await ledger.tell({ do: 'status' })).up).toBe(true);
});

test('sign-out now ends all sessions', async () => {
  const { ledger, clerk } = await clerkAt();
  expect((await ledger.tell({ do: 'sign-out', at: 'now' })).signedIn).toEqual([]);
  expect(await clerk.get('menu.asp')).toContain('Session expired!');
});

test.each([
  ['before-write', 0],
  ['after-write', 1],
] as const)('sign-out %s: the posting says "Session expired!" and %i is written', async (at, written) => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await ledger.tell({ do: 'sign-out', at });
  expect(await clerk.get('menu.asp')).toContain('Vendor invoice');
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('Session expired!');
  expect(vouchers()).toBe(written);
  expect(await clerk.get('menu.asp')).toContain('Session expired!');
  await clerk.signIn();
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('posted');
});

test('down refuses connections, up comes back on the same port with sessions and data', async () => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await clerk.post('voucher.asp', VOUCHER);
  expect((await ledger.tell({ do: 'down' })).up).toBe(false);
  await expect(clerk.get('menu.asp')).rejects.toThrow();
  await ledger.tell({ do: 'down' });
  expect((await ledger.tell({ do: 'up' })).up).toBe(true);
  await ledger.tell({ do: 'up' });
  expect(await clerk.get('enq_vouchers.asp')).toContain('2003-000001');
  expect(vouchers()).toBe(1);
});

test('a posting that waits when the application goes down is not written, also not later', async () => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await ledger.tell({ do: 'slow', ms: 50, write: 'after-wait' });
  const posting = clerk.post('voucher.asp', VOUCHER);
  await vi.waitFor(async () => expect((await ledger.tell({ do: 'status' })).hits['/voucher.asp']).toBe(1));
  await ledger.tell({ do: 'down' });
  await expect(posting).rejects.toThrow();
  await ledger.tell({ do: 'up' });
  // A page asked for now waits longer than what is left of the posting's wait.
  expect(await clerk.get('menu.asp')).toContain('Vendor invoice');
  expect(vouchers()).toBe(0);
});

test('the status counts what was asked', async () => {
  const { ledger, clerk } = await clerkAt();
  await clerk.get('menu.asp');
  await clerk.get('menu.asp');
  await clerk.get('favicon.ico');
  expect(clerk.status).toBe(404);
  const status = await ledger.tell({ do: 'status' });
  expect(status).toMatchObject({ requests: 3, hits: { '/login.asp': 1, '/menu.asp': 2 }, vouchers: 0, receipts: 0 });
});

test.each([
  ['bad-gateway', /HTTP 502/],
  ['error', /HTTP 500/],
] as const)('fail after-write: %s hides that the voucher is written', async (how, answered) => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await ledger.tell({ do: 'fail', at: 'after-write', how });
  expect(await clerk.post('voucher.asp', VOUCHER)).toMatch(answered);
  expect(vouchers()).toBe(1);
});

test('fail: a page that is cut short breaks off, and what it answered to is written', async () => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await ledger.tell({ do: 'fail', at: 'after-write', how: 'cut-short' });
  await expect(clerk.post('voucher.asp', VOUCHER)).rejects.toThrow();
  expect(vouchers()).toBe(1);
  await ledger.tell({ do: 'fail', at: 'page', how: 'cut-short' });
  await expect(clerk.get('menu.asp')).rejects.toThrow();
});

test('misfile: stored otherwise, and called posted', async () => {
  const { ledger, clerk } = await clerkAt();
  const stored = () => readLedger(ledger.file).vouchers.map(({ net, total }) => [net, total]);
  await ledger.tell({ do: 'misfile', how: 'altered' });
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('2003-000001 posted');
  await ledger.tell({ do: 'misfile', how: 'twice' });
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('2003-000003 posted');
  const [[wrong], [right], again] = stored() as [string[], string[], string[]];
  expect(Number(wrong)).toBe(Number(right) + 90);
  expect(again[0]).toBe(right);
});

test('drift: the form of the vendor invoice is another until it behaves', async () => {
  const { ledger, clerk, vouchers } = await clerkAt();
  await ledger.tell({ do: 'drift', how: 'renamed' });
  expect(await clerk.get('voucher.asp')).toContain('<b>Net amount</b>');
  await ledger.tell({ do: 'drift', how: 'moved' });
  expect(await clerk.get('voucher.asp')).toMatch(/<b>Net<\/b>[^\n]*name="f8"/);
  await ledger.tell({ do: 'drift', how: 'mandatory' });
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('Error! Cost centre missing!');
  expect(vouchers()).toBe(0);
  expect(await clerk.post('voucher.asp', { ...VOUCHER, f11: '4711' })).toContain('posted');
  await ledger.tell({ do: 'behave' });
  expect(await clerk.get('voucher.asp')).not.toContain('Cost centre');
});

test('wall: nobody gets in, whatever the password', async () => {
  const { ledger, clerk } = await clerkAt();
  await ledger.tell({ do: 'wall' });
  expect(await clerk.get('menu.asp')).toContain('type="password"');
  expect(await clerk.signIn()).toContain('type="password"');
  await ledger.tell({ do: 'behave' });
  expect(await clerk.get('menu.asp')).toContain('Vendor invoice');
});

test('expire-password: the session ends, and the login wants a new password', async () => {
  const { ledger, clerk } = await clerkAt();
  await ledger.tell({ do: 'expire-password', user: 'clerk' });
  expect(await clerk.get('menu.asp')).toContain('Session expired!');
  expect(await clerk.signIn()).toContain('Password expired!');
  await ledger.tell({ do: 'unlock', user: 'clerk' });
  await clerk.signIn();
  expect(await clerk.get('menu.asp')).toContain('Vendor invoice');
});
