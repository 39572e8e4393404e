import { expect, it } from 'vitest';
import { faintWords, hiddenFocus, unnamedControls } from '../support/accessibility.ts';
import { visit } from '../support/consoleBrowser.ts';
import { eachOnSeededConsole, press, soon } from '../support/seededConsoles.ts';

const on = eachOnSeededConsole();

const named = async (name: string) => (await on.console.office.schedules()).find((one) => one.name === name);
const openPage = async (options: Parameters<typeof visit>[1] = {}) => {
  const visited = await visit(on.browser, options);
  await visited.page.goto(`${on.console.url}/schedules`);
  await visited.page.getByRole('region', { name: 'morning-statement' }).waitFor();
  return visited;
};

it('makes, changes, pauses, resumes and deletes a schedule, with faults at their fields', async () => {
  const { page, complaints } = await openPage();
  await press(page, 'New schedule');
  await page.getByRole('textbox', { name: 'Name' }).fill('every-hour');
  const when = page.getByRole('textbox', { name: 'When' });
  await when.fill('0 25 * * *');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Not understood: hour').waitFor();
  expect(await when.getAttribute('aria-invalid')).toBe('true');
  await when.fill('0 * * * *');
  await page.getByRole('button', { name: 'Save' }).click();
  const card = page.getByRole('region', { name: 'every-hour' });
  await soon(() => card.locator('time').count()).toBe(5);

  await press(page, 'Pause every-hour');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
  await card.getByText('Starts nothing while it is paused.').waitFor();
  await press(page, 'Resume every-hour');
  await soon(() => card.locator('time').count()).toBe(5);
  await press(page, 'Pause every-hour');
  await page.getByLabel('Until').fill('2031-05-01T12:00');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
  await card.getByText(/Paused until .* 1 May/).waitFor();

  await press(page, 'Delete every-hour');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await card.waitFor({ state: 'hidden' });
  expect(await named('every-hour')).toBeUndefined();
  expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
});

it('shows why a start is not when its cron expression says, the last run, and what was left out', async () => {
  const { page } = await openPage();
  const card = page.getByRole('region', { name: 'morning-statement' });
  await card.getByText('waits for the window').first().waitFor();
  await card.getByText('Keeps the calendar office.').waitFor();
  await card.getByText(/^4 up to .* left out: nothing ran\.$/).waitFor();
  await card.getByText(/ left out: the last task was open\.$/).waitFor();
  await page.getByText('Only on the last working day of the month, by office.').waitFor();
  await card.getByRole('link', { name: /^Last run/ }).click();
  await page.getByRole('heading', { name: 'Events' }).waitFor();
});

it('starts a schedule now, and says why not while its task is open', async () => {
  const { page } = await openPage();
  const before = (await named('morning-statement'))?.lastTask;
  await press(page, 'Start morning-statement now');
  await soon(async () => (await named('morning-statement'))?.lastTask).not.toBe(before);
  const card = page.getByRole('region', { name: 'morning-statement' });
  await card.getByText('Open', { exact: true }).waitFor();
  await press(page, 'Start morning-statement now');
  await card.getByRole('alert').getByText('Its last task has not ended.').waitFor();
});

it('makes a calendar from lines and from a file, keeps it for a schedule, and lets none go that is kept', async () => {
  const { page } = await openPage();
  await press(page, 'New calendar');
  await page.getByRole('textbox', { name: 'Name' }).fill('plant');
  await page.getByRole('checkbox', { name: 'Sat' }).focus();
  await page.keyboard.press('Space');
  const days = page.getByRole('textbox', { name: 'Special days' });
  await days.fill('some day');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Line 1 is no day').waitFor();
  const ics =
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas\nEND:VEVENT\nEND:VCALENDAR';
  const file = { name: 'holidays.ics', mimeType: 'text/calendar', buffer: Buffer.from(ics) };
  await page.locator('input[type=file]').setInputFiles(file);
  await soon(() => days.inputValue()).toContain('VEVENT');
  await page.getByRole('button', { name: 'Save' }).click();
  const card = page.getByRole('region', { name: 'plant' });
  await card.getByText('Mon–Sat · 1 holiday').waitFor();

  await press(page, 'Change morning-statement');
  await page.getByRole('combobox', { name: 'Calendar' }).selectOption('plant');
  await page.getByRole('combobox', { name: 'Working day of the month' }).selectOption('-1');
  await page.getByRole('button', { name: 'Save' }).click();
  await soon(async () => await named('morning-statement')).toMatchObject({ calendar: 'plant', workday: -1 });
  await press(page, 'Delete the calendar plant');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await card.getByRole('alert').waitFor();
  await press(page, 'Change the calendar plant');
  expect(await days.inputValue()).toBe('2026-12-25 Christmas');
});

it.each([1400, 360])('can be read, named and reached, %i pixels wide, its forms too', async (width) => {
  const { page } = await openPage({ width });
  for (const form of [null, 'Change morning-statement', 'Change the calendar office', 'Pause morning-statement']) {
    if (form !== null) {
      await press(page, form);
      await page.getByRole('dialog').getByRole('button').last().waitFor();
    }
    expect.soft(await faintWords(page), `${form}`).toEqual([]);
    expect.soft(await unnamedControls(page), `${form}`).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${form}`).toBeLessThanOrEqual(width);
    if (form === null) expect.soft(await hiddenFocus(page, 15)).toEqual([]);
    if (form !== null) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  }
});
