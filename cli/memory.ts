import type { Command } from 'commander';
import type { LayoutSummary, Lesson } from '#core';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

interface Flags {
  readonly json: boolean;
}

export function memoryCommands(program: Command): void {
  const memory = program.command('memory').description("Look at what people's corrections taught, and take it back.");

  memory
    .command('list', { isDefault: true })
    .description('List the layouts something was learned of, the newest first.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: Flags) =>
      show<LayoutSummary>(
        await withOffice((office) => office.layouts()),
        json,
        [
          ['layout', ({ id }) => id],
          ['read as', ({ extractor }) => extractor],
          ['papers', ({ papers }) => papers],
          ['fields', ({ fields }) => fields.join(', ')],
          ['learned', ({ learnedAt }) => localTime(learnedAt)],
        ],
        'Nothing was learned yet.',
      ),
    );

  memory
    .command('show')
    .description('Show every version of every lesson of a layout; --json shows where they look.')
    .argument('<layout>')
    .option('--json', 'print JSON', false)
    .action(async (layout: string, { json }: Flags) =>
      showLessons(await withOffice((office) => office.lessons(layout)), json),
    );

  memory
    .command('revert')
    .description("Take a field's lesson out; the one before it counts again, where there was one.")
    .argument('<layout>')
    .argument('<field>')
    .option('--json', 'print JSON', false)
    .action(async (layout: string, field: string, { json }: Flags) => {
      const lessons = await withOffice((office) => office.revertLesson(layout, field));
      if (!json) print('Taken out.\n');
      showLessons(lessons, json);
    });
}

function showLessons(lessons: readonly Lesson[], json: boolean): void {
  show<Lesson>(
    lessons,
    json,
    [
      ['field', ({ field }) => field],
      ['version', ({ version }) => version],
      ['state', ({ state }) => state],
      ['why', ({ reason }) => reason],
      ['right on', ({ right, papers }) => `${right} of ${papers}`],
      ['by', ({ by }) => by],
      ['learned', ({ at }) => localTime(at)],
    ],
    'This layout has no lessons.',
  );
}
