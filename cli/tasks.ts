import { type Command, InvalidArgumentError, Option } from 'commander';
import { InvalidInput, type ListedTask, type Order, type OrderReceipt, type StoryNow } from '#core';
import { EXIT } from './failure.ts';
import { bytesOf } from './files.ts';
import { localTime, print, show } from './show.ts';
import { standingInWords } from './standing.ts';
import { withOffice } from './surroundings.ts';

const STATES = ['ready', 'running', 'waiting', 'done', 'rejected'] as const;

interface SubmitOptions {
  readonly bot?: string;
  readonly key?: string;
  readonly due?: string;
  readonly priority?: number;
  readonly json: boolean;
}

export function taskCommands(program: Command): void {
  program
    .command('submit')
    .description('Hand in papers. The same paper, or the same key, twice is one task.')
    .argument('<files...>')
    .option('--bot <name>', 'the bot that shall work them; the default bot otherwise')
    .option('--key <key>', 'what makes two orders one; the paper itself otherwise (one file only)')
    .option('--due <time>', 'the promise as an ISO time; from the bot otherwise')
    .option('--priority <n>', 'what a minute of it is worth against others', number)
    .option('--json', 'print JSON', false)
    .action(submit);

  program
    .command('tasks')
    .description('List tasks, the newest first.')
    .addOption(new Option('--state <state>', 'only those that stand so').choices(STATES))
    .option('--bot <name>', 'only those of one bot')
    .option('--after <task>', 'go on behind this one')
    .option('--limit <n>', 'at most so many', number, 100)
    .option('--json', 'print JSON', false)
    .action(async ({ json, ...filter }) => {
      const tasks = await withOffice((office) => office.tasks(filter));
      show<ListedTask>(
        tasks,
        json,
        [
          ['task', ({ id }) => id],
          ['bot', ({ bot }) => bot],
          ['state', ({ state }) => state],
          ['reason', ({ reason }) => reason],
          ['promised', ({ dueAt }) => localTime(dueAt)],
          ['paper', ({ input }) => input.document?.name ?? null],
          ['stands', ({ standing }) => standingInWords(standing)],
        ],
        'There are no such tasks.',
      );
    });

  program
    .command('task')
    .description('Tell the whole story of one task.')
    .argument('<id>')
    .option('--json', 'print JSON', false)
    .action(async (id: string, { json }: { json: boolean }) => {
      const story = await withOffice((office) => office.task(id));
      if (json) print(JSON.stringify(story));
      else tell(story);
    });
}

async function submit(files: readonly string[], { json, bot, key, due, priority }: SubmitOptions): Promise<void> {
  if (key !== undefined && files.length > 1)
    throw new InvalidInput('key-for-many', '--key', 'A key names one order: hand in one file with it.');
  const receipts = await withOffice(async (office) => {
    const all: (OrderReceipt & { file: string })[] = [];
    for (const file of files) {
      const order: Order = {
        paper: { name: file, bytes: await bytesOf(file) },
        ...(bot !== undefined && { bot }),
        ...(key !== undefined && { key }),
        ...(due !== undefined && { dueAt: due }),
        ...(priority !== undefined && { priority }),
      };
      all.push({ file, ...(await office.submit(order)) });
    }
    return all;
  });
  show(
    receipts,
    json,
    [
      ['file', ({ file }) => file],
      ['task', ({ task }) => task],
      ['state', ({ state, created }) => (created ? state : `${state}, here already`)],
      ['promised', ({ promisedAt }) => localTime(promisedAt)],
      ['', ({ refused }) => refused?.message ?? null],
    ],
    '',
  );
  if (receipts.some(({ refused }) => refused)) process.exitCode = EXIT.notDone;
}

function tell({ task, standing, events, effects, questions, legalHold, erased }: StoryNow): void {
  print(
    `${task.id}  ${task.bot}  ${task.state}${task.reason ? ` (${task.reason})` : ''}  promised ${localTime(task.dueAt)}`,
  );
  if (standing !== null) print(standingInWords(standing));
  if (legalHold !== null) print(`kept from erasure by ${legalHold.by}: ${legalHold.why}`);
  if (erased !== null) print(`erased ${localTime(erased.at)} by ${erased.by}: its values are gone`);
  if (task.output !== null) print(`output: ${JSON.stringify(task.output)}`);
  print('');
  for (const { at, kind, facts } of events) {
    const told = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
    print(`${localTime(at)}  ${kind.padEnd(10)} ${told.join(' ')}`);
  }
  for (const { application, screen, state, receipt } of effects) {
    print(`\n${application} ${screen}: ${state}${receipt ? `, read back as ${receipt.reference}` : ''}`);
    for (const { field, same } of receipt?.compared ?? []) print(`  ${same ? '=' : '≠'} ${field}`);
  }
  for (const { id, title, state, answer } of questions) {
    print(`\nquestion ${id}: ${title} — ${answer ? `${answer.choice} by ${answer.by}` : state}`);
  }
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Give a number above 0.');
  return value;
}
