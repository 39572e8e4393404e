import type { Frame } from 'playwright-core';
import { navigating, type Session, SystemException } from '#runner';
import { openFunction, press } from './app.ts';

/** A row of a report: its texts by their columns' headings. */
export type Row<Column extends string> = Readonly<Record<Column, string>>;

export interface Report {
  /** Its place in the menu. */
  readonly level: string;
  readonly title: string;
  /** Search fields that are filled, and boxes that are ticked, by name. */
  readonly search: Readonly<Record<string, string>>;
  readonly tick: readonly string[];
}

/** Runs a report, which shows all it finds on one page. Rejects when the page is not that report: then nothing can be told. */
export async function run(session: Session, { level, title, search, tick }: Report): Promise<Frame> {
  const main = await openFunction(session, level);
  for (const [name, text] of Object.entries(search)) await main.locator(`[name=${name}]`).fill(text);
  for (const name of tick) await main.locator(`input[type=checkbox][name=${name}]`).check();
  await press(main, 'Continue');
  const heading = main.locator('th.listtop');
  if ((await heading.count()) === 1 && ((await heading.textContent()) ?? '').startsWith(title)) return main;
  throw new SystemException('look-up-failed', 'The enquiry shows something else than its list.');
}

/** All rows of the report that is shown, in their order. Rejects when it lacks a column: nothing would be found in it, whatever is there. */
export async function rowsOf<Column extends string>(report: Frame, columns: readonly Column[]): Promise<Row<Column>[]> {
  const texts = (cells: readonly string[]) => cells.map((text) => text.replaceAll('\u00a0', ' ').trim());
  const headings = texts(await report.locator('tr.listheading > th').allTextContents());
  const places = columns.map((column) => [column, headings.indexOf(column)] as const);
  if (places.some(([, place]) => place < 0)) {
    throw new SystemException('look-up-failed', 'The list of the enquiry lacks a column that tells its rows apart.');
  }
  const rows: Row<Column>[] = [];
  for (const row of await rowsIn(report).all()) {
    const cells = texts(await row.locator('> td').allTextContents());
    rows.push(Object.fromEntries(places.map(([column, place]) => [column, cells[place] ?? ''])) as Row<Column>);
  }
  return rows;
}

/** Follows the link that a row of the report carries, which leads to the record's own page. */
export async function openRow(report: Frame, row: number): Promise<void> {
  await navigating(report, () => rowsIn(report).nth(row).locator('a[href*="action=edit"]').first().click());
}

const rowsIn = (report: Frame) => report.locator('tr.listrow0, tr.listrow1');
