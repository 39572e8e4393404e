import { agreed } from './fusion.ts';
import type { Rectangle } from './geometry.ts';
import type { OcrWord } from './ocr.ts';

type Lines = readonly (readonly OcrWord[])[];

/** Of the smaller box: engines place a word's edges by guess. */
const SAME_PLACE = 0.4;
/** What the first reading did not see at all must be surer than what both saw. */
const SURE_ENOUGH_ALONE = 0.7;

/**
 * A page read twice in different ways, word by word. Where both say the same it counts for more; where they differ,
 * what was read with more confidence stands; what only the second saw is added if it was sure. Lines are the first
 * reading's, places of words the second's, which knows their ink.
 */
export function fusedPages(first: Lines, second: Lines): OcrWord[][] {
  const others = second.flat();
  const known = new Set<OcrWord>();
  const lines = first.map((line) =>
    line.map((word) => {
      const partners = others.filter((other) => isSamePlace(word, other));
      for (const partner of partners) known.add(partner);
      const [partner] = partners;
      const isAlone = partners.length === 1 && line.filter((each) => isSamePlace(each, partner!)).length === 1;
      return isAlone ? settled(word, partner!) : word;
    }),
  );
  for (const word of others) {
    if (!known.has(word) && word.confidence >= SURE_ENOUGH_ALONE) setInto(lines, word);
  }
  return lines;
}

function settled(word: OcrWord, other: OcrWord): OcrWord {
  const { x0, y0, x1, y1 } = other;
  if (lettersOf(word) === lettersOf(other)) {
    return { ...word, x0, y0, x1, y1, confidence: agreed(word.confidence, other.confidence) };
  }
  return other.confidence > word.confidence ? other : { ...word, x0, y0, x1, y1 };
}

/** Into the line that runs at its height, or as a line of its own above the first one that stands lower. */
export function setInto(lines: OcrWord[][], word: OcrWord): void {
  const home = lines.find((line) => line.some((each) => isLevel(each, word)));
  if (home) {
    home.push(word);
    home.sort((a, b) => a.x0 - b.x0);
    return;
  }
  const below = lines.findIndex((line) => line.every((each) => each.y0 > middle(word)));
  lines.splice(below < 0 ? lines.length : below, 0, [word]);
}

function isLevel(a: Rectangle, b: Rectangle): boolean {
  return Math.abs(middle(a) - middle(b)) < 0.4 * Math.min(a.y1 - a.y0, b.y1 - b.y0);
}

function middle({ y0, y1 }: Rectangle): number {
  return (y0 + y1) / 2;
}

function isSamePlace(a: Rectangle, b: Rectangle): boolean {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return width > 0 && height > 0 && width * height > SAME_PLACE * Math.min(area(a), area(b));
}

function area({ x0, y0, x1, y1 }: Rectangle): number {
  return (x1 - x0) * (y1 - y0);
}

function lettersOf({ text }: OcrWord): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase() || text;
}
