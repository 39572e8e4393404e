import type { Command } from 'commander';
import type { Mended, MendedKind, Overview } from '#core';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

const WORDS: Readonly<Record<MendedKind, string>> = {
  'tickets-lost': 'work that no worker had been told of',
  'worker-silent': 'runs taken over from a worker that died or hung',
  'wait-forgotten': 'tasks that waited for an application in order again',
};

export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('Tell how the work stands, bot by bot, and what was amiss and mended in the last seven days.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const overview = await withOffice((office) => office.overview());
      if (json) return print(JSON.stringify(overview));
      showStatus(overview);
    });
}

function showStatus({ bots, exceptions, late, mended }: Overview): void {
  show<Overview['bots'][number]>(
    bots,
    false,
    [
      ['bot', ({ name }) => name],
      ['version', ({ version }) => version],
      ['ready', ({ counts }) => counts.ready],
      ['running', ({ counts }) => counts.running],
      ['waiting', ({ counts }) => counts.waiting],
      ['done', ({ counts }) => counts.done],
      ['rejected', ({ counts }) => counts.rejected],
      ['stopped by', ({ halted }) => halted?.code ?? null],
    ],
    'There are no bots.',
  );
  print(`\nQuestions for people: ${exceptions} · past their promise: ${late}\n`);
  show<Mended>(
    mended,
    false,
    [
      ['mended', ({ kind }) => WORDS[kind]],
      ['bot', ({ bot }) => bot],
      ['times', ({ times }) => times],
      ['tasks', ({ tasks }) => tasks],
      ['last', ({ lastAt }) => localTime(lastAt)],
    ],
    'Nothing had to be mended in the last seven days.',
  );
}
