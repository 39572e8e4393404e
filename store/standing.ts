import { sql } from 'kysely';
import type { Hold, Standing } from '#core';
import type { Db } from './schema.ts';
import { CAN_GO_ON, IS_WORKED, lastSeen, runsBy } from './versions.ts';

interface Row {
  readonly id: string;
  readonly hold: Hold;
  readonly code: string | null;
  readonly since: Date;
  readonly until: Date | null;
  readonly of: string | null;
  readonly by: string | null;
}

/** What of an open task is put off is put off for; what has come due, is stopped or has no worker stands for that. */
const HOLD = sql<Hold>`case
  when state = 'waiting' then 'person'
  when state = 'running' then case when lease_until > clock_timestamp() then 'run' else 'silent' end
  when halt.at is not null then 'stopped'
  when available_at <= clock_timestamp() then case when ${CAN_GO_ON} then 'line' else 'version' end
  when parked_on is not null then 'application'
  when reason = 'key-busy' then 'key'
  else 'later' end`;

const CODE_OF_HALT = runsBy(sql<string>`stopped.version`);

/** A version that a Defect stopped and whose code this task would be run by, while no other worker goes on with it. */
const HALT = sql`left join lateral (
    select at, code, version from halted_bots stopped where stopped.bot = tasks.bot and not ${IS_WORKED} and (
      stopped.version = coalesce(tasks.bot_version, stopped.version) or ${CODE_OF_HALT})
    order by ${CODE_OF_HALT} desc, at desc limit 1
  ) halt on tasks.state = 'ready'`;

const LAST_RUN = sql`left join lateral (
    select worker, started_at, ended_at from runs where runs.task = tasks.id order by started_at desc limit 1
  ) run on tasks.state in ('ready', 'running')`;

const QUESTION = sql`left join lateral (
    select id, code, asked_at, due_at, case when claimed_until > clock_timestamp() then claimed_by end as by
    from questions where questions.task = tasks.id and open order by asked_at desc limit 1
  ) question on tasks.state = 'waiting'`;

/** Since when the application keeps its tasks, and when that ends or is looked at. */
const APPLICATION = sql`left join lateral (
    select
      case tasks.reason
        when 'application-parked' then parked_at
        when 'outside-hours' then closed_since
        when 'account-held' then (select min(held_at) from accounts where accounts.application = name)
      end as since,
      case tasks.reason when 'application-parked' then probe_at when 'account-held' then null else tasks.available_at end as until
    from applications where name = tasks.parked_on
  ) place on tasks.parked_on is not null`;

/** Since when it waits for its turn at a key, and the task that is at it or comes before. */
const TURN = sql`left join lateral (
    select since, coalesce(
      (select task from effects at where at.application = turn.application and at.screen = turn.screen and at.key = turn.key
        and at.state = 'intended' and at.task <> turn.task limit 1),
      (select task from key_waits earlier join tasks theirs on theirs.id = earlier.task
        where earlier.application = turn.application and earlier.screen = turn.screen and earlier.key = turn.key
          and earlier.task <> turn.task and earlier.since < turn.since and theirs.state in ('ready', 'running')
        order by earlier.since limit 1)) as behind
    from key_waits turn where turn.task = tasks.id order by since desc limit 1
  ) turn on tasks.reason = 'key-busy'`;

/** Where each of these tasks stands that has not ended. */
export async function standings(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select id, hold, by,
      case hold when 'line' then null when 'run' then null when 'silent' then null when 'version' then 'version-missing'
        when 'stopped' then halt_code when 'person' then coalesce(question_code, reason) else reason end as code,
      coalesce(case hold when 'line' then available_at when 'run' then started_at when 'silent' then lease_until
        when 'stopped' then halted_at when 'person' then asked_at when 'version' then seen_at
        when 'application' then place_since when 'key' then turn_since end, ended_at, available_at, received_at) as since,
      case hold when 'run' then lease_until when 'person' then promised_at when 'application' then place_until
        when 'key' then available_at when 'later' then available_at end as until,
      case hold when 'run' then worker when 'silent' then worker when 'stopped' then halt_version
        when 'person' then question when 'version' then bot_version when 'application' then parked_on
        when 'key' then behind end as of
    from (
      select tasks.id, ${HOLD} as hold, tasks.reason, tasks.bot_version, tasks.available_at, tasks.received_at,
        tasks.lease_until, tasks.parked_on, run.worker, run.started_at, run.ended_at,
        halt.code as halt_code, halt.version as halt_version, halt.at as halted_at,
        question.id as question, question.code as question_code, question.asked_at, question.due_at as promised_at,
        question.by, place.since as place_since, place.until as place_until, turn.since as turn_since, turn.behind,
        ${lastSeen} as seen_at
      from tasks ${HALT} ${LAST_RUN} ${QUESTION} ${APPLICATION} ${TURN}
      where tasks.id in (select json_array_elements_text(${JSON.stringify(ids)}::json)) and tasks.ended_at is null
    ) open`.execute(db);
  return new Map(rows.map(({ id, ...row }) => [id, standingOf(row)]));
}

function standingOf({ since, until, ...row }: Omit<Row, 'id'>): Standing {
  return { ...row, since: since.toISOString(), until: until?.toISOString() ?? null };
}
