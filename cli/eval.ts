import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Command, InvalidArgumentError } from 'commander';
import { silentLogger, systemClock } from '#core';
import type { EvalRow, EvalRun, Evaluation } from '#extractors';
import { EXIT } from './failure.ts';
import { writeTo } from './files.ts';
import { type Column, print, show } from './show.ts';
import { readerChoice, settings } from './surroundings.ts';

interface EvalFlags {
  readonly set?: string[];
  readonly resume: boolean;
  readonly fresh: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly history?: string;
  readonly html?: string;
  readonly errors?: number;
  readonly failOnRegression: boolean;
  readonly password?: string;
}

export function evalCommand(program: Command): void {
  program
    .command('eval')
    .description('Measure reading on papers whose truth is known: one table, beside the goals and the last run.')
    .argument('<folder>', 'holds sets: folders with a manifest.jsonl')
    .option('--set <names...>', 'only these sets')
    .option('--resume', 'go on where the last run was cut off', false)
    .option('--fresh', 'read anew, whatever readings are kept: times then mean something', false)
    .option('--history <file>', 'figures of every run, a JSON line each; in the data folder by default')
    .option('--fail-on-regression', 'end with 1 where a figure fell', false)
    .option('--html <file>', 'write a report with charts')
    .option('--errors <n>', 'list what remains wrong, with up to n examples of each kind', wholeNumber)
    .option('--password <text>', 'opens encrypted PDFs')
    .option('--json', 'the table as JSON', false)
    .option('--quiet', 'no progress bar', false)
    .action(runEval);
}

async function runEval(folder: string, flags: EvalFlags): Promise<void> {
  const { data } = settings();
  const { addToHistory, compareRuns, evalReport, readHistory } = await import('#extractors');
  const historyFile = flags.history ?? path.join(data, 'eval', 'history.jsonl');
  const history = await readHistory(historyFile);
  const evaluation = await measure(folder, flags);
  const run: EvalRun = {
    date: new Date(systemClock.now()).toISOString(),
    commit: await commitHere(),
    sets: evaluation.sets,
  };
  const rows = compareRuns(evaluation.sets, history);
  await addToHistory(historyFile, run);
  show(rows, flags.json, await columns(), 'Nothing was measured.');
  if (flags.errors !== undefined) await printErrors(evaluation, flags.errors);
  if (flags.html) {
    await writeTo('--html', flags.html, await evalReport({ run, history, rows, judged: evaluation.judged }));
  }
  if (flags.failOnRegression && rows.some(({ regressed }) => regressed)) process.exitCode = EXIT.notDone;
}

async function measure(folder: string, { set, resume, fresh, quiet, password }: EvalFlags): Promise<Evaluation> {
  const { readers: chosen, setBy, data, wrongPerThousand, labels } = settings();
  const { EXTRACT_KINDS, evaluate, openGate, openReaders } = await import('#extractors');
  const workers = setBy.has('REKEY_READERS') ? chosen : availableParallelism();
  const cache = fresh ? undefined : path.join(data, 'readings');
  const readers = openReaders({ workers, ...(await readerChoice()), cache, log: silentLogger });
  try {
    return await evaluate({
      ...{ root: path.resolve(folder), only: set, kinds: EXTRACT_KINDS, readers, workers, resume, password },
      lines: path.join(data, 'eval'),
      progress: !quiet,
      gate: openGate({ wrongPerThousand, labels }),
      onSet: (name, files) => {
        if (!quiet) process.stderr.write(`${name}: ${files} files\n`);
      },
    });
  } finally {
    await readers.close();
  }
}

async function columns(): Promise<Column<EvalRow>[]> {
  const { shownChange, shownFigure } = await import('#extractors');
  return [
    ['SET', ({ set }) => set],
    ['FILES', ({ files }) => files],
    ['MEASURE', ({ measure }) => measure],
    ['VALUE', ({ measure, value }) => shownFigure(measure, value)],
    ['GOAL', ({ measure, goal }) => (goal === null ? '' : shownFigure(measure, goal))],
    ['MET', ({ met }) => (met === null ? '' : met ? 'yes' : 'no')],
    ['CHANGE', (row) => `${shownChange(row)}${row.regressed ? ' worse' : ''}`],
  ];
}

/** Values of papers, on the terminal of somebody who asked for them. */
async function printErrors({ judged }: Evaluation, most: number): Promise<void> {
  const { fieldFaults, lostFiles } = await import('#extractors');
  for (const [set, files] of judged) {
    print(`\n${set}`);
    for (const [why, names] of lostFiles(files))
      print(`  ${why}: ${names.length} (${names.slice(0, most).join(', ')})`);
    for (const { field, missing, wrong, surplus } of fieldFaults(files)) {
      if (missing.length + wrong.length + surplus.length === 0) continue;
      print(`  ${field}: ${missing.length} without a value, ${wrong.length} wrong, ${surplus.length} surplus`);
      for (const { file, truth, value, confidence } of [...wrong, ...missing, ...surplus].slice(0, most)) {
        print(`    ${file}: ${said(truth)} is right, ${said(value)} was read (${confidence.toFixed(2)})`);
      }
    }
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}

function said(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** The commit of the checkout this runs from; null where it is none. */
async function commitHere(): Promise<string | null> {
  const folder = path.dirname(import.meta.dirname);
  const git = promisify(execFile)('git', ['-C', folder, 'rev-parse', '--short', 'HEAD']);
  return git.then(({ stdout }) => stdout.trim()).catch(() => null);
}
