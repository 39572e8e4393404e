import { together } from '#core';
import { isDataFault, sqlState } from './dataFault.ts';

/** Rows written with one statement: large enough to share a commit, small enough not to hold locks for long. */
const MOST_ROWS = 50;
/** SQLSTATE class of a transaction that was broken off, by a deadlock for one. */
const BROKEN_OFF = '40';

/** Writes what is to be written at the same time with one statement; a row that cannot be written fails for itself. */
export function writeTogether<I, O>(write: (rows: readonly I[]) => Promise<readonly O[]>): (row: I) => Promise<O> {
  return together(MOST_ROWS, write, isRowsFault);
}

/** What one row can bring upon all. */
function isRowsFault(error: unknown): boolean {
  return isDataFault(error) || (sqlState(error)?.startsWith(BROKEN_OFF) ?? false);
}
