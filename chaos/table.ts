import type { Row } from './run.ts';

const COLUMNS = ['fault', 'profile', 'runs', 'tasks', 'lost', 'duplicated', 'wrong', 'takeover_s', 'control'] as const;

/** The rows as a person reads them: words left, numbers right, `–` where there is none. */
export function table(rows: readonly Row[]): string {
  const texts = rows.map((row) => COLUMNS.map((column) => String(row[column] ?? '–')));
  const lines = [[...COLUMNS], ...texts];
  const widths = COLUMNS.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const shown = lines.map((line) =>
    line.map((text, at) => (at < 2 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join('  '),
  );
  return `${shown.join('\n')}\n`;
}
