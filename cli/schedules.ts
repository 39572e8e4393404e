import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DayOffPolicy, PlannedStart, ScheduleWithRuns, Shift, StartWindow } from '#core';
import { calendarCommands } from './calendars.ts';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function scheduleCommands(program: Command): void {
  const schedule = program.command('schedule').description('Start bots by the clock.');

  schedule
    .command('list', { isDefault: true })
    .description('List schedules with their next five runs.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      showSchedules(await withOffice((office) => office.schedules()), json);
    });

  putCommand(schedule);
  nextCommand(schedule);
  steeringCommands(schedule);

  schedule
    .command('remove')
    .description('Forget a schedule; tasks it started stay.')
    .argument('<name>')
    .action(async (name: string) => {
      await withOffice((office) => office.removeSchedule(name));
      print('Removed.');
    });
  calendarCommands(schedule);
}

function putCommand(schedule: Command): void {
  schedule
    .command('put')
    .alias('add')
    .description('Make a schedule, or change the one of that name.')
    .argument('<name>')
    .requiredOption('--bot <name>', 'the bot to start')
    .requiredOption('--cron <expression>', 'five cron fields, such as "0 6 * * 1-5"')
    .option('--time-zone <zone>', 'an IANA name such as Europe/Berlin', HERE)
    .option('--input <json>', "the bot's input", jsonInput, {})
    .option('--calendar <name>', 'the business calendar it keeps')
    .option('--workday <n>', 'only on that working day of a month: 3 is the third, -1 the last', Number)
    .addOption(policy('--day-off <policy>', 'where a due time on a day off goes', ['skip', 'previous', 'next'], 'skip'))
    .option('--window <from-to>', 'start only between these local times, such as 07:00-18:00', windowOf)
    .addOption(policy('--outside <policy>', 'what falls outside the window', ['wait', 'skip'], 'wait'))
    .option('--jitter <seconds>', 'spread starts over so many seconds', Number, 0)
    .addOption(policy('--missed <policy>', 'when due times passed unseen', ['skip', 'once', 'all'], 'once'))
    .addOption(policy('--overlap <policy>', 'while the last one has not ended', ['skip', 'allow', 'queue-one'], 'skip'))
    .option('--json', 'print JSON', false)
    .action(async (name: string, { json, jitter, ...wanted }) => {
      const put = await withOffice((office) => office.putSchedule({ name, ...wanted, jitterSeconds: jitter }));
      showSchedules([put], json);
    });
}

function nextCommand(schedule: Command): void {
  schedule
    .command('next')
    .description('Tell when a schedule starts next, and why not when its cron expression says.')
    .argument('<name>')
    .option('--count <n>', 'how many', Number, 10)
    .option('--json', 'print JSON', false)
    .action(async (name: string, { count, json }: { count: number; json: boolean }) => {
      show<PlannedStart>(
        await withOffice((office) => office.nextStarts(name, count)),
        json,
        [
          ['start', ({ startAt }) => localTime(startAt)],
          ['cron says', ({ saidAt, shifts }) => (shifts.length > 0 ? localTime(saidAt) : '')],
          ['because', ({ shifts }) => shifts.map(reasonOf).join(', ')],
        ],
        'It never comes due again.',
      );
    });
}

function steeringCommands(schedule: Command): void {
  schedule
    .command('pause')
    .description('Start nothing by this schedule for now.')
    .argument('<name>')
    .option('--until <time>', 'an ISO time at which it goes on by itself')
    .action(async (name: string, { until }: { until?: string }) => {
      await withOffice((office) => office.pauseSchedule(name, until));
      print('Paused.');
    });

  schedule
    .command('resume')
    .description('Start by this schedule again.')
    .argument('<name>')
    .action(async (name: string) => {
      await withOffice((office) => office.resumeSchedule(name));
      print('Goes on.');
    });

  schedule
    .command('start')
    .description('Start its bot now, whatever its times.')
    .argument('<name>')
    .action(async (name: string) => {
      const { id } = await withOffice((office) => office.startSchedule(name));
      print(`Started: ${id}`);
    });
}

function showSchedules(schedules: readonly ScheduleWithRuns[], json: boolean): void {
  show<ScheduleWithRuns>(
    schedules,
    json,
    [
      ['schedule', ({ name }) => name],
      ['bot', ({ bot }) => bot],
      ['cron', ({ cron, timeZone }) => `${cron} (${timeZone})`],
      [
        'calendar',
        ({ calendar, workday }) => [calendar ?? '', workday === null ? '' : `day ${workday}`].join(' ').trim(),
      ],
      ['missed', ({ missed }) => missed],
      ['overlap', ({ overlap }) => overlap],
      ['last', ({ last }) => last?.state ?? ''],
      ['next', nextOf],
    ],
    'There are no schedules.',
  );
}

function nextOf({ paused, pausedUntil, trouble, next }: ScheduleWithRuns): string {
  if (trouble) return trouble;
  if (paused) return pausedUntil === null ? 'paused' : `paused until ${localTime(pausedUntil)}`;
  return next.map(({ startAt }) => localTime(startAt)).join(' · ');
}

function reasonOf({ why, note }: Shift): string {
  const words: Record<Shift['why'], string> = {
    'day-off': `day off (${note})`,
    window: 'waits for the window',
    'clock-change': 'clocks are put forward',
    jitter: 'spread',
    merged: 'several fall together',
  };
  return words[why];
}

function policy(flags: string, description: string, choices: readonly string[], usual: DayOffPolicy | string): Option {
  return new Option(flags, description).choices(choices).default(usual);
}

function windowOf(text: string): StartWindow {
  const [from, to, ...more] = text.split('-');
  if (!from || !to || more.length > 0) throw new InvalidArgumentError('Give two times such as 07:00-18:00.');
  return { from, to };
}

function jsonInput(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('Give a JSON object such as {"folder":"march"}.');
  }
}
