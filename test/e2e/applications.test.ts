import { describe, expect, it } from 'vitest';
import type { Standing } from '#core';
import { faintWords, hiddenFocus, unnamedControls } from '../support/accessibility.ts';
import { visit } from '../support/consoleBrowser.ts';
import { eachOnSeededConsole, press, soon } from '../support/seededConsoles.ts';

const on = eachOnSeededConsole();

const from = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const openPage = async (options: Parameters<typeof visit>[1] = {}) => {
  const visited = await visit(on.browser, options);
  await visited.page.goto(`${on.console.url}/applications`);
  await visited.page.getByRole('region', { name: 'carrier-portal' }).waitFor();
  return visited;
};
const applicationCalled = async (name: string) =>
  (await on.console.office.applications()).find(({ application }) => application === name);

describe('the applications', () => {
  it('say whether bots may work there, why not, until when, what waits, and by what rules', async () => {
    const { page, complaints } = await openPage();
    const textOf = (name: string) => page.getByRole('region', { name, exact: true }).textContent();
    const ledger = await textOf('ledger');
    for (const said of [
      'Out of order since',
      ': application slow. The next look is in 9 min.',
      'Last look 9 min ago: application slow, 24 looks in vain.',
      '12 tasks wait for it; the soonest promise is in 2 h',
      'moved by as long as they have waited',
      'mon-fri 06:30-19:00, sat 08:00-12:00 in Europe/Vienna; closed wed 12:30-13:15, 2026-12-24T12:00 to',
      '5 s between two submits of an account',
      '1 of 2 sessions in use',
    ]) {
      expect.soft(ledger).toContain(said);
    }
    const other = await textOf('sql-ledger');
    for (const said of [
      'Bots may work there. Last look 10 h ago: it was well.',
      'The last use failed.',
      'Its password ends in 4 d',
      'Held0 of 1 session in use · held since',
      ': sign in refused',
    ]) {
      expect.soft(other).toContain(said);
    }
    expect.soft(await textOf('carrier-portal')).toMatch(/Closed by its hours since .*; it opens in 9 h, /);
    expect(complaints).toEqual([]);
  });

  it('hold an account and let it go, by keyboard, with the name of who says so', async () => {
    const { page } = await openPage();
    await press(page, 'Hold the account night of ledger');
    const dialog = page.getByRole('dialog', { name: 'Hold the account night?' });
    await dialog.getByLabel('Your name').waitFor();
    expect(await dialog.getByRole('button', { name: 'Hold', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('Your name').fill('Mara');
    await page.keyboard.press('Enter');
    await dialog.getByText('No bot signs in with it').waitFor();
    await dialog.getByRole('button', { name: 'Hold', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/ledger \/ night: Account held · held by person · by Mara/).waitFor();
    expect((await applicationCalled('ledger'))?.accounts[1]).toMatchObject({ state: 'held', code: 'held-by-person' });

    await press(page, 'Let the account night of ledger go');
    await page.getByRole('dialog').getByRole('button', { name: 'Let go' }).click();
    await soon(async () => (await applicationCalled('ledger'))?.accounts[1]?.state).toBe('free');
    await page.getByRole('button', { name: 'Hold the account night of ledger' }).waitFor();
  });

  it('are looked at when a person says so', async () => {
    const { page } = await openPage({ person: 'Mara' });
    await press(page, 'Look at ledger now');
    const dialog = page.getByRole('dialog', { name: 'Look at ledger now?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await on.console.office.applicationEvents(10)).toEqual([]);
    await press(page, 'Look at ledger now');
    await dialog.getByRole('button', { name: 'Look now' }).click();
    await page.getByText('ledger: Looked at on request · by Mara').waitFor();
  });

  it('follow what happens without being asked', async () => {
    const { page } = await openPage();
    on.console.seed.application({ application: 'ledger' });
    on.console.seed.event(on.console.questions.order.task, 'promise-moved', { application: 'ledger' });
    await page.getByRole('region', { name: 'ledger', exact: true }).getByText('Bots may work there.').waitFor();
  });

  it.each([1400, 320])('can be read, named and reached, %i pixels wide', async (width) => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await openPage({ width, scheme, person: 'Mara' });
      expect.soft(await faintWords(page), scheme).toEqual([]);
      expect.soft(await unnamedControls(page), scheme).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect.soft(await hiddenFocus(page, 14), scheme).toEqual([]);
    }
  });
});

describe('a task that has not ended', () => {
  const SINCE = '2026-03-31T12:00:00Z';
  const other = '0123456789abcdef';

  it('says on its page and in the list what it stands at, whatever it is', async () => {
    const stands: readonly (readonly [Partial<Standing> & Pick<Standing, 'hold'>, string, string | null])[] = [
      [{ hold: 'line' }, 'In line for a bot since 31 Mar', null],
      [{ hold: 'run', of: 'w1' }, 'A worker has been at it since 31 Mar', null],
      [{ hold: 'silent', of: 'w1' }, 'Its worker has said nothing since 31 Mar', null],
      [{ hold: 'later', code: 'application-slow', until: from(305) }, 'application slow, goes on in 5 h', null],
      [{ hold: 'key', code: 'key-busy', of: other }, 'Another task is at the same record since', `/tasks/${other}`],
      [
        { hold: 'person', code: 'sums-differ', of: other, by: 'Bo' },
        ': sums differ; Bo is at it',
        `/exceptions/${other}`,
      ],
      [{ hold: 'version', code: 'version-missing', of: '3' }, 'No worker runs version 3 of its bot since', null],
      [{ hold: 'version', code: 'version-missing' }, 'No worker runs its bot since', null],
      [{ hold: 'stopped', code: 'bot-crashed', of: '3' }, 'Version 3 of its bot was stopped', '/'],
      [at('application-parked', from(1.2)), 'ledger, which is out of order since 31 Mar', '/applications'],
      [at('account-held', null), 'an account of ledger: all are held since 31 Mar', '/applications'],
      [at('account-busy', from(1)), 'an account of ledger: all are in use', '/applications'],
      [at('outside-hours', from(125)), 'Waits for ledger to open, in 2 h', '/applications'],
      [at('submit-pace', from(30)), 'ledger takes submits only so often, goes on in', '/applications'],
      [at('code-taken', from(30)), 'Waits for ledger: code taken, goes on in', '/applications'],
    ];
    const { page, complaints } = await visit(on.browser);
    const tasks = stands.map(([standing, words, href], number) => {
      const { id } = on.console.seed.task('supplier-invoice', { key: `paper ${number} of ${stands.length}` });
      on.console.seed.stand(id, { since: SINCE, ...standing });
      return { id, words, href, listed: standing.hold !== 'line' && standing.hold !== 'run' };
    });
    await page.goto(`${on.console.url}/tasks?state=ready`);
    await page.getByRole('link', { name: 'paper 0 of' }).waitFor();
    for (const [number, { words, listed }] of tasks.entries()) {
      const row = page.getByRole('row', { name: `paper ${number} of` });
      expect.soft((await row.textContent())?.includes(words), words).toBe(listed);
    }
    for (const { id, words, href } of tasks) {
      await page.goto(`${on.console.url}/tasks/${id}`);
      const note = page.getByRole('alert', { name: 'Where it stands' });
      expect.soft(await note.textContent()).toContain(words);
      const link = note.getByRole('link');
      expect.soft(await link.count(), words).toBe(href === null ? 0 : 1);
      if (href !== null) expect.soft(await link.getAttribute('href')).toBe(href);
    }
    expect(complaints).toEqual([]);
  });

  function at(code: string, until: string | null) {
    return { hold: 'application', code, of: 'ledger', until } as const;
  }
});
