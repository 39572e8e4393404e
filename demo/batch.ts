import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DeliveryNoteTruth, type InvoiceTruth, type JunkTruth, makeBatch, makeJunk } from './papers/index.ts';

/** A paper nobody here made: the demo's ledger knows nothing of it, so whatever is keyed from it would be wrong. */
export interface RealTruth {
  readonly type: 'real';
}

export type Truth = InvoiceTruth | DeliveryNoteTruth | JunkTruth | RealTruth;

/** What makes a batch: the same three make the same papers. */
export interface BatchPlan {
  readonly seed: string;
  readonly count: number;
  /** ISO date; papers are dated over the ten weeks before it. */
  readonly today: string;
}

export interface BatchPaper {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly truth: Truth;
  /** digital, scan, photo, junk or real. */
  readonly medium: string;
}

/** The plan kept in the folder, so that a demo that was cut off goes on with the same papers; a new one where there is none. */
export async function keptPlan(folder: string, fresh: BatchPlan): Promise<BatchPlan> {
  const file = path.join(folder, 'batch.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(fresh));
  await rename(`${file}.new`, file);
  return fresh;
}

/**
 * The batch's papers, one after the other: business papers first, then what else turns up in an inbox, then the real invoices
 * of a folder of papers with truth, where one is given.
 */
export async function* papersOf({ seed, count, today }: BatchPlan, evalData?: string): AsyncGenerator<BatchPaper> {
  for await (const { name, bytes, truth, how } of makeBatch({ seed, count, today })) {
    yield { name, bytes, truth, medium: how.medium };
  }
  for (const { name, bytes, truth } of await makeJunk(seed)) yield { name, bytes, truth, medium: 'junk' };
  if (evalData !== undefined) yield* realPapers(evalData);
}

/** They go through the same door as all others. */
async function* realPapers(folder: string): AsyncGenerator<BatchPaper> {
  const files = path.join(folder, 'invoices', 'files');
  for (const name of (await readdir(files)).toSorted()) {
    yield { name, bytes: await readFile(path.join(files, name)), truth: { type: 'real' }, medium: 'real' };
  }
}
