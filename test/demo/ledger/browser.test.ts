import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LedgerData, readLedger } from '../../../demo/ledger/index.ts';
import { CLERK, openLedger } from './visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
}, 60_000);
afterAll(() => browser?.close());

interface Desk {
  readonly page: Page;
  readonly main: Frame;
  /** Texts of the dialogs so far; all were accepted. */
  readonly dialogs: readonly string[];
  readonly stored: () => LedgerData;
}

async function signedIn(): Promise<Desk> {
  const ledger = await openLedger();
  const page = await browser.newPage();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    return dialog.accept();
  });
  await page.goto(ledger.url);
  await page.locator('input[name=f1]').fill(CLERK.user);
  await page.locator('input[name=f2]').fill(CLERK.password);
  await page.locator('input[name=b1]').click();
  await page.frameLocator('frame[name=main]').getByText('Please choose a function').waitFor();
  const main = page.frame({ name: 'main' })!;
  return { page, main, dialogs, stored: () => readLedger(ledger.file) };
}

async function open({ page, main }: Desk, link: string, shows: string): Promise<void> {
  await page.frameLocator('frame[name=menu]').getByRole('link', { name: link, exact: true }).click();
  await main.locator('h1', { hasText: shows }).waitFor();
}

/** The popup fills the form and posts it back, unless that vendor was chosen before: what is typed into the form until then is lost. */
async function chooseVendor({ page, main }: Desk, code: string, postsBack = true): Promise<void> {
  const opening = page.waitForEvent('popup');
  await main.locator('input[value="..."]').click();
  const popup = await opening;
  await popup.locator('input[name=s1]').fill(code);
  await popup.locator('input[value=Search]').click();
  await popup.getByText('1 found.').waitFor();
  const closing = popup.waitForEvent('close');
  const posted = postsBack && page.waitForEvent('framenavigated', (frame) => frame === main);
  await popup.getByRole('link', { name: code }).click();
  await closing;
  await posted;
}

const value = ({ main }: Desk, name: string) => main.locator(`[name=${name}]`).inputValue();

/** Leaves each field as a person does: filling the next one at once, the script of the one before would still undo it. */
async function fill({ main }: Desk, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(fields)) {
    await main.locator(`[name=${name}]`).fill(text);
    await main.locator(`[name=${name}]`).press('Tab');
  }
}

test('login, popup, voucher, confirm, enquiry', async () => {
  const desk = await signedIn();
  const { main, dialogs, stored } = desk;
  await expect.poll(() => dialogs).toEqual([expect.stringContaining('Reminder')]);

  await open(desk, 'Vendor invoice', 'Vendor invoice');
  await fill(desk, { f4: '05.03.2003', f5: '31.12.2003' });
  expect(await value(desk, 'f5')).toBe('31.12.2003');
  await chooseVendor(desk, 'V1002');
  await expect.poll(() => value(desk, 'f0')).toBe('V1002');
  expect(await value(desk, 'f2')).toBe('Vendor B Müller GmbH');
  expect(await value(desk, 'f5')).toBe('19.03.2003');

  await fill(desk, { f3: 'RE-2003-000000000000-77', f4: '06.03.2003', f5: '30.03.2003', f7: '1.000,00', f8: '190,00' });
  await fill(desk, { f9: '1.190,00', f10: 'Größe “L” for 5 €' });
  expect(await value(desk, 'f5')).toBe('30.03.2003');
  expect(await value(desk, 'f3')).toBe('RE-2003-000000000000');
  await main.locator('input[name=b1]').click();
  await main.getByText('Voucher 2003-000001 posted').waitFor();
  expect(dialogs.at(-1)).toBe('Post voucher?');
  expect(stored().vouchers[0]).toMatchObject({
    vendor: 'V1002',
    invoiceNumber: 'RE-2003-000000000000',
    invoiceDate: '2003-03-06',
    dueDate: '2003-03-30',
    total: '1190.00',
    reference: 'Größe ?L? for 5 ?',
  });

  await open(desk, 'Vouchers', 'Voucher enquiry');
  await main.locator('[name=s1]').fill('V1002');
  await main.locator('input[value=Search]').click();
  await main.getByText('1 found.').waitFor();
  await main.getByRole('link', { name: '2003-000001' }).click();
  const total = main
    .locator('td', { has: main.locator('b', { hasText: /^Total$/ }) })
    .last()
    .locator('xpath=following-sibling::td[1]');
  await expect.poll(() => total.innerText()).toBe('1.190,00');
}, 60_000);

test('the invoice date resets the due date in the browser; the same vendor again posts nothing back', async () => {
  const desk = await signedIn();
  await open(desk, 'Vendor invoice', 'Vendor invoice');
  await chooseVendor(desk, 'V1001');
  await expect.poll(() => value(desk, 'f0')).toBe('V1001');
  await fill(desk, { f5: '31.12.2003', f4: '15.12.2003', f3: 'R-5' });
  expect(await value(desk, 'f5')).toBe('14.01.2004');
  await chooseVendor(desk, 'V1001', false);
  expect(await value(desk, 'f3')).toBe('R-5');
}, 60_000);

test('the goods receipt erases a date typed before it is ready', async () => {
  const desk = await signedIn();
  await open(desk, 'Goods receipt', 'Goods receipt');
  await expect.poll(() => value(desk, 'f99')).toBe('Ready.');
  expect(await value(desk, 'f4')).toMatch(/^\d\d\.\d\d\.\d{4}$/);
  await chooseVendor(desk, 'V1003');
  await expect.poll(() => value(desk, 'f2')).toContain('Vendor C');
  await fill(desk, { f3: 'LS-1', f4: '06.03.2003', f5: 'PO-1', f6: '2', f7: '12,5' });
  await desk.main.locator('input[name=b1]').click();
  await desk.main.getByText('Goods receipt GR-000001 posted').waitFor();
  expect(desk.stored().receipts[0]).toMatchObject({ vendor: 'V1003', deliveryDate: '2003-03-06', quantity: '12.5' });
}, 60_000);
