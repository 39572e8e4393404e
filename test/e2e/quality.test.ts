import { expect, it } from 'vitest';
import { faintWords, hiddenFocus, unnamedControls } from '../support/accessibility.ts';
import { launchBrowser, openSeededConsole, visit } from '../support/consoleBrowser.ts';

it('shows how far readings are trusted, what another budget would do, and can be read by everybody', async () => {
  const [browser, console] = await Promise.all([launchBrowser(), openSeededConsole()]);
  try {
    const { page, complaints } = await visit(browser);
    await page.goto(console.url);
    await page.getByRole('link', { name: 'Quality' }).click();
    await page.getByRole('heading', { level: 1, name: 'Quality' }).waitFor();
    await page.getByText('In force: 5 in 1,000').waitFor();
    const chart = page.getByRole('img', { name: /^Share of fields that go straight through/ });
    await expect.poll(() => chart.locator('canvas, svg').count(), { timeout: 20_000 }).toBe(1);

    const budget = page.getByRole('textbox', { name: 'What if the budget were' });
    expect(await budget.inputValue()).toBe('5');
    const asked = page.waitForResponse((response) => response.url().endsWith('wrongPerThousand=20'));
    await budget.fill('20');
    expect((await asked).status()).toBe(200);
    await page.getByText('In force: 5 in 1,000').waitFor();

    for (const width of [1400, 360]) {
      await page.setViewportSize({ width, height: 900 });
      expect.soft(await faintWords(page), `${width}`).toEqual([]);
      expect.soft(await unnamedControls(page), `${width}`).toEqual([]);
      expect.soft(await hiddenFocus(page, 12), `${width}`).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await console.close();
  }
});
