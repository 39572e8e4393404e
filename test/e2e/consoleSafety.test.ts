import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faintWords, hiddenFocus, unnamedControls } from '../support/accessibility.ts';
import { launchBrowser, openSeededConsole, type SeededConsole, visit } from '../support/consoleBrowser.ts';

let browser: Browser;
let console: SeededConsole;
let places: readonly string[];
beforeAll(async () => {
  [browser, console] = await Promise.all([launchBrowser(), openSeededConsole()]);
  const [done] = await console.office.tasks({ state: 'done' });
  const { doubt, differs, order } = console.questions;
  const desks = [doubt, differs, order].map(({ id }) => `/exceptions/${id}`);
  places = ['/', '/exceptions', '/tasks', `/tasks/${done?.id}`, '/schedules', ...desks];
});
afterAll(async () => {
  await browser.close();
  await console.close();
});

describe('every page', () => {
  it.each(['light', 'dark'] as const)('can be read and named in %s colours', async (scheme) => {
    const { page, complaints, context } = await visit(browser, { person: 'Mara', scheme });
    for (const place of places) {
      await page.goto(console.url + place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('load');
      expect.soft(await faintWords(page), place).toEqual([]);
      expect.soft(await unnamedControls(page), place).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('fits a window of 360 pixels', async () => {
    const { page, context } = await visit(browser, { person: 'Mara', width: 360 });
    for (const place of places) {
      await page.goto(console.url + place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(360);
    }
    await context.close();
  });

  it.each([1400, 360])('shows where the keyboard is, %i pixels wide', async (width) => {
    const { page, context } = await visit(browser, { person: 'Mara', width });
    for (const place of places) {
      await page.goto(console.url + place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect.soft(await hiddenFocus(page, 25), place).toEqual([]);
    }
    await context.close();
  });
});

describe('what strangers write on paper', () => {
  const attack = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

  it('stays words, wherever it is shown', async () => {
    const document = { sha256: 'a'.repeat(64), name: `${attack}.pdf`, mime: 'text/html' };
    const task = console.seed.task('supplier-invoice', { input: { document }, key: attack });
    const reading = {
      value: attack,
      probability: 0.4,
      absent: 0,
      sources: [],
      alternatives: [{ value: `javascript:${attack}`, probability: 0.3 }],
      evidence: [attack],
    };
    const question = console.seed.ask(task.id, {
      kind: 'differs',
      code: attack,
      title: attack,
      choices: ['answer', 'reject'],
      form: {
        type: 'object',
        properties: { [attack]: { type: 'string', title: attack }, pick: { enum: [attack, 'b'] } },
      },
      draft: { [attack]: reading, seen: reading },
      problems: [
        { code: attack, fields: [attack], message: attack },
        { code: attack, fields: [], message: attack },
      ],
      compared: [{ field: attack, wanted: attack, shown: null, same: false }],
      evidence: [{ label: attack, sha256: 'b'.repeat(64) }],
    });
    console.seed.event(task.id, attack, { [attack]: attack });
    console.seed.step(task.id, {
      name: attack,
      kind: 'extract',
      value: { [attack]: reading },
      at: new Date().toISOString(),
    });

    const { page, context } = await visit(browser, { person: attack.slice(0, 60) });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => dialogs.push(dialog.message()));
    for (const place of ['/', '/exceptions', '/tasks', `/tasks/${task.id}`, `/exceptions/${question.id}`]) {
      await page.goto(console.url + place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText("document.title='owned'").first().waitFor();
      expect(await page.title(), place).not.toBe('owned');
      expect(await page.locator('img[src="x"]').count(), place).toBe(0);
    }
    expect(dialogs).toEqual([]);
    await context.close();
  });

  it('would not run even if it got into the page', async () => {
    const { page, complaints, context } = await visit(browser);
    await page.goto(console.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = `<img src="/none" onerror="document.title = 'owned'">`;
      document.body.append(holder);
    });
    await expect
      .poll(() => complaints.filter((text) => text.includes('Content Security Policy')).length)
      .toBeGreaterThanOrEqual(2);
    expect(await page.title()).not.toBe('owned');
    await context.close();
  });
});

describe('a console with a token', () => {
  it('asks for it once', async () => {
    const guarded = await openSeededConsole({ token: 'the token of this test' });
    const { page, context } = await visit(browser);
    await page.goto(`${guarded.url}/exceptions`);
    await page.getByLabel('Token').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the token of this console.').waitFor();
    await page.getByLabel('Token').fill('the token of this test');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Exceptions' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Exceptions' }).waitFor();
    await context.close();
    await guarded.close();
  });
});
