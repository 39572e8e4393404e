import type { Page } from '#core';
import type { Finding } from './reading.ts';

/** What can be said in numbers of how a value was found; each from 0 to 1. */
export type Clues = Readonly<Record<string, number>>;

/** What the paper as a whole says for any of its values: one that is well understood is seldom wrong in a single place. */
export function cluesOfPaper(findings: readonly Finding<unknown>[], pages: readonly Page[]): Clues {
  const found = findings.filter(({ value }) => value !== null);
  const shareWith = (word: string) => share(found, ({ evidence }) => evidence.includes(word));
  const words = pages.flatMap((page) => page.words);
  return {
    'paper-found': share(findings, ({ value }) => value !== null),
    'paper-labelled': shareWith('label'),
    'paper-sums': shareWith('sums') > 0 ? 1 : 0,
    'paper-weak': shareWith('weak-place'),
    'paper-contested': shareWith('contested'),
    'paper-clear': words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence, 0) / words.length,
    'paper-long': 1 - 1 / Math.max(1, pages.length),
  };
}

/** What the place and the spelling of one value say. */
export function cluesOfValue({ tokens, others, score, value }: Finding<unknown>, pages: readonly Page[]): Clues {
  const text = typeof value === 'string' ? value : '';
  return {
    place: clipped(score),
    rival: others[0] && score > 0 ? clipped(others[0].score / score) : 0,
    choices: clipped(others.length / 4),
    faintest: tokens.length === 0 ? 1 : Math.min(...tokens.map((token) => token.confidence)),
    repeated:
      1 -
      1 /
        timesOnPaper(
          tokens.map((token) => token.text),
          pages,
        ),
    digits: share([...text], (sign) => /\d/.test(sign)),
    length: 1 - 1 / (1 + text.length / 8),
  };
}

function share<E>(all: readonly E[], holds: (each: E) => boolean): number {
  return all.length === 0 ? 0 : all.filter(holds).length / all.length;
}

function clipped(number: number): number {
  return Math.min(1, Math.max(0, number));
}

/** How often these words stand on the paper one behind the other, at least 1. */
function timesOnPaper(texts: readonly string[], pages: readonly Page[]): number {
  if (texts.length === 0) return 1;
  const times = pages.reduce((sum, { words }) => {
    const starts = words.filter((_, at) => texts.every((text, i) => words[at + i]?.text === text));
    return sum + starts.length;
  }, 0);
  return Math.max(1, times);
}
