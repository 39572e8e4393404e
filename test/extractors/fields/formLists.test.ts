import { describe, expect, it } from 'vitest';
import { layOut } from '../../../extractors/fields/lines.ts';
import { findPairs } from '../../../extractors/fields/pairs.ts';
import { type Placed, pageOf } from '../paper.ts';

const pairsOf = (...placed: Placed[]) =>
  findPairs(layOut([pageOf(placed)])).map(({ question, answer }) => [question, answer]);

describe('a list of two columns', () => {
  it('may have the numbers of its lines before it', () => {
    const rows = [
      ['1', 'Family name', 'Petersen'],
      ['2', 'Citizen of', 'Denmark'],
      ['3', 'What is made or sold', 'Candles'],
      ['14', 'People at work', 'none'],
    ];
    const placed = rows.flatMap(([number, caption, answer], i): Placed[] => [
      [60, 100 + 34 * i, number!],
      [120, 100 + 34 * i, caption!],
      [600, 100 + 34 * i, answer!],
    ]);
    expect(pairsOf(...placed)).toEqual(rows.map(([, caption, answer]) => [caption, answer]));
  });

  it('may stand beside an address, and its longest caption close to its answer', () => {
    expect(
      pairsOf(
        [100, 100, 'Ms'],
        [700, 100, 'Wing'],
        [890, 100, 'East'],
        [100, 130, 'Ida Falk'],
        [700, 130, 'Keeper'],
        [890, 130, 'Per Holm'],
        [700, 160, 'Allowance for kids 1,5'],
        [700, 190, 'Guild'],
        [890, 190, 'Carpenters'],
        [700, 220, 'Joined'],
        [890, 220, '1 April'],
      ),
    ).toEqual([
      ['Wing', 'East'],
      ['Keeper', 'Per Holm'],
      ['Allowance for kids', '1,5'],
      ['Guild', 'Carpenters'],
      ['Joined', '1 April'],
    ]);
  });

  it('with leaders is no table, though its captions are known', () => {
    expect(
      pairsOf(
        [100, 100, 'First names'],
        [300, 100, '..........'],
        [420, 100, 'Astrid Maria'],
        [100, 124, 'Birth date'],
        [300, 124, '..........'],
        [420, 124, 'not said'],
      ),
    ).toEqual([
      ['First names', 'Astrid Maria'],
      ['Birth date', 'not said'],
    ]);
  });
});

describe('a label', () => {
  it('may end in a word for a number, where one follows', () => {
    expect(pairsOf([100, 100, 'Agreement No. SA-2026-118'])).toEqual([['Agreement No.', 'SA-2026-118']]);
    expect(pairsOf([100, 100, 'Wartungsvertrag Nr. W 4711/26'])).toEqual([['Wartungsvertrag Nr.', 'W 4711/26']]);
    expect(pairsOf([100, 100, 'Agreement No. 12 was ended by both sides'])).toEqual([]);
    expect(pairsOf([100, 100, 'Agreement no further'])).toEqual([]);
  });

  it('is no end of a sentence, though a colon ends it', () => {
    expect(
      pairsOf(
        [100, 100, 'The parties named above'],
        [100, 160, 'agree upon what follows:'],
        [100, 190, 'The flat is let as it stands'],
      ),
    ).toEqual([]);
  });
});
