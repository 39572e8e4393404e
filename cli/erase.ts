import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { InvalidInput, type Office, type TaskAbout, type TaskErasure } from '#core';
import { EXIT } from './failure.ts';
import { confirmed } from './prompt.ts';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

interface EraseOptions {
  readonly task?: string;
  readonly yes: boolean;
  readonly as: string;
  readonly json: boolean;
}

interface HoldOptions {
  readonly why?: string;
  readonly release: boolean;
  readonly as: string;
}

export function eraseCommands(program: Command): void {
  program
    .command('erase')
    .description('Erase what is kept of somebody: list the tasks that hold the text, and erase those that have ended.')
    .argument('[text...]', 'a name, IBAN, address or number; letters and digits are compared, case apart')
    .option('--task <id>', 'this task, whatever it holds')
    .option('--yes', 'erase without asking; there is no way back', false)
    .option('--as <person>', 'who says so', userInfo().username)
    .option('--json', 'print JSON; erases only with --yes', false)
    .action(async (words: readonly string[], options: EraseOptions) => {
      const text = words.join(' ');
      if ((text === '') === (options.task === undefined)) {
        throw new InvalidInput('erase-what', 'text', 'Say whom to look for, or name one task with --task.');
      }
      await withOffice((office) => erase(office, text, options));
    });

  program
    .command('hold')
    .description('Keep a task from being erased, or let it go again.')
    .argument('<task>')
    .option('--why <words>', 'why it is kept')
    .option('--release', 'let it go', false)
    .option('--as <person>', 'who says so', userInfo().username)
    .action(async (task: string, { why = '', release, as: person }: HoldOptions) => {
      await withOffice((office) => (release ? office.releaseTask(task, person) : office.holdTask(task, why, person)));
      print(release ? 'Let go; it can be erased.' : 'Held; it is not erased until it is let go.');
    });
}

async function erase(office: Office, text: string, { task, yes, json, as: person }: EraseOptions): Promise<void> {
  const found = await wanted(office, text, task);
  const erasable = found.filter((each) => obstacleOf(each) === null).map((each) => each.task);
  if (!json) showFound(found);
  const agreed =
    yes || (!json && erasable.length > 0 && (await confirmed(`Erase ${counted(erasable.length)} for good?`)));
  // Also where there is nothing to erase: what an earlier command could not finish is finished.
  const outcomes = agreed ? await office.eraseTasks(erasable, person) : [];
  if (json) print(JSON.stringify({ found, outcomes }));
  else print(toldOf(outcomes, agreed));
  if (found.length > outcomes.filter(({ outcome }) => outcome === 'erased').length) process.exitCode = EXIT.notDone;
}

async function wanted(office: Office, text: string, id: string | undefined): Promise<readonly TaskAbout[]> {
  if (id === undefined) return office.tasksAbout(text);
  const { task, legalHold } = await office.task(id);
  const { bot, state, receivedAt, endedAt, input } = task;
  return [{ task: id, bot, state, receivedAt, endedAt, paper: input.document?.name ?? null, legalHold, found: [] }];
}

/** What keeps the task from being erased; null where nothing does. */
function obstacleOf({ endedAt, legalHold }: TaskAbout): string | null {
  if (legalHold !== null) return `held by ${legalHold.by}: ${legalHold.why}`;
  return endedAt === null ? 'ends first' : null;
}

function showFound(found: readonly TaskAbout[]): void {
  show<TaskAbout>(
    found,
    false,
    [
      ['task', ({ task }) => task],
      ['bot', ({ bot }) => bot],
      ['state', ({ state }) => state],
      ['arrived', ({ receivedAt }) => localTime(receivedAt)],
      ['paper', ({ paper }) => paper],
      ['found in', (each) => each.found.join(', ')],
      ['', obstacleOf],
    ],
    'No task holds that.',
  );
}

function toldOf(outcomes: readonly TaskErasure[], agreed: boolean): string {
  if (!agreed) return 'Nothing was erased.';
  const erased = outcomes.filter(({ outcome }) => outcome === 'erased').length;
  const left = outcomes
    .filter(({ outcome }) => outcome !== 'erased')
    .map(({ task, outcome }) => `${task} (${outcome})`);
  return [`Erased: ${counted(erased)}.`, ...(left.length > 0 ? [`Not erased: ${left.join(', ')}.`] : [])].join(' ');
}

function counted(tasks: number): string {
  return tasks === 1 ? '1 task' : `${tasks} tasks`;
}
