import { bareWord, foldSpaces, wordsOf } from './normalise.ts';
import { inCommon, sizeOf, tallyOf } from './tally.ts';
import type { Judged } from './truth.ts';

export type Outcome =
  | 'text'
  | 'partial'
  | 'lost'
  | 'empty'
  | 'error'
  | 'unnamed-error'
  | 'crash'
  | 'timeout'
  | 'missing';

/** Of the words two other readers saw, so many make a file read; by letters alone, since joins and ligatures differ. */
const MOST_WORDS = 0.8;
const MOST_LETTERS = 0.95;

/** What became of an odd file. */
export function outcomeOf({ truth, prediction }: Judged): Outcome {
  if (!prediction) return 'missing';
  const { error, error_kind: kind, text } = prediction;
  if (kind === 'crash' || kind === 'timeout') return kind;
  if (error) return kind ? 'error' : 'unnamed-error';
  const reference = truth.ref_words ?? [];
  if (truth.state === 'readable' && reference.length > 0) return sharedText(reference, text ?? '');
  return foldSpaces(text ?? '') === '' ? 'empty' : 'text';
}

function sharedText(reference: readonly string[], text: string): Outcome {
  const words = inCommon(tallyOf(reference), tallyOf(wordsOf(text))) / reference.length;
  if (words >= MOST_WORDS) return 'text';
  const letters = tallyOf(bareWord(reference.join(' ')));
  const share = inCommon(letters, tallyOf(bareWord(text))) / Math.max(1, sizeOf(letters));
  if (share >= MOST_LETTERS) return 'text';
  return words >= 0.3 || share >= 0.5 ? 'partial' : 'lost';
}

/** Readable files have to give their text; the others any answer or a named refusal. */
export function isHandled(judged: Judged): boolean {
  const outcome = outcomeOf(judged);
  if (judged.truth.state === 'readable') {
    return outcome === 'text' || (outcome === 'empty' && !judged.truth.ref_words?.length);
  }
  return !['crash', 'timeout', 'missing', 'unnamed-error'].includes(outcome);
}
