import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInput } from '#core';
import { runBatch } from '../batch.ts';
import type { Gate } from '../confidence/gate.ts';
import type { Readers } from '../readers/index.ts';
import type { ExtractAs } from '../types/extractLine.ts';
import { type MeasuredSet, measured } from './history.ts';
import { filesOf, predictBatch, treatmentOf } from './predict.ts';
import { acceptedShare, scoreSet } from './score.ts';
import { carriesData, type EvalSet, findSets, type Judged, readPredictions } from './truth.ts';

export interface EvaluateOptions {
  /** The folder with the sets. */
  readonly root: string;
  /** Only these sets; every one where absent. */
  readonly only?: readonly string[] | undefined;
  readonly kinds: readonly ExtractAs[];
  readonly readers: Readers;
  readonly workers: number;
  /** Opens encrypted papers. */
  readonly password?: string | undefined;
  /** Where the lines of each set are written, `<set>.jsonl`. */
  readonly lines: string;
  /** Take the lines that are there, and go on with the files that have none. */
  readonly resume: boolean;
  readonly progress: boolean;
  /** What lets a draft go straight through. */
  readonly gate: Pick<Gate, 'accepts'>;
  /** Told before each set is worked through. */
  readonly onSet?: (set: string, files: number) => void;
}

export interface Evaluation {
  readonly sets: readonly MeasuredSet[];
  /** Every file of every set, for what remains wrong. */
  readonly judged: ReadonlyMap<string, readonly Judged[]>;
}

/** Reads every file of every set, extracts as the set's kind, and measures the answers against the truth. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const all = await findSets(options.root);
  const names = all.map(({ name }) => name);
  const unknown = options.only?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InvalidInput('unknown-set', '--set', `There is no set "${unknown}" here; there are ${names.join(', ')}.`);
  }
  const sets = all.filter(({ name }) => options.only?.includes(name) ?? true);
  await mkdir(options.lines, { recursive: true });
  const judged = new Map<string, readonly Judged[]>();
  for (const set of sets) {
    options.onSet?.(set.name, set.truths.length);
    judged.set(set.name, await predicted(set, options));
  }
  return { sets: figuresOf(judged), judged };
}

async function predicted({ name, truths }: EvalSet, options: EvaluateOptions): Promise<Judged[]> {
  const { root, readers, kinds, gate, resume, progress, workers, password } = options;
  const out = path.join(options.lines, `${name}.jsonl`);
  const inputs = filesOf(
    root,
    truths.map(({ file }) => file),
  );
  await runBatch({
    inputs,
    out,
    resume,
    progress,
    workers,
    ...predictBatch(readers, treatmentOf(name, kinds), gate, password === undefined ? {} : { password }),
  });
  const predictions = await readPredictions(out, root);
  return truths.map((truth) => ({ truth, prediction: predictions.get(truth.file) }));
}

/** The figures of each set, and what could be accepted of all of them together. */
function figuresOf(judged: ReadonlyMap<string, readonly Judged[]>): MeasuredSet[] {
  const each = [...judged].flatMap(([name, files]) => [
    measured(name, namesOf(files), scoreSet(files)),
    ...partsOf(name, files),
  ]);
  const all = [...judged.values()].flat();
  return judged.size > 1 ? [...each, measured('all', namesOf(all), acceptedShare([...judged.values()]))] : each;
}

/** Where some papers carry an e-invoice: how well the others were read, whose page is all there is, and how well those. */
function partsOf(name: string, files: readonly Judged[]): MeasuredSet[] {
  const { data, page } = Object.groupBy(files, ({ prediction }) => (carriesData(prediction) ? 'data' : 'page'));
  if (!data || !page) return [];
  const part = (of: string, some: readonly Judged[]) => {
    const { 'field F1': fields, 'line items F1': items } = scoreSet(some);
    const figures = {
      ...(fields !== undefined && { 'field F1': fields }),
      ...(items !== undefined && { 'line items F1': items }),
    };
    return measured(`${name}, ${of}`, namesOf(some), figures);
  };
  return [part('page only', page), part('with data', data)];
}

function namesOf(judged: readonly Judged[]): string[] {
  return judged.map(({ truth }) => truth.file);
}
