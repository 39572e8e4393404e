import { createHash } from 'node:crypto';

/** Numbers from 0 to 1, the same for the same words. */
export function randomOf(...words: readonly (string | number)[]): () => number {
  let state = createHash('sha256').update(words.join('\0')).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many of these, drawn without putting back, in the order they stood. */
export function sample<T>(all: readonly T[], count: number, random: () => number): readonly T[] {
  const drawn = all.map((one, at) => ({ one, at, lot: random() }));
  const chosen = drawn.sort((a, b) => a.lot - b.lot).slice(0, count);
  return chosen.sort((a, b) => a.at - b.at).map(({ one }) => one);
}
