import { type Command, InvalidArgumentError } from 'commander';
import type { Calendar } from '#core';
import { bytesOf } from './files.ts';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export function calendarCommands(schedule: Command): void {
  const calendar = schedule.command('calendar').description('Keep the calendars of working days that schedules heed.');

  calendar
    .command('list', { isDefault: true })
    .description('List calendars.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => showCalendars(await withOffice((o) => o.calendars()), json));

  calendar
    .command('put')
    .description('Make a calendar, or its next version. A file of days replaces the special days it had.')
    .argument('<name>')
    .argument('[file]', 'holidays: iCalendar, or lines such as "2026-12-25 Christmas Day"')
    .option('--days <days>', 'working days of the week, such as mon-fri or mon,tue,sat', daysOf)
    .option('--json', 'print JSON', false)
    .action(async (name: string, file: string | undefined, { days, json }: { days?: number[]; json: boolean }) => {
      const text = file === undefined ? undefined : new TextDecoder().decode(await bytesOf(file));
      const put = await withOffice((office) =>
        office.putCalendar({
          name,
          ...(days && { workingDays: days }),
          ...(text !== undefined && { file: text }),
        }),
      );
      showCalendars([put], json);
    });

  calendar
    .command('show')
    .description('Print the special days of a calendar, as `calendar put` reads them.')
    .argument('<name>')
    .option('--edition <version>', 'an older version', Number)
    .action(async (name: string, { edition }: { edition?: number }) => {
      const versions = await withOffice((office) => office.calendar(name));
      const wanted = edition === undefined ? versions[0] : versions.find((one) => one.version === edition);
      if (!wanted)
        throw new InvalidArgumentError(`It has the versions ${versions.map((one) => one.version).join(', ')}.`);
      const { writeSpecialDays } = await import('#queues');
      const days = writeSpecialDays(wanted.specialDays);
      print(`# ${name}, version ${wanted.version}: ${weekOf(wanted)}${days === '' ? '' : `\n${days}`}`);
    });

  calendar
    .command('remove')
    .description('Forget a calendar that no schedule keeps.')
    .argument('<name>')
    .action(async (name: string) => {
      await withOffice((office) => office.removeCalendar(name));
      print('Removed.');
    });
}

function showCalendars(calendars: readonly Calendar[], json: boolean): void {
  show<Calendar>(
    calendars,
    json,
    [
      ['calendar', ({ name }) => name],
      ['version', ({ version }) => version],
      ['working days', weekOf],
      ['special days', ({ specialDays }) => specialDays.length],
      ['changed', ({ at }) => localTime(at)],
    ],
    'There are no calendars.',
  );
}

function weekOf({ workingDays }: Calendar): string {
  return workingDays.map((day) => WEEK[day - 1]).join(',');
}

/** `mon-fri,sun`: names and ranges that run through the week. */
function daysOf(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [from = -1, to = from, ...more] = part.split('-').map((name) => WEEK.indexOf(name.trim().toLowerCase()));
    if (more.length > 0 || from < 0 || to < from) {
      throw new InvalidArgumentError('Give days such as mon-fri or mon,tue,sat.');
    }
    return WEEK.slice(from, to + 1).map((_, day) => from + day + 1);
  });
}
