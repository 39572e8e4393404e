import { stripVTControlCharacters } from 'node:util';

/** A column of a table: its heading, and what it shows of a row. */
export type Column<Row> = readonly [heading: string, show: (row: Row) => string | number | null];

/** What a command answers: JSON for programs, a table for people. */
export function show<Row>(rows: readonly Row[], json: boolean, columns: readonly Column<Row>[], nothing: string): void {
  if (json || rows.length === 0) {
    print(json ? JSON.stringify(rows) : nothing);
    return;
  }
  const cells = rows.map((row) => columns.map(([, of]) => plain(String(of(row) ?? ''))));
  const widths = columns.map(([heading], i) => Math.max(heading.length, ...cells.map((line) => line[i]!.length)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => text.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  print([line(columns.map(([heading]) => heading)), ...cells.map(line)].join('\n'));
}

/** Names and messages come from outside: what would steer the terminal stays out. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** `2026-03-31 17:05` in the machine's own time zone. */
export function localTime(iso: string): string {
  return new Date(iso).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
}
