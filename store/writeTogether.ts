import { together } from '#core';

/** Rows written with one statement: large enough to share a commit, small enough not to hold locks for long. */
const MOST_ROWS = 50;
/** SQLSTATE classes of what one row can bring upon all: its data, a constraint, a deadlock. */
const ROWS_FAULTS = ['22', '23', '40'];

/** Writes what is to be written at the same time with one statement; a row that cannot be written fails for itself. */
export function writeTogether<I, O>(write: (rows: readonly I[]) => Promise<readonly O[]>): (row: I) => Promise<O> {
  return together(MOST_ROWS, write, isRowsFault);
}

function isRowsFault(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return false;
  return error.code.length === 5 && ROWS_FAULTS.includes(error.code.slice(0, 2));
}
