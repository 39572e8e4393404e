import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page as BrowserPage } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evalReport, explainPage, invoiceExtractor } from '#extractors';
import { germanInvoice, type Placed, pageOf } from '../extractors/paper.ts';
import { faintWords, unnamedControls } from '../support/accessibility.ts';
import { launchBrowser } from '../support/consoleBrowser.ts';

const PAYLOADS: readonly Placed[] = [
  [80, 800, '<script>document.title="run"</script>'],
  [80, 830, '"><img/src=x/onerror=document.title="run">'],
  [80, 860, '</style></title></text></svg><svg/onload=document.title="run">'],
  [760, 430, 'Lieferantennummer'],
];

let folder: string;
let browser: Browser;
beforeAll(async () => {
  [folder, browser] = await Promise.all([mkdtemp(path.join(tmpdir(), 'rekey-explain-')), launchBrowser()]);
  const page = pageOf([...germanInvoice, ...PAYLOADS]);
  const draft = await invoiceExtractor.extract([page], { paper: 'abc' });
  const statements = [
    { format: 'factur-x', values: { total: '<b onclick=x>1487.50</b>' }, items: [{ description: '<i>' }] },
  ];
  const paper = {
    reading: { pages: [page], statements, text: '', doubts: [], ms: 1 },
    extracted: { type: 'invoice', draft },
  };
  const explained = explainPage({ name: '<script>document.title="run"</script>.pdf', paper, pictures: [undefined] });
  await writeFile(path.join(folder, 'explain.html'), explained);
  const run = { date: '2026-03-16T10:00:00.000Z', commit: null, sets: [] };
  await writeFile(path.join(folder, 'eval.html'), await evalReport({ run, history: [], rows: [], judged: new Map() }));
}, 60_000);
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function opened(file: string, width: number): Promise<{ page: BrowserPage; requests: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(path.join(folder, file)).href);
  return { page, requests };
}

describe('the page that explains a paper', () => {
  it('runs nothing a paper or its name holds, and fetches nothing', async () => {
    const { page, requests } = await opened('explain.html', 1300);
    expect(await page.title()).toBe('<script>document.title="run"</script>.pdf: what was read');
    expect(requests).toHaveLength(1);
    expect(await page.locator('script, img, [onerror], [onclick], [onload]').count()).toBe(0);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('<script>');
    await page.close();
  });

  it('lights up the boxes of the field under the pointer or the keyboard, and leads from one to the other', async () => {
    const { page } = await opened('explain.html', 1300);
    const card = page.locator('.fields > li', { has: page.getByRole('heading', { name: 'total', exact: true }) });
    const id = await card.getAttribute('id');
    const stroke = () =>
      page
        .locator(`.of-${id} rect`)
        .first()
        .evaluate((rect) => getComputedStyle(rect).stroke);
    const usual = await stroke();
    await card.hover();
    expect(await stroke()).not.toBe(usual);
    await page.mouse.move(0, 0);
    expect(await stroke()).toBe(usual);
    await card.focus();
    expect(await stroke()).not.toBe(usual);
    await card.getByRole('link').click();
    expect(new URL(page.url()).hash).toBe(`#${id}-box-0`);
    await page.close();
  });

  it('shows words and what came into question where asked', async () => {
    const { page } = await opened('explain.html', 1300);
    const shown = (layer: string) => page.locator(layer).first().isVisible();
    expect([await shown('.values'), await shown('.marks'), await shown('.words')]).toEqual([true, false, false]);
    await page.getByLabel('what came into question').check();
    await page.getByLabel('words').check();
    await page.getByLabel('values').uncheck();
    expect([await shown('.values'), await shown('.marks'), await shown('.words')]).toEqual([false, true, true]);
    await page.close();
  });
});

describe.each(['explain.html', 'eval.html'])('%s', (file) => {
  it.each([1300, 360])('can be read, named and fits, %i pixels wide', async (width) => {
    const { page } = await opened(file, width);
    expect(await faintWords(page)).toEqual([]);
    expect(await unnamedControls(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });
});
