import { type RawBuilder, sql } from 'kysely';
import type { BotCard } from '#core';
import { tell } from './events.ts';
import type { Db } from './schema.ts';

/** A worker that was not heard of so long is not counted on. */
const SEEN_SECONDS = 90;
/** More are marked in the next round: each is an event of its own. */
const MOST_AT_ONCE = 500;

export interface MarkedTasks {
  /** Open tasks that no worker anywhere can go on with. */
  readonly missing: number;
  /** Tasks that were so until now. */
  readonly back: number;
}

interface Marked {
  readonly id: string;
  readonly bot: string;
  readonly version: string | null;
}

/**
 * Says which versions of which bots are worked here, and gives every open task that no worker can go on with the reason
 * `version-missing`. Versions of a release that says nothing count as there while they work on something; the reason
 * holds nobody off.
 */
export function announceVersions(db: Db, bots: readonly BotCard[]): Promise<MarkedTasks> {
  const versions = bots.flatMap((bot) =>
    [bot.version, ...(bot.runs ?? [])].map((version) => ({
      ...{ bot: bot.name, version, code: codeThatRuns(bot, version), takes_new: version === bot.version },
    })),
  );
  return db.transaction().execute(async (trx) => {
    if (versions.length > 0) {
      await trx
        .insertInto('running_versions')
        .values(versions)
        .onConflict((known) =>
          known.columns(['bot', 'version']).doUpdateSet({
            seen_at: sql<string>`clock_timestamp()`,
            code: (now) => now.ref('excluded.code'),
            takes_new: (now) => now.ref('excluded.takes_new'),
          }),
        )
        .execute();
    }
    const missing = await mark(
      trx,
      sql<boolean>`not ${CAN_GO_ON} and reason is distinct from 'version-missing'`,
      'version-missing',
    );
    const back = await mark(trx, sql<boolean>`${CAN_GO_ON} and reason = 'version-missing'`, null);
    for (const { id, bot, version } of missing)
      await tell(trx, { id, bot }, 'version-missing', { code: 'version-missing', version });
    for (const { id, bot, version } of back) await tell(trx, { id, bot }, 'version-back', { version });
    return { missing: missing.length, back: back.length };
  });
}

/** The version whose code goes on with a task that began with that one. */
export function codeThatRuns({ version, runBy = {} }: BotCard, began: string): string {
  return runBy[began] ?? version;
}

/** Versions that workers run: said so lately, or at work on something without a word. */
const UP = sql`(
  select bot, version, coalesce(code, version) as code, coalesce(takes_new, true) as takes_new
  from running_versions where seen_at > clock_timestamp() - make_interval(secs => ${SEEN_SECONDS})
  union
  select bot, bot_version, bot_version, true from tasks busy where state = 'running' and lease_until > clock_timestamp()
    and not exists (select from running_versions said where said.bot = busy.bot and said.version = busy.bot_version)
)`;
const ITS_VERSION = sql`up.bot = tasks.bot
  and case when tasks.bot_version is null then up.takes_new else up.version = tasks.bot_version end`;

/** Some worker runs the version the task began with, or takes new tasks where it has not begun. */
export const CAN_GO_ON = sql<boolean>`exists (select 1 from ${UP} up where ${ITS_VERSION})`;

/** And the code that would go on with it is not stopped. */
export const IS_WORKED = sql<boolean>`exists (
  select 1 from ${UP} up where ${ITS_VERSION}
    and not exists (select from halted_bots where halted_bots.bot = up.bot and halted_bots.version = up.code)
)`;

/** That version's code would go on with it. */
export function runsBy(code: RawBuilder<string>): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from ${UP} up where ${ITS_VERSION} and up.code = ${code})`;
}

/** When a worker last said that it runs the version the task began with, or any where it has not begun. */
export const lastSeen = sql<Date | null>`(select max(seen_at) from running_versions seen
  where seen.bot = tasks.bot and seen.version = coalesce(tasks.bot_version, seen.version))`;

async function mark(
  trx: Db,
  which: ReturnType<typeof sql<boolean>>,
  reason: string | null,
): Promise<readonly Marked[]> {
  const { rows } = await sql<Marked>`
    update tasks set reason = ${reason}
    where id in (
      select id from tasks where state = 'ready' and available_at <= clock_timestamp() and ${which}
      limit ${MOST_AT_ONCE} for update skip locked
    )
    returning id, bot, bot_version as version`.execute(trx);
  return rows;
}
