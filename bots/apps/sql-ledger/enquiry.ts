import type { Frame } from 'playwright-core';
import { navigating, type Session } from '#runner';
import { cannotTell } from '../otherRecords.ts';
import { openFunction, press } from './app.ts';

/** A row of a report: its texts by their columns' headings. */
export type Row<Column extends string> = Readonly<Record<Column, string>>;

export interface Report<Column extends string> {
  /** Its place in the menu. */
  readonly level: string;
  readonly title: string;
  /** Search fields that are filled, and boxes that are ticked, by name. */
  readonly search: Readonly<Record<string, string>>;
  readonly tick: readonly string[];
  /** What the report says it searched for, line by line. */
  readonly says: readonly string[];
  readonly columns: readonly Column[];
  /** Buttons below its rows. */
  readonly buttons: readonly string[];
}

/**
 * All rows of a report, which shows what it finds on one page; that page is left open. What it overlooked would be keyed once
 * more: it rejects unless the page says that it is the answer to this search and no other, shows as many rows as it counted,
 * and has nothing on it that could lead to more of them.
 */
export async function run<Column extends string>(
  session: Session,
  { level, title, search, tick, says, columns, buttons }: Report<Column>,
): Promise<{ readonly report: Frame; readonly rows: readonly Row<Column>[] }> {
  const report = await openFunction(session, level);
  for (const [name, text] of Object.entries(search)) await report.locator(`[name=${name}]`).fill(text);
  for (const name of tick) await report.locator(`input[type=checkbox][name=${name}]`).check();
  await press(report, 'Continue');
  const { heading, searched, count, headings, lines, strange } = await readPage(report, buttons);
  if (heading?.split(' / ')[0] !== title) throw cannotTell('The enquiry shows something else than its list.');
  if (searched?.join('\n') !== says.join('\n')) {
    throw cannotTell('The enquiry searched for something else than it was asked for.');
  }
  const places = columns.map((column) => [column, headings.indexOf(column)] as const);
  if (places.some(([, place]) => place < 0)) {
    throw cannotTell('The list of the enquiry lacks a column that tells its rows apart.');
  }
  // Below the rows stand the totals.
  const rows = lines.slice(0, -1);
  if (String(rows.length) !== count || lines.some((cells) => cells.length !== headings.length)) {
    throw cannotTell('The list of the enquiry shows something else than the rows that it counted.');
  }
  if (strange > 0) throw cannotTell('The page of the enquiry has a control that may lead to more rows.');
  const named = (cells: readonly string[]) =>
    Object.fromEntries(places.map(([column, place]) => [column, cells[place] ?? ''])) as Row<Column>;
  return { report, rows: rows.map(named) };
}

/** What a report's page shows, wherever its rows are told apart by nothing but their place. */
function readPage(report: Frame, buttons: readonly string[]) {
  return report.evaluate((known) => {
    // As they are stored: two spaces in a number are two in the search that finds it.
    const textOf = (node: Node | null | undefined) => node?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '';
    const cellsOf = (row: HTMLTableRowElement) => [...row.cells].map(textOf);
    const tops = document.querySelectorAll('th.listtop');
    const top = tops.length === 1 ? tops[0] : undefined;
    const said = top?.closest('table')?.querySelector('td')?.childNodes;
    const searched = said && [...said].map(textOf).filter(Boolean);
    const table = document.querySelector('tr.listheading')?.closest('table');
    const [head, ...lines] = [...(table?.rows ?? [])].map(cellsOf);
    const isKnown = (control: Element) =>
      control.closest('tr.listheading') !== null ||
      (control instanceof HTMLInputElement && control.type === 'submit' && known.includes(control.value)) ||
      (table?.contains(control) && control.matches('input[type=checkbox], a[href*="action=edit&"]'));
    const controls = document.querySelectorAll('a[href], button, select, textarea, iframe, input:not([type=hidden])');
    const strange = [...controls].filter((control) => !isKnown(control)).length;
    const count = document.querySelector<HTMLInputElement>('input[name=rowcount]')?.value;
    return { heading: textOf(top), searched, count, headings: head ?? [], lines, strange };
  }, buttons);
}

/** Follows the link of the report that leads to the page of the transaction with this number. */
export async function openTransaction(report: Frame, id: string): Promise<void> {
  await navigating(report, () => report.locator(`a[href*="?action=edit&id=${id}&path="]`).click());
}
