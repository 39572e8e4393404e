import { type BlobStore, InvalidInput, lettersAndDigits, type Office, type Store, SystemException } from '#core';

/** Where values of tasks lie. */
export interface ErasureOptions {
  readonly store: Pick<Store, 'erasure'>;
  readonly archive: BlobStore;
  /** Deletes what is kept of papers with these names (sha256) outside the archive. */
  readonly forgetPapers: (papers: readonly string[]) => Promise<void>;
}

/** A shorter text stands in too many tasks to tell who is meant. */
const LEAST_LETTERS = 3;

/** The part of an office that finds what is kept of somebody, and erases or holds it. */
export function erasureIn(
  options: ErasureOptions,
): Pick<Office, 'tasksAbout' | 'eraseTasks' | 'holdTask' | 'releaseTask'> {
  const { erasure } = options.store;
  return {
    async tasksAbout(text) {
      if (lettersAndDigits(text).length >= LEAST_LETTERS) return erasure.about(text);
      throw new InvalidInput('text-too-short', 'text', `Give at least ${LEAST_LETTERS} letters or digits to look for.`);
    },
    async eraseTasks(tasks, person) {
      const outcomes = [];
      for (const task of tasks) outcomes.push({ task, outcome: await erasure.erase(task, person) });
      await finishErasures(options);
      return outcomes;
    },
    async holdTask(task, why, person) {
      const reason = why.trim();
      if (reason === '') throw new InvalidInput('hold-without-reason', 'why', 'Say why the task is to be kept.');
      await erasure.hold(task, reason, person);
    },
    async releaseTask(task, person) {
      if (await erasure.release(task, person)) return;
      throw new InvalidInput('task-not-held', 'task', 'No such task is held.');
    },
  };
}

/**
 * Deletes the files of erased tasks that no other task speaks of, also where whoever began it died: the record says what
 * is to go until all is gone. A task may have come in with the same paper in the moment between look and deletion: then
 * the paper is put back, as its sender does who finds it gone (see `takeOrder`).
 */
export async function finishErasures({ store: { erasure }, archive, forgetPapers }: ErasureOptions): Promise<void> {
  const unfinished = await erasure.unfinished();
  if (unfinished.length === 0) return;
  const named = [...new Set(unfinished.flatMap(({ blobs }) => blobs))];
  const kept = new Set(await erasure.stillSpokenOf(named));
  const gone = named.filter((blob) => !kept.has(blob));
  await forgetPapers(gone);
  const taken = new Map<string, Uint8Array>();
  for (const blob of gone) {
    const bytes = await archive.get(blob).catch(notThere);
    if (bytes) taken.set(blob, bytes);
    await archive.remove(blob);
  }
  for (const blob of await erasure.stillSpokenOf([...taken.keys()])) await archive.put(taken.get(blob)!);
  for (const { task } of unfinished) await erasure.finish(task);
}

/** Gone already, or damaged: what cannot be put back need not be. */
function notThere(error: unknown): undefined {
  if (!(error instanceof SystemException)) throw error;
}
