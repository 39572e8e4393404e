import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Roles } from '../main.ts';
import { EXIT } from './failure.ts';
import { bytesOf } from './files.ts';
import { print } from './show.ts';
import { everything, loudly, settings } from './surroundings.ts';

const LOOK_EVERY_MS = 200;

export function runningCommands(program: Command): void {
  program
    .command('up')
    .description('Run everything: the console, the workers, the inbox and the schedules, until stopped.')
    .action(() => runUntilStopped({ work: true, console: true }));

  program
    .command('work')
    .description('Run workers only, beside an instance on the same PostgreSQL.')
    .action(() => runUntilStopped({ work: true, console: false }));

  program
    .command('run')
    .description('Work one paper now, in front of you, and print how it ended.')
    .argument('<bot>')
    .argument('[file]', 'the paper')
    .option('--json', 'print JSON', false)
    .action(runOne);
}

async function runUntilStopped(roles: Roles): Promise<void> {
  const config = settings();
  const { startRekey } = await everything();
  const running = await startRekey(config, roles, loudly(config));
  if (running.url) process.stderr.write(`Rekey runs: ${running.url}\n`);
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
  process.stderr.write('Ending what is under way; nothing new is begun.\n');
  await running.close();
}

async function runOne(bot: string, file: string | undefined, { json }: { json: boolean }): Promise<void> {
  const config = settings();
  const paper = file === undefined ? undefined : { name: file, bytes: await bytesOf(file) };
  const { startRekey } = await everything();
  const running = await startRekey(config, { work: true, console: false }, loudly(config));
  try {
    const { task: id } = await running.office.submit({ bot, ...(paper && { paper }) });
    let story = await running.office.task(id);
    while (story.task.state === 'ready' || story.task.state === 'running') {
      await pause(LOOK_EVERY_MS);
      story = await running.office.task(id);
    }
    const { task } = story;
    if (json) print(JSON.stringify(story));
    else
      print(
        `${task.id}  ${task.state}${task.reason ? ` (${task.reason})` : ''}  ${task.output === null ? '' : JSON.stringify(task.output)}`.trimEnd(),
      );
    if (task.state !== 'done') process.exitCode = EXIT.notDone;
  } finally {
    await running.close();
  }
}
