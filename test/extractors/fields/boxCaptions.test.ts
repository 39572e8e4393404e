import { describe, expect, it } from 'vitest';
import type { Page } from '#core';
import { layOut } from '../../../extractors/fields/lines.ts';
import { findPairs } from '../../../extractors/fields/pairs.ts';
import { type Placed, pageOf } from '../paper.ts';

const SMALL = 0.6;

/** Answers in usual print, captions in small print at the same places. */
function formOf(captions: readonly Placed[], answers: readonly Placed[]): Page {
  const small = captions.flatMap(([x, y, text]) =>
    pageOf([[0, 0, text]]).words.map((word) => ({
      ...word,
      x0: x + SMALL * word.x0,
      x1: x + SMALL * word.x1,
      y0: y,
      y1: y + SMALL * word.y1,
    })),
  );
  const page = pageOf(answers);
  return { ...page, words: [...page.words, ...small] };
}

const pairsOf = (page: Page) => findPairs(layOut([page])).map(({ question, answer }) => [question, answer]);

describe('boxes with small captions', () => {
  it('ask by their captions, whatever the words, and leave what nobody filled in', () => {
    const page = formOf(
      [
        [100, 100, 'Policyholder'],
        [500, 100, 'Hull or sail number'],
        [100, 160, 'What happened'],
        [100, 240, 'Wetness'],
        [500, 240, 'Witness'],
        [800, 240, 'Where'],
      ],
      [
        [100, 114, 'Ida Falk'],
        [500, 114, 'SWE 4471'],
        [100, 174, 'The mast broke in the harbour and fell'],
        [100, 196, 'on a boat beside it'],
        [500, 254, 'Per Holm'],
        [800, 254, 'Sales office'],
      ],
    );
    expect(pairsOf(page)).toEqual([
      ['Policyholder', 'Ida Falk'],
      ['Hull or sail number', 'SWE 4471'],
      ['What happened', 'The mast broke in the harbour and fell on a boat beside it'],
      ['Witness', 'Per Holm'],
      ['Where', 'Sales office'],
    ]);
  });

  it('end where the next box or a heading begins', () => {
    const page = formOf(
      [
        [100, 100, 'Shelter'],
        [500, 100, 'Keeper'],
        [100, 137, 'Wing'],
      ],
      [
        [100, 114, 'North harbour'],
        [500, 114, 'Anna Berg'],
        [500, 146, 'What is asked below'],
        [100, 151, 'East'],
      ],
    );
    expect(pairsOf(page)).toEqual([
      ['Shelter', 'North harbour'],
      ['Keeper', 'Anna Berg'],
      ['Wing', 'East'],
    ]);
  });

  it('have their answers above where people sign', () => {
    const captions = [
      [100, 140, 'Place and day'],
      [600, 140, 'Signed'],
    ] as const;
    const answers = [
      [100, 110, 'Bonn, 3 May 2026'],
      [600, 110, 'K. Lind'],
      [100, 60, 'What has been said above is true.'],
    ] as const;
    expect(pairsOf(formOf(captions, answers))).toEqual([
      ['Place and day', 'Bonn, 3 May 2026'],
      ['Signed', 'K. Lind'],
    ]);
  });

  it('are more than a small line over a large one at the head of a letter', () => {
    const page = formOf([[100, 100, 'Harbour Freight, Bonn']], [[100, 114, 'Anna Berg']]);
    expect(pairsOf(page)).toEqual([]);
  });
});
