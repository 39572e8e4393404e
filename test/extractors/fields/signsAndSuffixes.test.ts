import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../extractors/fields/lines.ts';
import { parseMoney } from '../../../extractors/fields/money.ts';
import { findPairs } from '../../../extractors/fields/pairs.ts';
import { type Placed, pageOf } from '../paper.ts';

const pairsOf = (...placed: Placed[]) =>
  findPairs(layOut([pageOf(placed)])).map(({ question, answer }) => [question, answer]);

/** Each letter is ten pixels wide. */
const endingAt = (right: number, y: number, text: string): Placed => [right - 10 * text.length, y, text];

const payslip = (y: number, ...row: Placed[]): Placed[] => [
  [100, y, 'Gross pay'],
  endingAt(600, y, '1,000.00'),
  ...row,
  [100, y + 60, 'Net pay'],
  endingAt(600, y + 60, '800.00'),
];

describe('a minus sign set apart', () => {
  it.each(['-', '–', '−'])('stays with its amount: %s', (sign) => {
    const row = [[100, 130, 'Tax'] as const, endingAt(600, 130, `${sign} 200.00`)];
    expect(pairsOf(...payslip(100, ...row))).toContainEqual(['Tax', '-200.00']);
    expect(pairsOf([100, 100, `Miete ${sign} 1.200,00`])).toEqual([['Miete', '-1.200,00']]);
    expect(pairsOf([100, 100, `Balance: ${sign} 350.00`])).toEqual([['Balance:', '-350.00']]);
    expect(pairsOf([100, 100, `Balance: ${sign} 350`])).toEqual([['Balance:', '-350']]);
    expect(pairsOf([100, 100, `Balance: ${sign} EUR 12 450.00`])).toEqual([['Balance:', 'EUR -12 450.00']]);
    expect(pairsOf([100, 100, `Balance: ............ ${sign} 350.00`])).toEqual([['Balance:', '-350.00']]);
    expect(pairsOf([100, 100, `Balance: 350.00 ${sign}`])).toEqual([['Balance:', '350.00-']]);
  });

  it('is never lost, whichever side of whatever amount it stands on', () => {
    const sign = fc.constantFrom('-', '–', '−');
    const [cents, before] = [fc.integer({ min: 1, max: 99_999_999 }), fc.boolean()];
    fc.assert(
      fc.property(
        fc.constantFrom('Tax', 'Balance:', 'Left to pay:'),
        cents,
        sign,
        before,
        (caption, sum, dash, first) => {
          const amount = (sum / 100).toFixed(2);
          const found = pairsOf([100, 100, `${caption} ${first ? `${dash} ${amount}` : `${amount} ${dash}`}`]);
          expect(found.map(([question, answer]) => [question, parseMoney(answer!)])).toEqual([[caption, `-${amount}`]]);
        },
      ),
    );
  });

  it('is seen where the amount is shown', () => {
    const [pair] = findPairs(layOut([pageOf([[100, 100, 'Balance: - 350.00']])]));
    expect(pair?.answerTokens.map(({ word }) => [word.text, word.x0, word.x1])).toEqual([['-350.00', 190, 270]]);
  });

  it('leaves no pair where it stands too far off to be told from a stroke', () => {
    const row: Placed[] = [[100, 130, 'Tax'], [480, 130, '-'], endingAt(600, 130, '200.00')];
    expect(pairsOf(...payslip(100, ...row))).toEqual([
      ['Gross pay', '1,000.00'],
      ['Net pay', '800.00'],
    ]);
    expect(pairsOf([100, 100, 'Balance:'], [300, 100, '-'], [400, 100, '350.00'])).toEqual([]);
    expect(pairsOf([100, 100, 'Balance: 350.00   -'])).toEqual([]);
    expect(pairsOf([100, 100, 'Balance: - - 350.00'])).toEqual([]);
    expect(pairsOf([100, 100, 'Balance: — 350.00'])).toEqual([]);
  });

  it('is none where other rows have a number in its place', () => {
    const rows = ['5,100.00', '-', '7,250.00'].flatMap((first, i): Placed[] => [
      [100, 130 + 30 * i, `Asset ${'abc'[i]}x`],
      endingAt(600, 130 + 30 * i, first),
      endingAt(800, 130 + 30 * i, `${i + 2},500.00`),
    ]);
    expect(pairsOf(endingAt(600, 100, '2025'), endingAt(800, 100, '2024'), ...rows)).toContainEqual([
      'Asset bx 2024',
      '3,500.00',
    ]);
  });

  it('is none between two numbers, or behind strokes that lead to an amount', () => {
    expect(pairsOf([100, 100, 'Hours: 9.00 - 17.00'])).toEqual([['Hours:', '9.00 - 17.00']]);
    expect(pairsOf([100, 100, 'Fee: - - - - 17.00'])).toEqual([['Fee:', '17.00']]);
  });
});

describe('a currency in a column of its own', () => {
  const rowsWith = (...cells: readonly (readonly [number, string])[]) =>
    ['Rent', 'Heating', 'Garage'].flatMap((caption, i): Placed[] => [
      [100, 100 + 30 * i, caption],
      ...cells.map(([right, text]) => endingAt(right, 100 + 30 * i, text)),
    ]);
  const ofRent = (...cells: readonly (readonly [number, string])[]) =>
    pairsOf(...rowsWith(...cells)).flatMap(([question, answer]) => (question === 'Rent' ? [answer] : []));

  it('belongs to the amount before it where the line ends in one', () => {
    expect(ofRent([500, '100.00'], [570, 'EUR'], [680, '120.00'], [750, 'USD'])).toEqual(['100.00 EUR', '120.00 USD']);
  });

  it('belongs to the nearer amount, and to none where both are as near', () => {
    expect(ofRent([400, 'EUR'], [500, '100.00'], [600, 'USD'], [690, '120.00'])).toEqual(['EUR 100.00', 'USD 120.00']);
    expect(ofRent([500, '100.00'], [570, 'USD'], [730, '120.00'])).toEqual(['100.00 USD', '120.00']);
    expect(ofRent([500, '100.00'], [580, 'USD'], [690, '120.00'])).toEqual(['100.00', '120.00']);
  });
});

describe('a party under its role', () => {
  const [landlord, company, street, town]: Placed[] = [
    [100, 100, 'Landlord'],
    [100, 124, 'Harbour Ltd'],
    [100, 148, '8 Bridge Street'],
    [100, 172, 'Leeds'],
  ];
  const party = ['Landlord', 'Harbour Ltd 8 Bridge Street Leeds'];

  it.each(['Rent due monthly', 'Start date', 'The rent is due on the first of May', 'Harbour and its shed '.repeat(4)])(
    'ends before %s',
    (text) => expect(pairsOf(landlord!, company!, street!, town!, [100, 196, text])).toEqual([party]),
  );

  it('ends at a line that runs on under the next', () => {
    const tenant: Placed[] = [
      [400, 100, 'Tenant'],
      [400, 124, 'Ida Falk'],
      [400, 148, 'Frankfurt am Main'],
    ];
    const across: Placed = [100, 196, 'Both Have Agreed Upon These Terms'];
    expect(pairsOf(landlord!, company!, street!, town!, ...tenant, across)).toEqual([
      party,
      ['Tenant', 'Ida Falk Frankfurt am Main'],
    ]);
  });

  it.each(['Frankfurt am Main', 'Market Street', '8 bridge street', 'Bad Homburg vor der Höhe', 'Ground floor left'])(
    'keeps %s',
    (text) =>
      expect(pairsOf(landlord!, company!, [100, 148, text], [100, 172, 'Leeds'])).toEqual([
        ['Landlord', `Harbour Ltd ${text} Leeds`],
      ]),
  );
});

describe('a label of a number', () => {
  it('is none before the rest of a sentence', () => {
    expect(pairsOf([100, 100, 'Apartment number 5 is yours'])).toEqual([]);
    expect(pairsOf([100, 100, 'Apartment number 5'])).toEqual([['Apartment number', '5']]);
  });
});

describe('what stands over a list', () => {
  const rows = ['Regular', 'Sick leave', 'Bonus'].flatMap((caption, i): Placed[] => [
    [400, 130 + 30 * i, caption],
    endingAt(900, 130 + 30 * i, `${i + 2}.50`),
  ]);

  it('stays the answer that it is', () => {
    expect(pairsOf([100, 100, 'Employee name:'], [400, 100, 'Ida Falk'], ...rows)[0]).toEqual([
      'Employee name:',
      'Ida Falk',
    ]);
    expect(pairsOf([400, 76, 'Keeper:'], [400, 100, 'Ida Falk'], ...rows)[0]).toEqual(['Keeper:', 'Ida Falk']);
    expect(pairsOf([400, 76, 'Order number'], [400, 100, 'SA 118'], ...rows)[0]).toEqual(['Order number', 'SA 118']);
  });
});
