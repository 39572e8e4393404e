import { editDistance } from './distance.ts';
import { bareWord, foldSpaces, wordsOf } from './normalise.ts';
import { f1, inCommon, sizeOf, type Tally, tallyOf } from './tally.ts';
import type { Judged, Truth } from './truth.ts';

export interface WordScores {
  readonly documents: number;
  /** Words as they are spelled, and their letters and digits only. */
  readonly exactF1: number;
  readonly f1: number;
  /** Share of words found where they stand; undefined where no box was drawn or read. */
  readonly located: number | undefined;
  /** Letters to change by letters there are; reading order counts. */
  readonly characterErrors: number;
}

/** Words of files with a transcript, as bags: order counts only in the character errors. */
export function scoreWords(judged: readonly Judged[]): WordScores | undefined {
  const documents = judged.flatMap((each) => wordScoresOf(each) ?? []);
  if (documents.length === 0) return undefined;
  const sum = (figure: (document: DocumentWords) => number) =>
    documents.reduce((total, each) => total + figure(each), 0);
  const boxed = sum(({ located }) => located.wanted);
  return {
    documents: documents.length,
    exactF1: f1({
      right: sum((d) => d.exact.right),
      given: sum((d) => d.exact.given),
      wanted: sum((d) => d.exact.wanted),
    }),
    f1: f1({ right: sum((d) => d.bare.right), given: sum((d) => d.bare.given), wanted: sum((d) => d.bare.wanted) }),
    located: boxed === 0 ? undefined : sum(({ located }) => located.found) / boxed,
    characterErrors:
      sum(({ distance }) => distance) /
      Math.max(
        1,
        sum(({ letters }) => letters),
      ),
  };
}

interface DocumentWords {
  readonly exact: Matches;
  readonly bare: Matches;
  readonly located: { readonly wanted: number; readonly found: number };
  readonly distance: number;
  readonly letters: number;
}

interface Matches {
  readonly right: number;
  readonly given: number;
  readonly wanted: number;
}

function wordScoresOf({ truth, prediction }: Judged): DocumentWords | undefined {
  if (!truth.text || truth.state) return undefined;
  const text = prediction?.text ?? (prediction?.words ?? []).map((word) => word.text).join(' ');
  const [wanted, given] = [wordsOf(truth.text), wordsOf(text)];
  const letters = foldSpaces(truth.text);
  return {
    exact: matches(tallyOf(wanted), tallyOf(given)),
    bare: matches(tallyOf(bareWords(wanted)), tallyOf(bareWords(given))),
    located: locatedWords(boxed(truth.words), boxed(prediction?.words ?? [])),
    distance: editDistance(letters, foldSpaces(text)),
    letters: [...letters].length,
  };
}

function matches(wanted: Tally, given: Tally): Matches {
  return { right: inCommon(wanted, given), given: sizeOf(given), wanted: sizeOf(wanted) };
}

function bareWords(words: readonly string[]): string[] {
  return words.map(bareWord).filter((word) => word !== '');
}

interface PlacedWord {
  readonly text: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function boxed(words: Truth['words']): PlacedWord[] {
  return words.flatMap(({ text, x0, y0, x1, y1 }) => {
    const placed = x0 !== undefined && y0 !== undefined && x1 !== undefined && y1 !== undefined;
    return placed ? [{ text, x0, y0, x1, y1 }] : [];
  });
}

/** Boxes that share at least half of what they cover together are the same place. */
const SAME_PLACE = 0.5;

/** Each word of the truth takes the best box of a read word of the same letters. */
function locatedWords(wanted: readonly PlacedWord[], given: readonly PlacedWord[]) {
  if (wanted.length === 0 || given.length === 0) return { wanted: 0, found: 0 };
  const free = Map.groupBy(given, (word) => bareWord(word.text));
  const asked = wanted.filter((word) => bareWord(word.text) !== '');
  let found = 0;
  for (const word of asked) {
    const same = free.get(bareWord(word.text)) ?? [];
    const overlaps = same.map((other) => overlap(word, other));
    const best = Math.max(0, ...overlaps);
    if (best < SAME_PLACE) continue;
    found++;
    same.splice(overlaps.indexOf(best), 1);
  }
  return { wanted: asked.length, found };
}

/** What two boxes share, by what they cover together. */
function overlap(a: PlacedWord, b: PlacedWord): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (width <= 0 || height <= 0) return 0;
  const area = ({ x0, y0, x1, y1 }: PlacedWord) => (x1 - x0) * (y1 - y0);
  const together = area(a) + area(b) - width * height;
  return together > 0 ? (width * height) / together : 0;
}
