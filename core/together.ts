interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does many small things as few large ones: what is asked for while `doAll` is under way goes together into the next
 * call of it, at most `most` at a time; a single item waits for nobody. `doAll` answers in the order of its items. When it
 * fails for several with an error that is one item's fault, each is done alone, so that the others need not fail with it.
 */
export function together<I, O>(
  most: number,
  doAll: (items: readonly I[]) => Promise<readonly O[]>,
  isOnesFault: (error: unknown) => boolean = () => false,
): (item: I) => Promise<O> {
  const line: Waiting<I, O>[] = [];
  let underWay = false;

  async function workLine(): Promise<void> {
    underWay = true;
    // Those who ask in the same turn of the loop go along.
    await new Promise((resolve) => setImmediate(resolve));
    while (line.length > 0) await settle(line.splice(0, most));
    underWay = false;
  }

  async function settle(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await doAll(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index]!);
    } catch (error) {
      if (batch.length > 1 && isOnesFault(error)) for (const one of batch) await settle([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      line.push({ item, resolve, reject });
      if (!underWay) void workLine();
    });
}
