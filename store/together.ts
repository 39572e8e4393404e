import { setImmediate as nextTurn } from 'node:timers/promises';

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes many items with one statement: what is asked for while a statement is on its way goes together into the next
 * one, at most `most` at a time. A single item waits for nobody. `write` answers in the order of its items; when it
 * fails for several, each is written alone, so that one that cannot be written fails for itself only.
 */
export function together<I, O>(
  most: number,
  write: (items: readonly I[]) => Promise<readonly O[]>,
): (item: I) => Promise<O> {
  const line: Waiting<I, O>[] = [];
  let writing = false;

  async function writeLine(): Promise<void> {
    writing = true;
    // Those who ask in the same turn of the loop go along.
    await nextTurn();
    while (line.length > 0) await settle(line.splice(0, most));
    writing = false;
  }

  async function settle(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await write(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index]!);
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      else for (const one of batch) await settle([one]);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      line.push({ item, resolve, reject });
      if (!writing) void writeLine();
    });
}
