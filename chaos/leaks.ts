import path from 'node:path';
import type { Places } from './fault.ts';
import { filesBelow, holds, tablesOf } from './outputs.ts';

/** Part of the password of every account that workers sign in with, so that wherever one was written down it is found. */
export const CANARY = 'cnry-Chaos-7Kq2';

/**
 * Where a run left a password: a line for each of its files (logs, evidence and traces, the embedded record, the application's
 * books) and, where the record lies on a server, each of its tables.
 */
export async function leaks({
  folder,
  places,
}: {
  readonly folder: string;
  readonly places: Places;
}): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [file, bytes] of filesBelow(folder)) {
    if (holds(bytes, CANARY)) found.push(`A password stands in ${path.relative(folder, file)}.`);
  }
  if (places.store.kind !== 'postgres') return found;
  for (const [table, rows] of await tablesOf(places.store.url)) {
    if (holds(rows, CANARY)) found.push(`A password stands in the table ${table}.`);
  }
  return found;
}
