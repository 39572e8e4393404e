import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../extractors/fields/lines.ts';
import { findPairs } from '../../../extractors/fields/pairs.ts';
import { type Placed, pageOf } from '../paper.ts';

const pairsOf = (placed: readonly Placed[], source: 'text' | 'ocr' = 'text') =>
  findPairs(layOut([pageOf(placed, source)])).map(({ question, answer }) => [question, answer]);

/** Set so that its last letter ends there: each is ten pixels wide. */
const endingAt = (right: number, y: number, text: string): Placed => [right - 10 * text.length, y, text];

describe('a balance sheet', () => {
  it('names each amount by its caption and the words over its column', () => {
    const placed = [
      [300, 60, 'STATEMENT OF FINANCIAL POSITION'],
      [760, 120, '2025'],
      [960, 120, '2024'],
      endingAt(800, 145, '$'),
      endingAt(1000, 145, '$'),
      [100, 170, 'Current assets'],
      [120, 195, 'Receivables from members'],
      endingAt(800, 195, '1,204,556'),
      endingAt(1000, 195, '1,150,900'),
      [120, 220, 'Prepaid expenses'],
      endingAt(1000, 220, '39,877'),
      [100, 245, 'Total of these'],
      endingAt(800, 245, '1,204,556'),
      endingAt(1000, 245, '1,190,777'),
    ] as const;
    expect(pairsOf(placed)).toEqual([
      ['Receivables from members 2025', '1,204,556'],
      ['Receivables from members 2024', '1,150,900'],
      ['Prepaid expenses 2024', '39,877'],
      ['Total of these 2025', '1,204,556'],
      ['Total of these 2024', '1,190,777'],
    ]);
  });

  it('tells two sides apart, though a long caption comes close to its amount', () => {
    const placed = [
      [100, 100, 'Sachanlagen'],
      endingAt(560, 100, '892.415,33'),
      [620, 100, 'Eigenkapital'],
      endingAt(1100, 100, '755.210,90'),
      [100, 130, 'Guthaben bei Kreditinstituten im Inland'],
      endingAt(600, 130, '77.310,04 €'),
      [620, 130, 'Schulden'],
      endingAt(1100, 130, '300.000,00'),
      [100, 160, 'Summe Aktiva'],
      endingAt(560, 160, '969.725,37'),
      [620, 160, 'Summe Passiva'],
      endingAt(1100, 160, '1.055.210,90'),
      [100, 190, 'Vorräte'],
      endingAt(560, 190, '0,00'),
    ] as const;
    const found = pairsOf(placed);
    expect(found).toContainEqual(['Sachanlagen', '892.415,33']);
    expect(found).toContainEqual(['Eigenkapital', '755.210,90']);
    expect(found).toContainEqual(['Vorräte', '0,00']);
    expect(found).toContainEqual(['Summe Passiva', '1.055.210,90']);
  });
});

describe('a payslip', () => {
  it('gives hours, rates and amounts by their columns, sums below without, and each table its own heads', () => {
    const placed = [
      [100, 100, 'Earnings'],
      endingAt(600, 100, 'Hours'),
      endingAt(800, 100, 'This'),
      endingAt(1000, 100, 'Year'),
      endingAt(800, 122, 'Period'),
      endingAt(1000, 122, 'to Date'),
      [100, 150, 'Regular pay'],
      endingAt(600, 150, '80.00'),
      endingAt(800, 150, '2,280.00'),
      endingAt(1000, 150, '43,320.00'),
      [100, 180, 'Overtime'],
      endingAt(600, 180, '6.50'),
      endingAt(800, 180, '277.88'),
      endingAt(1000, 180, '3,205.40'),
      [100, 210, 'Bonus'],
      endingAt(1000, 210, '684.00'),
      [100, 260, 'Deductions'],
      endingAt(800, 260, 'Now'),
      endingAt(1000, 260, 'Before'),
      [100, 290, '401(k)'],
      endingAt(800, 290, '127.89'),
      endingAt(1000, 290, '2,360.47'),
      [100, 320, 'Union dues'],
      endingAt(800, 320, '37.09'),
      endingAt(1000, 320, '684.54'),
      [100, 350, 'Dental plan'],
      endingAt(800, 350, '9.20'),
      endingAt(1000, 350, '84.54'),
      [100, 400, 'Left to pay'],
      endingAt(800, 400, '2,383.59'),
      [600, 430, 'Paid before'],
      endingAt(1000, 430, '47,209.40'),
    ] as const;
    expect(pairsOf(placed)).toEqual([
      ['Regular pay Hours', '80.00'],
      ['Regular pay This Period', '2,280.00'],
      ['Regular pay Year to Date', '43,320.00'],
      ['Overtime Hours', '6.50'],
      ['Overtime This Period', '277.88'],
      ['Overtime Year to Date', '3,205.40'],
      ['Bonus Year to Date', '684.00'],
      ['401(k) Now', '127.89'],
      ['401(k) Before', '2,360.47'],
      ['Union dues Now', '37.09'],
      ['Union dues Before', '684.54'],
      ['Dental plan Now', '9.20'],
      ['Dental plan Before', '84.54'],
      ['Left to pay', '2,383.59'],
      ['Paid before', '47,209.40'],
    ]);
  });
});

describe('a worn balance sheet', () => {
  it('has no amounts and heads in rules taken for letters', () => {
    const placed = [
      endingAt(800, 69, 'March 31,'),
      endingAt(1000, 69, 'March 31,'),
      [790, 82, '2'],
      endingAt(800, 100, '2025'),
      endingAt(1000, 100, '2024'),
      [100, 130, 'Stock'],
      endingAt(800, 130, '412,880'),
      endingAt(1000, 130, '388,102'),
      [100, 160, 'Total assets'],
      endingAt(800, 160, '412,880'),
      endingAt(1000, 160, '388,102'),
      [1100, 160, '1'],
      [760, 182, 'y'],
      [960, 182, 'y'],
      [100, 204, 'Share capital'],
      endingAt(800, 204, '100,000'),
      endingAt(1000, 204, '100,000'),
    ] as const;
    expect(pairsOf(placed, 'ocr')).toEqual([
      ['Stock March 31, 2025', '412,880'],
      ['Stock March 31, 2024', '388,102'],
      ['Total assets March 31, 2025', '412,880'],
      ['Total assets March 31, 2024', '388,102'],
      ['Share capital March 31, 2025', '100,000'],
      ['Share capital March 31, 2024', '100,000'],
    ]);
  });
});

describe('two lists side by side', () => {
  it('have titles that ask nothing', () => {
    const rows = [0, 1, 2].flatMap((i): Placed[] => [
      [100, 130 + 30 * i, `Due ${'abc'[i]}x`],
      endingAt(500, 130 + 30 * i, `${i + 2}.50`),
      [600, 130 + 30 * i, `Off ${'abc'[i]}x`],
      endingAt(1000, 130 + 30 * i, `${i + 1}.25`),
    ]);
    const titles = [
      [100, 100, 'Payments'],
      [600, 100, 'Deductions'],
    ] as const;
    expect(pairsOf([...titles, ...rows])).toEqual([
      ['Due ax', '2.50'],
      ['Off ax', '1.25'],
      ['Due bx', '3.50'],
      ['Off bx', '2.25'],
      ['Due cx', '4.50'],
      ['Off cx', '3.25'],
    ]);
  });
});

describe('columns set close', () => {
  it('have their heads told apart', () => {
    const rows = ['Regular', 'Sick leave', 'Bonus'].flatMap((caption, i): Placed[] => [
      [100, 130 + 30 * i, caption],
      endingAt(350, 130 + 30 * i, `${i + 2}.50`),
      endingAt(450, 130 + 30 * i, `${i + 1},394.00`),
    ]);
    const heads = [
      [295, 100, 'HOURS'],
      [362, 100, 'TIME'],
    ] as const;
    const names = pairsOf([...heads, ...rows]).map(([question]) => question);
    expect(names.slice(0, 2)).toEqual(['Regular HOURS', 'Regular TIME']);
  });
});

describe('a list of fees', () => {
  it('keeps currencies, brackets and minus signs with their amounts, and numbers of captions with their captions', () => {
    const placed = [
      [100, 100, 'Pension 5 %'],
      [600, 100, '$'],
      endingAt(800, 100, '1,640.00'),
      [100, 130, 'Interest'],
      endingAt(810, 130, '(8,114.20)'),
      [100, 160, 'Wage tax .........................'],
      endingAt(810, 160, '602.16-'),
      [100, 190, 'Stamps'],
      endingAt(800, 190, '12 450.00'),
    ] as const;
    expect(pairsOf(placed)).toEqual([
      ['Pension 5 %', '$ 1,640.00'],
      ['Interest', '(8,114.20)'],
      ['Wage tax', '602.16-'],
      ['Stamps', '12 450.00'],
    ]);
  });

  it('may be short, where each amount is money behind a few words, and no answer is its caption', () => {
    const placed = [
      [100, 100, 'Blend'],
      endingAt(700, 100, '12.50'),
      [100, 160, 'Casing'],
      endingAt(800, 160, '1,250.00'),
      [100, 220, 'Ordered:'],
      [300, 220, '5 units'],
      endingAt(800, 220, '6.25'),
      [100, 280, 'What is left of it will be returned by'],
      endingAt(900, 280, '9.25'),
    ] as const;
    expect(pairsOf(placed)).toEqual([
      ['Blend', '12.50'],
      ['Casing', '1,250.00'],
      ['Ordered:', '5 units'],
    ]);
  });

  it('is none, where boxes side by side have their captions above', () => {
    const placed = [
      [100, 100, 'Department'],
      [500, 100, 'Nature of work'],
      [800, 100, 'Total cost'],
      [104, 124, 'Regional office'],
      [504, 124, 'Sweeping'],
      [804, 124, '$91,792.60'],
    ] as const;
    expect(pairsOf(placed, 'ocr')).toEqual([
      ['Department', 'Regional office'],
      ['Nature of work', 'Sweeping'],
      ['Total cost', '$91,792.60'],
    ]);
  });

  it('is none, where numbers are no money', () => {
    const counts = ['Chapter one', 'Chapter two', 'Chapter three'].flatMap((text, i): Placed[] => [
      [100, 100 + 30 * i, text],
      endingAt(800, 100 + 30 * i, String(7 + 40 * i)),
    ]);
    expect(pairsOf(counts)).toEqual([]);
  });

  it('gives every amount of any list once, with its caption', () => {
    const amount = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => {
      const [whole, decimals] = (cents / 100).toFixed(2).split('.');
      return `${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`;
    });
    const caption = fc.stringMatching(/^[A-Z][a-z]{3,12}( [a-z]{3,9}){0,2}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(caption, amount), { minLength: 3, maxLength: 12 }), (rows) => {
        const placed = rows.flatMap(([text, sum], i): Placed[] => [
          [100, 100 + 30 * i, text],
          endingAt(900, 100 + 30 * i, sum),
        ]);
        expect(pairsOf(placed)).toEqual(rows.map(([text, sum]) => [text, sum]));
      }),
    );
  });
});
