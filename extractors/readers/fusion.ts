import type { OcrWord } from './ocr.ts';

/** Two engines that fail apart and say the same are both wrong less often than either. */
const MOST_CERTAIN = 0.99;
const SHARED = 0.4;

/**
 * One line read twice, word by word. Where both say the same it counts for more; where they differ, what was read
 * with more confidence stands; what only one of them saw stands if that one was sure.
 */
export function fused(first: readonly OcrWord[], second: readonly OcrWord[]): OcrWord[] {
  return groups(first, second).flatMap(([a, b]) => {
    if (b.length === 0) return a;
    if (a.length === 0) return b.filter((word) => word.confidence >= 0.8);
    if (sameText(a, b)) return a.map((word) => ({ ...word, confidence: agreed(word.confidence, meanConfidence(b)) }));
    return meanConfidence(b) > meanConfidence(a) ? b : a;
  });
}

/** Words of both readings that stand over each other, left to right. */
function groups(first: readonly OcrWord[], second: readonly OcrWord[]): [OcrWord[], OcrWord[]][] {
  const all = [
    ...first.map((word) => ({ word, side: 0 as const })),
    ...second.map((word) => ({ word, side: 1 as const })),
  ].sort((a, b) => a.word.x0 - b.word.x0);
  const found: { sides: [OcrWord[], OcrWord[]]; end: number }[] = [];
  for (const { word, side } of all) {
    const last = found.at(-1);
    const overlap = last ? last.end - word.x0 : 0;
    if (last && overlap > SHARED * Math.min(word.x1 - word.x0, last.end - startOf(last.sides))) {
      last.sides[side].push(word);
      last.end = Math.max(last.end, word.x1);
    } else {
      const sides: [OcrWord[], OcrWord[]] = [[], []];
      sides[side].push(word);
      found.push({ sides, end: word.x1 });
    }
  }
  return found.map(({ sides }) => sides);
}

function startOf([a, b]: [OcrWord[], OcrWord[]]): number {
  return Math.min(a[0]?.x0 ?? Number.POSITIVE_INFINITY, b[0]?.x0 ?? Number.POSITIVE_INFINITY);
}

function sameText(a: readonly OcrWord[], b: readonly OcrWord[]): boolean {
  return a.length === b.length && a.every((word, index) => word.text === b[index]!.text);
}

/** How sure two readings are that say the same. */
export function agreed(a: number, b: number): number {
  return Math.min(MOST_CERTAIN, 1 - (1 - a) * (1 - b));
}

/** By letters: a stray mark between two good words says little of them. */
export function meanConfidence(words: readonly OcrWord[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / Math.max(1, letters);
}
