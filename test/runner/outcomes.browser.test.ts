import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomes } from '#runner';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
  page = await browser.newPage();
});
afterAll(() => browser.close());

const answer = outcomes([
  { when: '.done', says: /^Voucher \S+ posted$/, kind: 'posted' },
  { when: '.red', says: /^Form recalculated/, kind: 'unwritten' },
  { when: '.red', says: /^Error!/, kind: 'refused' },
]);

describe('a page after a submit', () => {
  it.each<[string, string, object]>([
    ['confirms', '<b class=done>Voucher 7 posted</b>', { kind: 'posted' }],
    ['wants to be posted again', '<b class=red>Form recalculated, please post again.</b>', { kind: 'unwritten' }],
    [
      'refuses, for all its reasons',
      '<b class=red>Error! Date missing!</b><b class=red> Error! Total missing! </b><b class=red></b>',
      { kind: 'refused', messages: ['Error! Date missing!', 'Error! Total missing!'] },
    ],
    ['says something that no rule knows', '<b class=done>Thank you</b>', { kind: 'unknown' }],
    [
      'adds to its refusal what no rule knows',
      '<b class=red>Error! Date!</b><b class=red>ORA-02291</b>',
      { kind: 'unknown' },
    ],
    ['says nothing', '<form></form>', { kind: 'unknown' }],
    ['is empty', '', { kind: 'unknown' }],
  ])('that %s', async (_, body, meaning) => {
    await page.setContent(body);
    expect(await answer(page.mainFrame())).toEqual(meaning);
  });
});
