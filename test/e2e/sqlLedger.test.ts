import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Comparison, silentLogger } from '#core';
import { checkScreen, defineScreen, field, money, named, navigating, runTask, type Session } from '#runner';
import { openStore } from '#store';
import { withChangedPages } from '../support/changedPages.ts';
import { death, untilDeath } from '../support/dying.ts';
import { type InvoiceDesk, invoiceDesk } from '../support/sqlLedger/desk.ts';
import { keyingBot, patientInvoiceScreen, SETTLED_SECONDS } from '../support/sqlLedger/keying.ts';
import { ADMIN_PASSWORD } from '../support/sqlLedger/sqlLedger.ts';
import { freshDatabase } from '../support/stores.ts';

// A whole keying is some thirty Perl programs started one after the other.
vi.setConfig({ testTimeout: 180_000 });

const RIGHT = {
  vendor: 'V-1001',
  invoice_date: '2026-03-02',
  due_date: '2026-03-20',
  currency: 'USD',
  description: 'Copy paper, 40 boxes',
  cents: { '2100': 123_450, '5700': -123_450 },
};
const unlike = (compared: readonly Comparison[]) =>
  compared.filter(({ same }) => !same).map(({ field, shown }) => [field, shown]);
const { submit, fields } = patientInvoiceScreen;

describe('an invoice for SQL-Ledger', () => {
  it('is keyed once, on the right accounts, and proven by its own page, where each field stands exactly once', async () => {
    const { due_date, ...rest } = fields;
    // The choice of a supplier resets the due date that was typed before it.
    const tooEarly = defineScreen({ ...patientInvoiceScreen, fields: { due_date, ...rest } });
    const { work, posted, story, within, invoice } = await invoiceDesk({ order_number: 'PO-7' }, tooEarly);
    const outcome = await work();
    const books = await posted();
    expect(books).toEqual([{ ...RIGHT, id: expect.any(String), order_number: 'PO-7' }]);
    expect(outcome).toEqual({ kind: 'done', output: { invoice: books[0]?.id } });
    const { effects } = await story();
    expect(effects).toMatchObject([
      { state: 'proven', receipt: { application: 'sql-ledger', reference: books[0]?.id } },
    ]);
    expect(effects[0]?.receipt?.compared.map(({ same }) => same)).toEqual(Array.from({ length: 10 }, () => true));
    expect(await within((session) => checkScreen(session, patientInvoiceScreen, invoice))).toEqual([]);
    const drifted = { ...fields, amount: field(money('1,234.50'), named('total'), named('total')) };
    const changed = defineScreen({ ...patientInvoiceScreen, fields: drifted });
    expect(await within((session) => checkScreen(session, changed))).toEqual([
      { field: 'amount', on: 'form', found: 0 },
    ]);
  });

  it('is not sent for a currency that is chosen already', async () => {
    const { within } = await invoiceDesk();
    const sent = await within(async (session) => {
      const form = await patientInvoiceScreen.open(session);
      let pages = 0;
      session.page.on('framenavigated', () => {
        pages += 1;
      });
      await fields.currency.type(form, 'USD');
      return pages;
    });
    expect(sent).toBe(0);
  });

  it('goes to its supplier where lists have grown so long that they come as text', async () => {
    const { work, posted, ledger } = await invoiceDesk();
    ledger.listsUpTo(1);
    const outcome = await work();
    ledger.listsUpTo(1000);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(await posted()).toMatchObject([RIGHT]);
  });

  it('gets there behind a certificate of its own making and a login of the web server', async () => {
    const app = { ...patientInvoiceScreen.app, selfSigned: true, basicAuth: true };
    const { run, fresh, posted, ledger } = await invoiceDesk({}, defineScreen({ ...patientInvoiceScreen, app }));
    for (const lacking of [{ selfSigned: false }, { basicAuth: false }]) {
      const hasty = defineScreen({ ...patientInvoiceScreen, app: { ...app, ...lacking, patienceSeconds: 3 } });
      expect(await run({ bot: keyingBot(hasty), services: fresh(ledger.guardedUrl) })).toMatchObject({ kind: 'retry' });
    }
    expect(await run({ services: fresh(ledger.guardedUrl) })).toMatchObject({ kind: 'done' });
    expect(await posted()).toMatchObject([RIGHT]);
  });
});

describe('what SQL-Ledger would store otherwise', () => {
  it.each([
    ['an amount in another country’s way', { amount: field(money('1.234,50'), named('amount_1'), named('amount_1')) }],
    ['an amount where a word stands', { amount: { ...fields.amount, type: typing('abc') } }],
  ])('stops before it is posted: %s', async (_, changed) => {
    const screen = defineScreen({ ...patientInvoiceScreen, fields: { ...fields, ...changed } });
    const { work, posted, question, effects } = await invoiceDesk({}, screen);
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ code: 'does-not-fit' });
    expect(asked.problems[0]?.fields).toContain('amount');
    expect(await posted()).toEqual([]);
    expect(await effects()).toEqual([]);
  });

  it('stops before the form is opened where letters would be lost', async () => {
    const { work, posted, question } = await invoiceDesk({ description: 'Papier z Łodzi' });
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ code: 'does-not-fit', problems: [{ fields: ['description'] }] });
    expect(await posted()).toEqual([]);
  });

  it('stops where a list has no such supplier, though one is chosen already', async () => {
    const { work, posted, question } = await invoiceDesk({ vendor: 'Nobody Ltd' });
    expect(await work()).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ code: 'option-missing' });
    expect(await posted()).toEqual([]);
  });

  it('stops where the supplier of that name is another one', async () => {
    const { work, posted, question } = await invoiceDesk({ vendor: 'Northwind Logistics' });
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ code: 'does-not-fit' });
    expect(unlike(asked.compared)).toEqual([['vendor_number', 'V-1003']]);
    expect(await posted()).toEqual([]);
  });

  it('stops where the supplier has no address: no list would show what is posted for it', async () => {
    const lost = { vendor: 'Lost & Found', vendor_number: 'V-1009' };
    const { work, posted, question, ledger } = await invoiceDesk(lost);
    const { vendor, vendor_number } = lost;
    await ledger.rows("insert into vendor (vendornumber, name, curr, startdate) values ($1, $2, 'USD', '2000-01-01')", [
      vendor_number,
      vendor,
    ]);
    onTestFinished(() => void ledger.rows('delete from vendor where vendornumber = $1', [vendor_number]));
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ code: 'does-not-fit' });
    expect(unlike(asked.compared).map(([field]) => field)).toContain('vendor_number');
    expect(await posted()).toEqual([]);
  });

  it('is refused by an error with status 200, corrected by a person, and keyed once', async () => {
    const { work, posted, question, answer, invoice, effects } = await invoiceDesk({ currency: 'EUR' });
    expect(await work()).toEqual({ kind: 'waiting' });
    const asked = await question();
    expect(asked).toMatchObject({ code: 'application-refused' });
    expect(asked.problems[0]?.message).toContain('Exchange rate missing!');
    expect(await posted()).toEqual([]);
    await answer('correct', { ...invoice, currency: 'USD' });
    expect(await work()).toMatchObject({ kind: 'done' });
    expect(await posted()).toMatchObject([RIGHT]);
    expect(await effects()).toEqual(['withdrawn', 'proven']);
  });
});

describe('a worker that dies at SQL-Ledger', () => {
  it('leaves one right invoice: before it posts', async () => {
    const desk = await invoiceDesk();
    const end = death();
    const deadly = defineScreen({ ...patientInvoiceScreen, submit: end.die });
    expect(await untilDeath(end, desk.run({ services: desk.fresh(), bot: keyingBot(deadly) }))).toBe(true);
    desk.store.abandon(desk.task.id);
    expect(await desk.work()).toMatchObject({ kind: 'retry', reason: 'settling' });
    expect(await desk.posted()).toEqual([]);
    await goesOn(desk);
  });

  it('leaves one right invoice: its process killed when it has posted, adopted by the next', async () => {
    const { ledger, invoice, worker, posted } = await invoiceDesk();
    const database = await freshDatabase();
    const store = await openStore({ kind: 'postgres', url: database }, { log: silentLogger });
    onTestFinished(() => store.close());
    const bot = keyingBot(patientInvoiceScreen);
    const { task } = await store.tasks.submit({ bot: bot.card, key: 'a', input: { invoice } });

    const doomed = fork('test/support/sqlLedger/child.ts', [database, ledger.url, ledger.user, '4']);
    expect(await once(doomed, 'message')).toContain('posted');
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');
    const left = await posted();
    expect(left).toMatchObject([RIGHT]);

    const lease = await vi.waitFor(async () => (await store.tasks.claim(bot.card, 'the next', 120)) ?? stillHeld(), {
      timeout: 60_000,
      interval: 100,
    });
    const outcome = await runTask(bot, store.tasks.journal(lease), worker, new AbortController().signal);
    expect(outcome).toEqual({ kind: 'done', output: { invoice: left[0]?.id } });
    expect((await store.tasks.story(task.id))?.effects).toMatchObject([{ state: 'proven' }]);
    expect(await posted()).toHaveLength(1);
  });
});

describe('a session that ends in the middle of a form', () => {
  it('is looked after: nothing was written, so it is keyed once it has settled', async () => {
    const desk = await invoiceDesk(
      {},
      losingSession(async () => {}),
    );
    expect(await desk.work()).toMatchObject({ kind: 'retry', reason: 'signed-out' });
    expect(await desk.posted()).toEqual([]);
    await goesOn(desk);
    expect(await desk.effects()).toEqual(['withdrawn', 'proven']);
  });

  it('is looked after: it is adopted where giving the password again has written it, though it says "Session expired!"', async () => {
    let again = '';
    const insisting = losingSession(async ({ page }, form) => {
      // What a person does there. The page that comes asks for the password once more.
      await form.locator('input[type=password]').fill(ADMIN_PASSWORD);
      await navigating(form, () => form.locator('input[type=submit]').click());
      again = (await page.frame({ name: 'main_window' })?.locator('body').textContent()) ?? '';
    });
    const desk = await invoiceDesk({}, insisting);
    expect(await desk.work()).toMatchObject({ kind: 'retry', reason: 'signed-out' });
    expect(again).toContain('Session expired!');
    expect(await desk.posted()).toHaveLength(1);
    await goesOn(desk);
    expect(await desk.effects()).toEqual(['proven']);
  });

  it('is another bot’s doing that signs in with the same login: both invoices are there once', async () => {
    const other = await invoiceDesk({ amount: '99.00' });
    const interrupted = defineScreen({
      ...patientInvoiceScreen,
      async submit(session, form) {
        expect(await other.run({ services: other.fresh() })).toMatchObject({ kind: 'done' });
        return submit(session, form);
      },
    });
    const desk = await invoiceDesk();
    expect(await desk.run({ services: desk.fresh(), bot: keyingBot(interrupted) })).toMatchObject({
      kind: 'retry',
      reason: 'signed-out',
    });
    await goesOn(desk);
    expect(await other.posted()).toMatchObject([{ cents: { '2100': 9900, '5700': -9900 } }]);
  });
});

describe('an invoice that SQL-Ledger takes twice', () => {
  it('is not keyed where it is there already; a bot that did not look would make two, and a person hears of it', async () => {
    const first = await invoiceDesk();
    await first.work();
    const second = await invoiceDesk({ ...first.invoice, amount: '1324.50' });
    expect(await second.work()).toEqual({ kind: 'waiting' });
    const asked = await second.question();
    expect(asked).toMatchObject({ kind: 'in-doubt', code: 'already-there' });
    expect(unlike(asked.compared)).toEqual([['amount', '1234.50']]);
    expect(await second.posted()).toMatchObject([RIGHT]);

    const lookUp = [async () => ({ state: 'absent' }) as const];
    const blind = defineScreen({
      ...patientInvoiceScreen,
      lookUp: (session, record) => (lookUp.shift() ?? patientInvoiceScreen.lookUp)(session, record),
    });
    const third = await invoiceDesk(first.invoice, blind);
    expect(await third.work()).toEqual({ kind: 'waiting' });
    expect(await third.question()).toMatchObject({ kind: 'in-doubt', code: 'keyed-twice' });
    expect(await third.posted()).toMatchObject([RIGHT, RIGHT]);
  });

  it('is there once where Back and Post would make two: the window sends the same form once', async () => {
    const again = defineScreen({
      ...patientInvoiceScreen,
      async submit(session, form) {
        await submit(session, form);
        await navigating(form, () => form.evaluate(() => history.back()));
        return submit(session, form);
      },
    });
    const { work, posted } = await invoiceDesk({}, again);
    expect(await work()).toMatchObject({ kind: 'done' });
    expect(await posted()).toMatchObject([RIGHT]);
  });
});

describe('a look-up in SQL-Ledger', () => {
  /** Looks while the page of the list comes with something changed. */
  const lookingAt = ({ within, invoice }: InvoiceDesk, change: (list: string) => string) =>
    within((session) => {
      const isList = (html: string) => html.includes('class=listtop') && html.includes('name="rowcount"');
      const changed = { at: '**/ap.pl', change: (html: string) => (isList(html) ? change(html) : html) };
      return withChangedPages(session, changed, () => patientInvoiceScreen.lookUp(session, invoice));
    });
  const row = /<tr class=listrow\d>[\s\S]*?<\/tr>/;
  const cells = (of: (cell: string) => boolean) => (page: string) =>
    page.replace(row, (found) => found.replace(/<td>[\s\S]*?<\/td>/g, (cell) => (of(cell) ? '<td></td>' : cell)));

  it('finds what is there, however its rows are dressed, and says that it cannot tell where the page proves nothing', async () => {
    const desk = await invoiceDesk();
    expect(await desk.work()).toMatchObject({ kind: 'done' });
    const [posted] = await desk.posted();
    const dressed = await lookingAt(desk, (page) => page.replaceAll(/class=listrow\d/g, 'class=entry'));
    expect(dressed).toMatchObject({ state: 'there', reference: posted?.id });
    const numberless = await lookingAt(
      desk,
      cells((cell) => cell.includes('V-1001')),
    );
    expect(numberless).toMatchObject({ state: 'unclear' });

    const proveNothing: Readonly<Record<string, (page: string) => string>> = {
      'no rows though it counted some': (page) => page.replace(row, ''),
      'rows that are no rows': (page) => page.replace(row, (found) => found.replaceAll(/<(\/?)t[rd]\b/g, '<$1div')),
      'no number of rows': (page) => page.replace('name="rowcount"', 'name="rows"'),
      'columns that changed places': (page) =>
        page.replace('>Invoice<', '>?<').replace('>ID<', '>Invoice<').replace('>?<', '>ID<'),
      'a cell too many': (page) => page.replace(row, (found) => found.replace('<td>', '<td></td><td>')),
      'another number searched for': (page) => page.replace('Invoice Number : RE', 'Invoice Number : '),
      'a search for those of one department only': (page) => page.replace('<br>Open', '<br>Department : Sales<br>Open'),
      'a number with something added to it': (page) =>
        page.replace(row, (found) => found.replace('&nbsp;</a>', ' (copy)&nbsp;</a>')),
      'a page of several that counts its own rows': (page) =>
        page.replace('</form>', '<a href="ap.pl?action=transactions&page=2">Next</a></form>'),
      'a button that leads to further rows': (page) =>
        page.replace('</form>', '<input type=submit name=action value="Next"></form>'),
      'a choice of pages': (page) => page.replace('</form>', '<select name=page><option>1</select></form>'),
      'no number in the row': cells((cell) => cell.includes(desk.invoice.invoice_number)),
    };
    const longer = `${desk.invoice.invoice_number} (copy)`;
    const renumber = (number: string) =>
      desk.ledger.rows('update ap set invnumber = $1 where id = $2', [number, posted?.id]);
    await renumber(longer);
    expect(await desk.within((session) => patientInvoiceScreen.lookUp(session, desk.invoice))).toEqual({
      state: 'absent',
    });
    await renumber(desk.invoice.invoice_number);

    for (const [what, change] of Object.entries(proveNothing)) {
      const codes = lookingAt(desk, change).then(
        ({ state }) => state,
        ({ code }) => code,
      );
      expect([what, await codes]).toEqual([what, 'look-up-failed']);
    }
  });

  it('shows of all longer numbers at once that they are others, spaces and all', async () => {
    const desk = await invoiceDesk();
    expect(await desk.work()).toMatchObject({ kind: 'done' });
    const [posted] = await desk.posted();
    const copies = ['QR77-1', 'QR77-2', 'QR77-3', 'QR77-4', 'QS  R77'];
    for (const number of copies) {
      const own = `jsonb_build_object('id', nextval('id'), 'invnumber', $1::text)`;
      const copy = `insert into ap select own.* from ap, jsonb_populate_record(ap, ${own}) as own where ap.id = $2`;
      await desk.ledger.rows(copy, [number, posted?.id]);
    }
    const searched: string[] = [];
    const look = (invoice_number: string) =>
      desk.within(async (session) => {
        session.page.on('request', (request) => {
          const number = new URLSearchParams(request.postData() ?? '').get('invnumber');
          if (number !== null) searched.push(number);
        });
        return patientInvoiceScreen.lookUp(session, { ...desk.invoice, invoice_number });
      });
    expect(await look('R77')).toEqual({ state: 'absent' });
    expect(searched).toEqual(['R77', 'QR77', 'S  R77']);
    // The search passes over capitals: whether this is ours it does not tell.
    await expect(look('qr77-1')).rejects.toMatchObject({ code: 'look-up-failed' });
  });
});

type Form = Parameters<typeof submit>[1];

function stillHeld(): never {
  throw new Error('The dead worker’s lease has not run out.');
}

/** Types the same, whatever is to be typed. */
function typing(text: string) {
  return (form: Form) => named('amount_1').type(form, text);
}

/** Posts from a session that the application does not know any more; then `act`, before the runner may notice. */
function losingSession(act: (session: Session, form: Form) => Promise<void>) {
  const { app } = patientInvoiceScreen;
  let busy = false;
  return defineScreen({
    ...patientInvoiceScreen,
    app: { ...app, signedOut: async (page) => !busy && app.signedOut(page) },
    async submit(session, form) {
      busy = true;
      await session.page.context().clearCookies();
      const answered = await submit(session, form);
      await act(session, form);
      busy = false;
      return answered;
    },
  });
}

/** Later runs, with their own session, until it is done: looked up first, keyed only when it is not there. */
async function goesOn({ run, fresh, store, task, posted }: InvoiceDesk): Promise<void> {
  store.age(task.id, SETTLED_SECONDS);
  expect(await run({ services: fresh(), bot: keyingBot(patientInvoiceScreen) })).toMatchObject({ kind: 'done' });
  expect(await posted()).toMatchObject([RIGHT]);
}
