import { type Insertable, type Selectable, sql } from 'kysely';
import type {
  DecidedTime,
  Schedule,
  ScheduleDecision,
  SchedulePut,
  ScheduleStore,
  StartWindow,
  Submitted,
  Timing,
} from '#core';
import { toJson } from './json.ts';
import type { Db, ScheduleTable, ScheduleTimeTable } from './schema.ts';
import { submitIn } from './submit.ts';
import { clockNow } from './time.ts';

/** So many of a schedule's decided times are kept. */
const KEPT_TIMES = 200;

export function scheduleStore(db: Db): ScheduleStore {
  return {
    put: (schedule) => db.transaction().execute((trx) => put(trx, schedule)),
    list: async () => (await db.selectFrom('schedules').selectAll().orderBy('name').execute()).map(scheduleOf),
    get: async (name) => {
      const row = await db.selectFrom('schedules').selectAll().where('name', '=', name).executeTakeFirst();
      return row && scheduleOf(row);
    },
    remove: (name) =>
      db.transaction().execute(async (trx) => {
        await trx.deleteFrom('schedule_times').where('schedule', '=', name).execute();
        const gone = await trx.deleteFrom('schedules').where('name', '=', name).returning('name').executeTakeFirst();
        return gone !== undefined;
      }),
    pause: async (name, until) => {
      const changed = await hold(db, name, true)
        .set({ held_until: until, waiting_due: null })
        .returning('name')
        .executeTakeFirst();
      return changed !== undefined;
    },
    resume: async (name) => {
      const changed = await hold(db, name, false)
        .set({ held_until: null, decided_until: sql`greatest(decided_until, ${clockNow})` })
        .returning('name')
        .executeTakeFirst();
      return changed !== undefined;
    },
    decide: (schedule, decision) => db.transaction().execute((trx) => decide(trx, schedule, decision)),
    times: async (name, limit) => {
      const newest = db.selectFrom('schedule_times').selectAll().where('schedule', '=', name).orderBy('due_at', 'desc');
      return (await newest.limit(limit).execute()).map(timeOf);
    },
  };
}

async function put(trx: Db, schedule: SchedulePut): Promise<Schedule> {
  const before = await trx
    .selectFrom('schedules')
    .selectAll()
    .where('name', '=', schedule.name)
    .forUpdate()
    .executeTakeFirst();
  const isPaused = before ? scheduleOf(before).paused : false;
  const columns = columnsOf(schedule, isPaused);
  const retimed = before && !sameTiming(scheduleOf(before), schedule);
  const anew = retimed ? { decided_until: clockNow, through_day: null, waiting_due: null } : {};
  const row = await trx
    .insertInto('schedules')
    .values({ name: schedule.name, ...columns })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ ...columns, ...anew, revision: sql`schedules.revision + 1` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return scheduleOf(row);
}

function columnsOf(schedule: SchedulePut, isPaused: boolean): Omit<Insertable<ScheduleTable>, 'name'> {
  const { bot, cron, timeZone, input, missed, overlap, calendar, workday, dayOff, window, outside } = schedule;
  const isPlain = calendar === null && window === null && schedule.jitterSeconds === 0 && overlap !== 'queue-one';
  return {
    bot,
    cron,
    time_zone: timeZone,
    input: toJson(input),
    missed,
    overlap,
    calendar,
    workday,
    day_off: dayOff,
    window_from: window?.from ?? null,
    window_to: window?.to ?? null,
    outside,
    jitter_seconds: schedule.jitterSeconds,
    // Schedulers of the release before know nothing of what makes it less than plain.
    paused: isPaused || !isPlain,
    held: isPlain ? null : isPaused,
  };
}

function hold(db: Db, name: string, paused: boolean) {
  return db
    .updateTable('schedules')
    .set({
      paused: sql`case when held is null then ${paused}::boolean else true end`,
      held: sql`case when held is null then null else ${paused}::boolean end`,
      revision: sql`revision + 1`,
    })
    .where('name', '=', name);
}

async function decide(
  trx: Db,
  { name, revision }: Pick<Schedule, 'name' | 'revision'>,
  { doneUntil, throughDay, waiting, starts, leftOut }: ScheduleDecision,
): Promise<readonly Submitted[] | undefined> {
  const moved = await trx
    .updateTable('schedules')
    .set({ decided_until: doneUntil, through_day: throughDay, waiting_due: waiting, revision: revision + 1 })
    .where('name', '=', name)
    .where('revision', '=', revision)
    .returning('name')
    .executeTakeFirst();
  if (!moved) return undefined;
  const submitted = await submitIn(
    trx,
    starts.map(({ task }) => task),
  );
  const last = submitted.at(-1);
  if (last) await trx.updateTable('schedules').set({ last_task: last.task.id }).where('name', '=', name).execute();
  const times = [
    ...starts.map(({ dueAt }, at) => ({ due_at: dueAt, task: submitted[at]!.task.id })),
    ...leftOut.map(({ dueAt, reason, count }) => ({ due_at: dueAt, reason, count })),
  ];
  await remember(trx, name, times);
  return submitted;
}

type NewTime = Omit<Insertable<ScheduleTimeTable>, 'schedule'>;

async function remember(trx: Db, schedule: string, times: readonly NewTime[]): Promise<void> {
  if (times.length === 0) return;
  await trx
    .insertInto('schedule_times')
    .values(times.map((time) => ({ schedule, ...time })))
    // A start by hand in the very moment of a due time: both are tasks, one is remembered.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const oldest = trx.selectFrom('schedule_times').select('due_at').where('schedule', '=', schedule);
  await trx
    .deleteFrom('schedule_times')
    .where('schedule', '=', schedule)
    .where('due_at', '<', oldest.orderBy('due_at', 'desc').offset(KEPT_TIMES).limit(1))
    .execute();
}

function sameTiming(one: Timing, other: Timing): boolean {
  const timing = ({ cron, timeZone, calendar, workday, dayOff, window, outside, jitterSeconds }: Timing) =>
    toJson([cron, timeZone, calendar, workday, dayOff, window?.from ?? '', window?.to ?? '', outside, jitterSeconds]);
  return timing(one) === timing(other);
}

function scheduleOf(row: Selectable<ScheduleTable>): Schedule {
  return {
    name: row.name,
    bot: row.bot,
    cron: row.cron,
    timeZone: row.time_zone,
    input: row.input as Schedule['input'],
    missed: row.missed,
    overlap: row.overlap,
    calendar: row.calendar,
    workday: row.workday,
    dayOff: row.day_off,
    window: windowOf(row),
    outside: row.outside,
    jitterSeconds: row.jitter_seconds,
    paused: row.held ?? row.paused,
    pausedUntil: row.held_until?.toISOString() ?? null,
    doneUntil: row.decided_until.toISOString(),
    throughDay: row.through_day,
    waiting: row.waiting_due?.toISOString() ?? null,
    lastTask: row.last_task,
    revision: row.revision,
  };
}

function windowOf({ window_from: from, window_to: to }: Selectable<ScheduleTable>): StartWindow | null {
  return from === null || to === null ? null : { from, to };
}

function timeOf(row: Selectable<ScheduleTimeTable>): DecidedTime {
  return {
    dueAt: row.due_at.toISOString(),
    task: row.task,
    reason: row.reason,
    count: row.count,
    decidedAt: row.decided_at.toISOString(),
  };
}
