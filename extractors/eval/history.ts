import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sha256 } from '#core';
import { goalFor } from './goals.ts';
import { type Figures, MEASURES, type Measure } from './score.ts';

/** One set as it was measured once. */
export interface MeasuredSet {
  readonly set: string;
  readonly files: number;
  /** sha256 over the names of the files: only runs on the same files are compared. */
  readonly papers: string;
  readonly figures: Figures;
}

const measuredSet = z.object({
  set: z.string(),
  files: z.number(),
  papers: z.string(),
  figures: z.partialRecord(z.enum(MEASURES), z.number()),
});
const run = z.object({ date: z.iso.datetime(), commit: z.string().nullable(), sets: z.array(measuredSet) });
/** A line of the history. */
export interface EvalRun {
  readonly date: string;
  /** Of the checkout that measured, where it is one. */
  readonly commit: string | null;
  readonly sets: readonly MeasuredSet[];
}

export function measured(set: string, files: readonly string[], figures: Figures): MeasuredSet {
  return { set, files: files.length, papers: sha256([...files].sort().join('\n')), figures };
}

/** The runs of a history file, the oldest first. Lines of another form are passed over: measures come and go. */
export async function readHistory(file: string): Promise<EvalRun[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const parsed = run.safeParse(jsonOf(line));
    return parsed.success ? [parsed.data as EvalRun] : [];
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export async function addToHistory(file: string, added: EvalRun): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(added)}\n`);
}

/** A line of the table. */
export interface EvalRow {
  readonly set: string;
  readonly files: number;
  readonly measure: Measure;
  readonly value: number;
  readonly goal: number | null;
  readonly met: boolean | null;
  /** Against the last run on the same files; null where there was none. */
  readonly change: number | null;
  /** Worse than the last run by more than a thousandth; times never are, they depend on the machine. */
  readonly regressed: boolean;
}

/** What was measured beside its goals and beside the last run on the same files. */
export function compareRuns(sets: readonly MeasuredSet[], history: readonly EvalRun[]): EvalRow[] {
  return sets.flatMap(({ set, files, papers, figures }) => {
    return MEASURES.flatMap((measure): EvalRow[] => {
      const value = figures[measure];
      if (value === undefined) return [];
      const before = lastFigure(history, set, papers, measure);
      const goal = goalFor(set, measure) ?? null;
      const change = before === undefined ? null : value - before;
      const met = goal === null ? null : value >= goal;
      return [{ set, files, measure, value, goal, met, change, regressed: isWorse(measure, change) }];
    });
  });
}

function lastFigure(history: readonly EvalRun[], set: string, papers: string, measure: Measure): number | undefined {
  const earlier = history.findLast((run) => run.sets.some((each) => each.set === set && each.papers === papers));
  return earlier?.sets.find((each) => each.set === set)?.figures[measure];
}

const NOTICED = 0.001;

function isWorse(measure: Measure, change: number | null): boolean {
  if (change === null || measure.startsWith('ms')) return false;
  return measure === 'character errors' ? change > NOTICED : change < -NOTICED;
}
