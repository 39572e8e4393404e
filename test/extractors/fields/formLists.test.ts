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

describe('a column', () => {
  it('of known labels asks by its other texts too, though two lists stand side by side', () => {
    const rows = [
      ['Name', 'Ida Falk', 'Start date', '1 May'],
      ['Keepsake', 'none', 'Project', 'Harbour'],
      ['City', 'Bonn', 'Watch', 'second'],
      ['Region', 'West', 'Department', 'Crane'],
    ];
    const placed = rows.flatMap((row, i): Placed[] =>
      row.map((text, j) => [100 + 250 * j, 100 + 30 * i, text] as const),
    );
    expect(pairsOf(...placed)).toEqual(
      rows.flatMap(([a, b, c, d]) => [
        [a, b],
        [c, d],
      ]),
    );
  });

  it('of a table with nothing over its left one is named by caption and head', () => {
    expect(
      pairsOf(
        [500, 100, 'Mother'],
        [770, 100, 'Father'],
        [100, 130, 'Name'],
        [400, 130, 'Claire Ellison'],
        [700, 130, 'Robert Ellison'],
        [100, 160, 'Employer'],
        [400, 160, 'Lakeview Hospital'],
        [100, 190, 'Shift'],
        [760, 190, 'nights'],
        [100, 260, 'Nothing else was said.'],
      ),
    ).toEqual([
      ['Name Mother', 'Claire Ellison'],
      ['Name Father', 'Robert Ellison'],
      ['Employer Mother', 'Lakeview Hospital'],
      ['Shift Father', 'nights'],
    ]);
  });
});

describe('a caption', () => {
  it('goes on in the line below where nothing stands beside that, and the next caption is farther', () => {
    expect(
      pairsOf(
        [100, 100, 'Name entered in'],
        [400, 100, 'Candles and Lights'],
        [100, 120, 'the register'],
        [100, 150, 'Kind of work'],
        [400, 150, 'Candles'],
        [100, 180, 'Keeper'],
        [400, 180, 'Ida Falk'],
        [100, 210, 'Not filled in'],
        [100, 240, 'Region'],
        [400, 240, 'West'],
      ),
    ).toEqual([
      ['Name entered in the register', 'Candles and Lights'],
      ['Kind of work', 'Candles'],
      ['Keeper', 'Ida Falk'],
      ['Region', 'West'],
    ]);
  });
});
