import { Command } from 'commander';
import { applicationCommands } from './cli/applications.ts';
import { credentialCommands } from './cli/credentials.ts';
import { eraseCommands } from './cli/erase.ts';
import { evalCommand } from './cli/eval.ts';
import { explainCommand } from './cli/explain.ts';
import { endWithReader, exitCodeOf } from './cli/failure.ts';
import { memoryCommands } from './cli/memory.ts';
import { paperCommands } from './cli/papers.ts';
import { peopleCommands } from './cli/people.ts';
import { runningCommands } from './cli/running.ts';
import { scheduleCommands } from './cli/schedules.ts';
import { setUpCommands } from './cli/setUp.ts';
import { statusCommand } from './cli/status.ts';
import { taskCommands } from './cli/tasks.ts';
import { trustCommands } from './cli/trust.ts';

const program = new Command('rekey')
  .description('Bots that read papers, key them into web applications nobody may change, and prove what they keyed.')
  .version('0.1.0')
  .showHelpAfterError('Say `rekey --help`, or `rekey <command> --help`, for what there is.')
  .configureHelp({ sortSubcommands: false });

for (const add of [
  runningCommands,
  statusCommand,
  taskCommands,
  peopleCommands,
  eraseCommands,
  scheduleCommands,
  applicationCommands,
  credentialCommands,
  trustCommands,
  memoryCommands,
  paperCommands,
  evalCommand,
  explainCommand,
  setUpCommands,
]) {
  add(program);
}

endWithReader(process.stdout);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
