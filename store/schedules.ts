import { sql } from 'kysely';
import type { ScheduleStore } from '#core';
import { toJson } from './json.ts';
import { scheduleOf } from './rows.ts';
import type { Db } from './schema.ts';

export function scheduleStore(db: Db): ScheduleStore {
  return {
    put: async (schedule) => {
      const { name, bot, cron, timeZone, input, missed, overlap, paused } = schedule;
      const columns = { bot, cron, time_zone: timeZone, input: toJson(input), missed, overlap, paused };
      const row = await db
        .insertInto('schedules')
        .values({ name, ...columns })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(columns))
        .returningAll()
        .executeTakeFirstOrThrow();
      return scheduleOf(row);
    },

    list: async () => (await db.selectFrom('schedules').selectAll().orderBy('name').execute()).map(scheduleOf),

    remove: async (name) => {
      const gone = await db.deleteFrom('schedules').where('name', '=', name).returning('name').executeTakeFirst();
      return gone !== undefined;
    },

    pause: async (name, paused) => {
      const changed = await db
        .updateTable('schedules')
        .set({ paused })
        .where('name', '=', name)
        .returning('name')
        .executeTakeFirst();
      return changed !== undefined;
    },

    advance: async (name, from, to, lastTask) => {
      const moved = await db
        .updateTable('schedules')
        .set({ done_until: to, last_task: lastTask })
        .where('name', '=', name)
        // Times go out with milliseconds, the clock writes microseconds.
        .where(sql`date_trunc('milliseconds', done_until)`, '=', from)
        .returning('name')
        .executeTakeFirst();
      return moved !== undefined;
    },
  };
}
