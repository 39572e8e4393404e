import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ScheduleWithRuns } from '#core';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

export function scheduleCommands(program: Command): void {
  const schedule = program.command('schedule').description('Start bots by the clock.');

  schedule
    .command('list', { isDefault: true })
    .description('List schedules with their next five runs.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      showSchedules(await withOffice((office) => office.schedules()), json);
    });

  schedule
    .command('put')
    .description('Make a schedule, or change the one of that name.')
    .argument('<name>')
    .requiredOption('--bot <name>', 'the bot to start')
    .requiredOption('--cron <expression>', 'five cron fields, such as "0 6 * * 1-5"')
    .option(
      '--time-zone <zone>',
      'an IANA name such as Europe/Berlin',
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
    .option('--input <json>', "the bot's input", jsonInput, {})
    .addOption(
      new Option('--missed <policy>', 'when due times passed unseen').choices(['skip', 'once', 'all']).default('once'),
    )
    .addOption(
      new Option('--overlap <policy>', 'while the last one has not ended').choices(['skip', 'allow']).default('skip'),
    )
    .option('--json', 'print JSON', false)
    .action(async (name: string, { json, ...schedule }) => {
      showSchedules([await withOffice((office) => office.putSchedule({ name, ...schedule }))], json);
    });

  for (const [word, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    schedule
      .command(word)
      .description(paused ? 'Start nothing by this schedule for now.' : 'Start by this schedule again.')
      .argument('<name>')
      .action(async (name: string) => {
        await withOffice((office) => office.pauseSchedule(name, paused));
        print(paused ? 'Paused.' : 'Goes on.');
      });
  }

  schedule
    .command('remove')
    .description('Forget a schedule; tasks it started stay.')
    .argument('<name>')
    .action(async (name: string) => {
      await withOffice((office) => office.removeSchedule(name));
      print('Removed.');
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
      ['missed', ({ missed }) => missed],
      ['overlap', ({ overlap }) => overlap],
      ['next', ({ paused, next }) => (paused ? 'paused' : next.map(localTime).join(' · '))],
    ],
    'There are no schedules.',
  );
}

function jsonInput(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('Give a JSON object such as {"folder":"march"}.');
  }
}
