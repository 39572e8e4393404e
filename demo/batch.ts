import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DeliveryNoteTruth, type InvoiceTruth, type JunkTruth, makeBatch, makeJunk } from './papers/index.ts';

export type Truth = InvoiceTruth | DeliveryNoteTruth | JunkTruth;

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
  /** digital, scan, photo or junk. */
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

/** The batch's papers, one after the other: business papers first, then what else turns up in an inbox. */
export async function* papersOf({ seed, count, today }: BatchPlan): AsyncGenerator<BatchPaper> {
  for await (const { name, bytes, truth, how } of makeBatch({ seed, count, today })) {
    yield { name, bytes, truth, medium: how.medium };
  }
  for (const { name, bytes, truth } of await makeJunk(seed)) yield { name, bytes, truth, medium: 'junk' };
}
