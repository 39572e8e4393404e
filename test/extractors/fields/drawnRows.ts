import { findBareRows } from '../../../extractors/fields/bareRows.ts';
import { readSheet } from '../../../extractors/fields/sheet.ts';
import { findRows } from '../../../extractors/fields/tables.ts';
import { drawnPage } from '../paper.ts';

/** Rows of pages drawn as text, as `description|quantity|unit price|line total`. */
export function drawnRows(...pages: readonly string[]): string[] {
  const sheet = readSheet(pages.map((text, i) => drawnPage(text, i + 1)));
  const headed = findRows(sheet, 'line_total');
  const rows = headed.length > 0 ? headed : findBareRows(sheet);
  return rows.map((each) =>
    [each.description, each.quantity, each.unit_price, each.line_total].map((cell) => cell ?? '-').join('|'),
  );
}
