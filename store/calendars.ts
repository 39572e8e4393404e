import type { Selectable } from 'kysely';
import { type Calendar, type CalendarStore, InvalidInput } from '#core';
import { toJson } from './json.ts';
import type { CalendarTable, Db } from './schema.ts';

export function calendarStore(db: Db): CalendarStore {
  return {
    put: async ({ name, workingDays, specialDays }) => {
      const [before] = await versionsOf(db, name);
      const days = { working_days: toJson(workingDays), special_days: toJson(specialDays) };
      const same =
        before && toJson(before.workingDays) === days.working_days && toJson(before.specialDays) === days.special_days;
      if (same) return before;
      const row = await db
        .insertInto('calendars')
        .values({ name, version: (before?.version ?? 0) + 1, ...days })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row) return calendarOf(row);
      throw new InvalidInput(
        'calendar-changed',
        'calendar',
        'Somebody else has just changed it: look, then try again.',
      );
    },

    list: async () => {
      const rows = await db
        .selectFrom('calendars')
        .distinctOn('name')
        .selectAll()
        .orderBy('name')
        .orderBy('version', 'desc')
        .execute();
      return rows.map(calendarOf);
    },

    versions: (name) => versionsOf(db, name),

    remove: (name) =>
      db.transaction().execute(async (trx) => {
        const user = await trx.selectFrom('schedules').select('name').where('calendar', '=', name).executeTakeFirst();
        if (user) return 'in-use';
        const gone = await trx.deleteFrom('calendars').where('name', '=', name).returning('version').execute();
        return gone.length > 0 ? 'removed' : 'unknown';
      }),
  };
}

async function versionsOf(db: Db, name: string): Promise<readonly Calendar[]> {
  const query = db.selectFrom('calendars').selectAll().where('name', '=', name).orderBy('version', 'desc');
  return (await query.execute()).map(calendarOf);
}

function calendarOf(row: Selectable<CalendarTable>): Calendar {
  return {
    name: row.name,
    version: row.version,
    workingDays: row.working_days as Calendar['workingDays'],
    specialDays: row.special_days as Calendar['specialDays'],
    at: row.at.toISOString(),
  };
}
