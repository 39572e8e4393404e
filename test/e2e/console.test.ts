import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { visit } from '../support/consoleBrowser.ts';
import { eachOnSeededConsole, soon } from '../support/seededConsoles.ts';

const on = eachOnSeededConsole();

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 });
const answerOf = async (id: string) => (await on.console.office.exception(id)).answer;
const openDesk = async (page: Page, id: string) => {
  await page.goto(`${on.console.url}/exceptions/${id}`);
  await page.getByRole('button', { name: 'Reject', disabled: false }).waitFor();
};

describe('the desk', () => {
  it('takes a correction by keyboard alone, and opens the next question at once', async () => {
    const { page, complaints } = await visit(on.browser);
    await page.goto(`${on.console.url}/exceptions`);
    const row = page.getByRole('link', { name: /alpenholz-march\.pdf/ });
    await soon(() => row.textContent()).toContain('Not sure of invoice number, order number, total');
    await row.focus();
    await page.keyboard.press('Enter');

    const name = page.getByLabel('Your name');
    await soon(() => name.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('Mara Lindqvist');
    await page.keyboard.press('Enter');

    const number = page.getByRole('textbox', { name: /^Invoice number/ });
    await soon(() => number.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Alt+2');
    expect(await number.inputValue()).toBe('RE-2026-00811');
    await page.keyboard.press('Alt+1');
    expect(await number.inputValue()).toBe('RE-2026-00817');
    await page.keyboard.press('Enter');
    await page.keyboard.type('4500017731');
    await page.keyboard.press('Enter');
    await page.keyboard.type('921,6');
    await page.keyboard.press('Control+Enter');

    await soon(() => titleOf(page).textContent()).toBe('Was this voucher posted?');
    expect(await answerOf(on.console.questions.doubt.id)).toMatchObject({
      choice: 'answer',
      by: 'Mara Lindqvist',
      values: { invoice_number: 'RE-2026-00817', order_number: '4500017731', total: '921.60', due_date: '2026-04-12' },
    });
    expect(complaints).toEqual([]);
  });

  it('shows in full why it asks, however long the form, and tells what each answer leads to', async () => {
    const { form, draft } = on.console.questions.doubt;
    const message = 'The file ends too early: pages or lines may be missing.';
    const problems = [{ code: 'paper-in-doubt', fields: [], message }, ...notSure(Object.keys(draft))];
    const { id: task } = on.console.seed.task('supplier-invoice');
    const { id } = on.console.seed.ask(task, { kind: 'validate', title: 'Check the invoice', form, draft, problems });
    const { page } = await visit(on.browser, { person: 'Mara' });
    await openDesk(page, id);
    const why = page.getByRole('note').filter({ hasText: message });
    expect(await why.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
    for (const [choice, leadsTo] of [
      ['Send', 'The bot goes on with these values.'],
      ['Reject', 'The task ends as rejected; nothing is keyed.'],
    ]) {
      const words = await page.getByRole('button', { name: new RegExp(`^${choice}`) }).getAttribute('aria-describedby');
      expect(await page.locator(`#${words}`).textContent()).toBe(leadsTo);
    }
  });

  it('brings the box of the field at hand into sight and marks it', async () => {
    const { page } = await visit(on.browser, { person: 'Mara' });
    await openDesk(page, on.console.questions.doubt.id);
    for (const name of ['Total', 'IBAN', 'Seller']) {
      await page.getByRole('textbox', { name: new RegExp(`^${name}`) }).focus();
      const mark = page.getByRole('button', { name: `To the field ${name}`, exact: true });
      await soon(() => mark.getAttribute('data-focused')).toBe('true');
      await soon(() => isInside(page, mark.boundingBox())).toBe(true);
    }
    await page.getByRole('button', { name: 'To the field Net total' }).click();
    expect(
      await page.getByRole('textbox', { name: /^Net total/ }).evaluate((input) => input === document.activeElement),
    ).toBe(true);
  });

  it('says at the field what is missing, and takes "not on the paper" for an answer', async () => {
    const { page } = await visit(on.browser, { person: 'Mara' });
    await openDesk(page, on.console.questions.doubt.id);
    const order = page.getByRole('textbox', { name: /^Order number/ });
    await page.getByRole('checkbox', { name: 'Order number is not on the paper' }).uncheck();
    await page.getByRole('textbox', { name: /^Total/ }).fill('921.60');
    await page.keyboard.press('Control+Enter');
    await page.getByText('tick that it is not on the paper').waitFor();
    expect(await order.getAttribute('aria-invalid')).toBe('true');
    expect(await answerOf(on.console.questions.doubt.id)).toBeNull();
    await order.focus();
    await page.keyboard.press('Alt+0');
    await page.keyboard.press('Control+Enter');
    await soon(() => answerOf(on.console.questions.doubt.id)).toMatchObject({ values: { order_number: null } });
  });

  it('shows the rule that speaks against an answer, and lets a person overrule it knowingly', async () => {
    const { page } = await visit(on.browser, { person: 'Mara' });
    await openDesk(page, on.console.questions.second.id);
    await page.getByRole('textbox', { name: /^Total/ }).fill('325');
    await page.getByRole('textbox', { name: /^Due date/ }).fill('2.12.2026');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Net and tax do not add up to the total.').waitFor();
    expect(await answerOf(on.console.questions.second.id)).toBeNull();
    await page.getByRole('button', { name: /^Post anyway/ }).waitFor();
    const total = page.getByRole('textbox', { name: /^Total/ });
    await soon(() => total.evaluate((input) => input === document.activeElement)).toBe(true);
    await total.fill('326');
    await page.getByRole('button', { name: /^Send/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: /^Post anyway/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => answerOf(on.console.questions.second.id))
      .toMatchObject({ values: { total: '326.00', due_date: '2026-12-02' } });
  });

  it('asks once more before what cannot be taken back', async () => {
    const { page } = await visit(on.browser, { person: 'Mara' });
    const { id, task } = on.console.questions.technical;
    await openDesk(page, id);
    await page.getByRole('button', { name: 'Reject' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reject?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await answerOf(id)).toBeNull();
    await page.getByRole('button', { name: 'Reject' }).click();
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await soon(async () => (await on.console.office.task(task)).task.state).toBe('rejected');
  });

  it('sets both sides of a read-back next to each other, with the pictures', async () => {
    const { page } = await visit(on.browser, { person: 'Mara' });
    await openDesk(page, on.console.questions.differs.id);
    const [first] = await page.getByRole('row', { name: /differs/ }).allTextContents();
    expect(first).toContain('Spruce boards, larch battens, delivery');
    await page.getByRole('button', { name: 'Enlarge: Enquiry after posting' }).click();
    await page.getByRole('dialog').getByRole('img', { name: 'Enquiry after posting' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Accept as shown' }).click();
    await soon(() => answerOf(on.console.questions.differs.id)).toMatchObject({ choice: 'accept' });
  });

  it('hands out what the browser did before it failed', async () => {
    const { page } = await visit(on.browser, { person: 'Mara' });
    await openDesk(page, on.console.questions.technical.id);
    const link = page.getByRole('link', { name: 'What the bot did before it failed' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('browser-trace.zip');
    expect(await page.getByRole('button', { name: /^Enlarge/ }).count()).toBe(0);
  });

  it('picks an answer to a question of the bot by one key', async () => {
    const { page } = await visit(on.browser, { person: 'Mara' });
    await openDesk(page, on.console.questions.order.id);
    await page.getByText('Harbour & Sons Fasteners').first().waitFor();
    await soon(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Control+Enter');
    await soon(() => answerOf(on.console.questions.order.id)).toMatchObject({ values: { answer: '4500017802' } });
  });

  it('lets one person at a time answer, and the next one as soon as it is given back', async () => {
    const [ana, bo] = await Promise.all([visit(on.browser, { person: 'Ana' }), visit(on.browser, { person: 'Bo' })]);
    const { id } = on.console.questions.doubt;
    await openDesk(ana.page, id);
    await bo.page.goto(`${on.console.url}/exceptions/${id}`);
    await bo.page.getByText(/Ana is working on this/).waitFor();
    const send = bo.page.getByRole('button', { name: /^Send/ });
    expect(await send.isDisabled()).toBe(true);
    expect(await bo.page.getByRole('textbox', { name: /^Total/ }).isDisabled()).toBe(true);
    await bo.page.keyboard.press('Control+Enter');
    expect(await answerOf(id)).toBeNull();

    await ana.page.keyboard.press('Escape');
    await soon(() => titleOf(ana.page).textContent()).toBe('Exceptions');
    await soon(() => send.isEnabled()).toBe(true);
    expect(await on.console.office.exception(id)).toMatchObject({ claimedBy: 'Bo' });
    await ana.page.getByRole('link', { name: /alpenholz-march.*Bo/ }).waitFor();
  });

  it('gives the question back when its window is closed', async () => {
    const { page } = await visit(on.browser, { person: 'Ana' });
    const { id } = on.console.questions.doubt;
    await openDesk(page, id);
    await page.close({ runBeforeUnload: true });
    await soon(async () => (await on.console.office.exception(id)).claimedBy).toBeNull();
  });

  it('keeps what was typed when somebody looks elsewhere', async () => {
    const { page } = await visit(on.browser, { person: 'Ana' });
    await openDesk(page, on.console.questions.doubt.id);
    await page.getByRole('textbox', { name: /^Seller/ }).fill('Alpenholz AG');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /alpenholz-march\.pdf/ }).click();
    expect(await page.getByRole('textbox', { name: /^Seller/ }).inputValue()).toBe('Alpenholz AG');
  });
});

const notSure = (fields: readonly string[]) =>
  fields.map((field) => ({ code: 'low-confidence', fields: [field], message: 'The bot is not sure of this.' }));

async function isInside(
  page: Page,
  mark: Promise<{ x: number; y: number; width: number; height: number } | null>,
): Promise<boolean> {
  const [inner, outer] = await Promise.all([mark, page.getByRole('region', { name: 'Pages' }).boundingBox()]);
  if (!inner || !outer) return false;
  const across = inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width;
  return across && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
}

describe('the other pages', () => {
  it('follow what happens without being asked', async () => {
    const { page, complaints } = await visit(on.browser);
    await page.goto(on.console.url);
    const open = page.getByRole('link', { name: /^Open/ });
    await soon(() => open.textContent()).toContain('1');
    const { id } = on.console.seed.task('supplier-invoice');
    await soon(() => open.textContent()).toContain('2');
    on.console.seed.event(id, 'proven', { application: 'ledger' });
    await page
      .getByRole('link', { name: /Keyed and proven Ledger/ })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('tell what was amiss and set right by itself', async () => {
    const { page } = await visit(on.browser);
    await page.goto(on.console.url);
    const mended = page.getByRole('region', { name: 'Mended by itself' });
    await mended.getByText('Taken over from a worker that died or hung').waitFor();
    expect(await mended.textContent()).toContain('supplier-invoice: 3 tasks, 2 times, last ');
  });

  it('let a stopped bot work again', async () => {
    const { page } = await visit(on.browser);
    await page.goto(on.console.url);
    await page.getByText('The step "look up the order" is named twice.').waitFor();
    await page.getByRole('button', { name: 'Let it work again' }).click();
    await page.getByText('Stopped').waitFor({ state: 'hidden' });
    expect((await on.console.office.overview()).bots.every(({ halted }) => halted === null)).toBe(true);
  });

  it("filter tasks and tell one task's whole story", async () => {
    const { page } = await visit(on.browser);
    await page.goto(`${on.console.url}/tasks`);
    await page.getByRole('radio', { name: 'Done' }).focus();
    await page.keyboard.press('Space');
    await soon(() => page.getByRole('row').count()).toBe(10);
    expect(page.url()).toContain('state=done');
    await page.getByRole('link', { name: 'invoice-009.pdf' }).click();
    await page.getByText('Voucher 2003-000123').waitFor();
    for (const chapter of ['As read', 'ledger: voucher', 'Steps', 'Evidence', 'Events']) {
      await page.getByRole('heading', { name: chapter }).waitFor();
    }
    await page.getByRole('button', { name: 'Due date', exact: true }).click();
    const mark = page.getByRole('button', { name: 'To the field Due date' });
    await soon(() => mark.getAttribute('data-focused')).toBe('true');
  });

  it('tell why a paper was refused, and what to send instead', async () => {
    const { page } = await visit(on.browser);
    await page.goto(`${on.console.url}/tasks?state=rejected`);
    await page.getByRole('link', { name: 'holiday.mov' }).click();
    const why = page.getByRole('alert', { name: 'Why it was refused' });
    await soon(() => why.textContent()).toContain('Send a PDF');
  });

  it('take papers and give a receipt for each', async () => {
    const { page } = await visit(on.browser);
    await page.goto(`${on.console.url}/tasks`);
    await page.getByRole('button', { name: 'Add papers' }).click();
    const paper = (name: string, text: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(text) });
    await page.locator('input[type=file]').setInputFiles([paper('new.pdf', '%PDF-1.7 new'), paper('empty.pdf', '')]);
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Taken', { exact: true }).waitFor();
    await page.getByText('Refused', { exact: true }).waitFor();
  });
});
