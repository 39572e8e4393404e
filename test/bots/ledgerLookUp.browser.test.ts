import { expect, it } from 'vitest';
import { ledger, voucherOf } from '../../bots/apps/ledger/index.ts';
import { withChangedPages } from '../support/changedPages.ts';
import { openLedgerDesk } from '../support/ledgerDesk.ts';

const NUMBERS = Array.from({ length: 12 }, (_, n) => `R-2026-${String(n).padStart(2, '0')}`);

it('the ledger’s look-up finds what is there, and tells when the search is not the one it knows', async () => {
  const desk = await openLedgerDesk();
  for (const invoice_number of NUMBERS) await desk.clerkPosts({ vendor: '70101', invoice_number });
  const { sessions } = desk.fresh();
  /** Looks while the application knows a field of its search by another name. */
  const look = (invoice_number: string, renamed?: 's1' | 's2' | 'p') =>
    sessions.use({ ...ledger, patienceSeconds: 4 }, async (session) => {
      const address = (url: URL) => url.pathname === '/enq_vouchers.asp';
      await session.page.route(address, (route) =>
        route.continue({ url: route.request().url().replace(`${renamed}=`, 'x9=') }),
      );
      try {
        return await voucherOf.find(session, { vendor: '70101', invoice_number });
      } finally {
        await session.page.unroute(address);
      }
    });

  expect(await look('R-2026-11')).toBe('2003-000012');
  expect(await look('R-2026')).toBeNull();
  expect(await look('Ł-7')).toBeNull();
  for (const renamed of ['s1', 's2'] as const) {
    await expect(look('R-2026-11', renamed)).rejects.toMatchObject({ kind: 'system', code: 'look-up-failed' });
  }
  await expect(look('R-2026', 'p')).rejects.toMatchObject({ kind: 'system', code: 'look-up-failed' });
});

it('the ledger’s look-up takes a number for another one where the application finds it by what is added', async () => {
  const desk = await openLedgerDesk();
  await desk.clerkPosts({ vendor: '70101', invoice_number: 'R-2026-11 (copy)' });
  const { sessions } = desk.fresh();
  const look = (invoice_number: string) =>
    sessions.use(ledger, (session) => voucherOf.find(session, { vendor: '70101', invoice_number }));
  expect(await look('R-2026-11')).toBeNull();
  expect(await look('R-2026-11 (copy)')).toBe('2003-000001');
});

it('the ledger’s look-up shows of all longer numbers at once that they are others', async () => {
  const desk = await openLedgerDesk();
  const longer = Array.from({ length: 12 }, (_, n) => `RE-12-${n}`);
  for (const invoice_number of [...longer, 'RE  12']) await desk.clerkPosts({ vendor: '70101', invoice_number });
  const { sessions } = desk.fresh();
  const look = (invoice_number: string) =>
    sessions.use(ledger, (session) => voucherOf.find(session, { vendor: '70101', invoice_number }));
  const hits = () => desk.hits('/enq_vouchers.asp');
  const before = await hits();
  expect(await look('12')).toBeNull();
  // The two pages of what has 12 in it, the two of what has -12 in it, and those in which it stands after spaces.
  expect((await hits()) - before).toBe(5);
  // The search passes over capitals: whether this is ours it does not tell.
  await expect(look('re  12')).rejects.toMatchObject({ code: 'look-up-failed' });
});

it('the ledger’s look-up cannot tell where a page proves nothing', async () => {
  const desk = await openLedgerDesk();
  const key = { vendor: '70101', invoice_number: 'R-2026-11' };
  await desk.clerkPosts(key);
  const { sessions } = desk.fresh();
  const codeAt = (page: string, change: (html: string) => string) =>
    sessions
      .use(ledger, (session) =>
        withChangedPages(session, { at: `**/${page}.asp?*`, change }, () => voucherOf.find(session, key)),
      )
      .catch(({ code }) => code);
  const list: Readonly<Record<string, (html: string) => string>> = {
    'rows without links': (html) => html.replaceAll('<td nowrap><a ', '<td nowrap><b '),
    'no number of what was found': (html) => html.replace('1 found.', ''),
    'another search': (html) => html.replace('value="R-2026-11"', 'value="R-2026-1"'),
    'a search narrowed by a further field': (html) =>
      html.replace('</form>', '<select name="s3"><option>Open only</option></select></form>'),
  };
  for (const [what, change] of Object.entries(list)) {
    expect([what, await codeAt('enq_vouchers', change)]).toEqual([what, 'look-up-failed']);
  }
  const appended = (html: string) => html.replace('>R-2026-11<', '>R-2026-11 (copy)<');
  expect(await codeAt('enq_voucher', appended)).toBe('look-up-failed');
  const cut = (html: string) => html.replace('>R-2026-11<', '>R-2026-***<');
  expect(await codeAt('enq_voucher', cut)).toBe('look-up-failed');
});
