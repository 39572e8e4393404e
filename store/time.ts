import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely';
import { InvalidInput } from '#core';
import type { Db } from './schema.ts';

/** The database's clock, as it runs: not the transaction's start, which a wait for a lock leaves behind. */
export const clockNow = sql<string>`clock_timestamp()`;

/** The same, to compare times with. */
export const clockTime = sql<Date>`clock_timestamp()`;

/** That clock, `seconds` from now. */
export function clockIn(seconds: number): RawBuilder<string> {
  return sql<string>`clock_timestamp() + make_interval(secs => ${seconds})`;
}

/** Seconds since the time in that column, as `age_seconds`. */
export function ageSeconds(column: string): AliasedRawBuilder<number, 'age_seconds'> {
  return sql<number>`extract(epoch from clock_timestamp() - ${sql.ref(column)})::float8`.as('age_seconds');
}

export async function databaseTime(db: Db): Promise<string> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]!.now.toISOString();
}

/** A time a caller gave, as ISO text. */
export function isoTime(where: string, text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new InvalidInput('bad-time', where, 'Not a time; write it as 2026-03-31T16:00:00Z.');
  }
  return time.toISOString();
}
