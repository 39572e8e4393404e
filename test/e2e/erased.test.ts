import { expect, it } from 'vitest';
import { faintWords } from '../support/accessibility.ts';
import { launchBrowser, openSeededConsole, visit } from '../support/consoleBrowser.ts';

it('says that a task was erased and when, shows no broken pictures, and says why another is kept', async () => {
  const [browser, console] = await Promise.all([launchBrowser(), openSeededConsole()]);
  try {
    const { office } = console;
    const done = await office.tasks({ state: 'done' });
    const stories = await Promise.all(done.map(({ id }) => office.task(id)));
    const [keyed, other] = stories.toSorted((a, b) => b.effects.length - a.effects.length);
    const paper = keyed!.task.input.document!;
    await office.holdTask(other!.task.id, 'The auditors ask for it', 'Eve');
    const { page, complaints } = await visit(browser);

    await page.goto(`${console.url}/tasks/${keyed!.task.id}`);
    await page.getByRole('heading', { level: 1, name: paper.name }).waitFor();
    expect(await page.locator('img').count()).toBeGreaterThan(0);
    await office.eraseTasks([keyed!.task.id], 'Zoë');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Erased' }).waitFor();
    await page.getByText(/^Erased .* by Zoë: its paper, pictures and values are gone/).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.getByText(paper.name).count()).toBe(0);
    expect(await faintWords(page)).toEqual([]);

    await page.goto(`${console.url}/tasks/${other!.task.id}`);
    await page.getByText(/^Kept from erasure since .* by Eve: The auditors ask for it$/).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await console.close();
  }
}, 180_000);
