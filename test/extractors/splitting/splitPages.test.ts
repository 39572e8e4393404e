import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page } from '#core';
import { paperItself, pileOf, splitPages } from '#extractors';
import { layOut } from '../../../extractors/fields/lines.ts';
import { pageNumberOf } from '../../../extractors/splitting/pageNumber.ts';
import { germanInvoice, type Placed, pageOf } from '../paper.ts';

const numbered = (page: number, of: number): Placed => [1050, 30, `Seite ${page} von ${of}`];
const furtherPage = (page: number, of: number) =>
  pageOf([
    [80, 60, 'Muster & Söhne GmbH'],
    numbered(page, of),
    [80, 140, 'Übertrag'],
    [1060, 140, '1.250,00'],
    [160, 180, 'Kupferrohr 18 mm'],
    [1060, 180, '700,00'],
    [80, 1600, 'IBAN DE89 3704 0044 0532 0130 00'],
  ]);
const invoice = (of: number, number = 'RE-2026-0042') =>
  pageOf([
    numbered(1, of),
    ...germanInvoice.map(([x, y, text]): Placed => [x, y, text === 'RE-2026-0042' ? number : text]),
  ]);
const note = pageOf([
  [80, 60, 'Pennine Fasteners Ltd'],
  [900, 60, 'DELIVERY NOTE'],
  [80, 260, 'Ship to'],
  [80, 290, 'Brook Trading Limited'],
  [80, 400, 'Delivery note no.'],
  [400, 400, 'Delivery date'],
  [80, 428, 'DN-57653'],
  [400, 428, '14 Nov 2026'],
  [80, 500, 'Description'],
  [1000, 500, 'Quantity'],
  [80, 530, 'Hex bolt M10 x 50'],
  [1050, 530, '663'],
  [700, 640, 'Total quantity'],
  [1040, 640, '1,681'],
]);
const blank = pageOf([]);

const rangesOf = (pages: Page[]) => splitPages(pages).map(({ from, to }) => [from, to]);

describe('a pile', () => {
  it('is split at first pages; blank sheets stay with the paper before them', () => {
    const pile = pileOf([[invoice(2), furtherPage(2, 2), blank, note, invoice(1, 'RE-2026-0043')]]);
    expect(rangesOf(pile)).toEqual([
      [1, 3],
      [4, 4],
      [5, 5],
    ]);
    for (const { probability } of splitPages(pile)) expect(probability).toBeGreaterThan(0.5);
  });

  it('of one paper stays one, also when its pages came as images of their own', () => {
    expect(rangesOf(pileOf([[invoice(3)], [furtherPage(2, 3)], [furtherPage(3, 3)]]))).toEqual([[1, 3]]);
    expect(splitPages([note])).toEqual([{ from: 1, to: 1, probability: 1 }]);
    expect(splitPages([])).toEqual([]);
  });

  it('is covered by its papers, each page once, whatever the pages say', () => {
    const page = fc.constantFrom(invoice(2), furtherPage(2, 2), note, blank, pageOf([[80, 80, 'Page 3']]));
    fc.assert(
      fc.property(fc.array(page, { maxLength: 8 }), (pages) => {
        const ranges = splitPages(pileOf([pages]));
        const covered = ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
        expect(covered).toEqual(pages.map((_, i) => i + 1));
        for (const { probability } of ranges) {
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a file that is to be one paper', () => {
  const doubtsOf = (...pages: Page[]) =>
    paperItself({ pages: pileOf([pages]), statements: [], doubts: [] as const }).doubts;
  const bill = pageOf([
    [80, 60, 'Klempnerei Sommer'],
    [80, 140, 'We repaired the pipe in your kitchen, as agreed.'],
    [80, 200, 'Total:'],
    [300, 200, '119.00 EUR'],
    [80, 260, 'Please transfer it to IBAN DE02 1203 0000 0000 2020 51'],
  ]);
  const terms = pageOf([
    [80, 60, 'TERMS AND CONDITIONS OF SALE'],
    [80, 120, 'Invoices are payable within 30 days of the invoice date.'],
    [80, 150, 'The place of jurisdiction is Hamburg.'],
  ]);

  it('is doubted where more than one of its papers should be keyed, which would be keyed as one', () => {
    expect(doubtsOf(invoice(1), invoice(1, 'RE-2026-0043'))).toEqual(['several-papers']);
    expect(doubtsOf(invoice(2), furtherPage(2, 2), blank, invoice(1, 'RE-2026-0043'))).toEqual(['several-papers']);
    expect(doubtsOf(invoice(1), note)).toEqual(['several-papers']);
    expect(doubtsOf(bill, invoice(1))).toEqual(['several-papers']);
  });

  it('is not where further pages are its own, blank, or what goes along with it', () => {
    expect(doubtsOf(invoice(1))).toEqual([]);
    expect(doubtsOf(invoice(3), furtherPage(2, 3), furtherPage(3, 3))).toEqual([]);
    expect(doubtsOf(invoice(1), blank, terms)).toEqual([]);
    expect(doubtsOf(terms, invoice(1))).toEqual([]);
  });
});

describe('the page number', () => {
  const numberOn = (...placed: Placed[]) => pageNumberOf(layOut([pageOf(placed)]));

  it.each([
    [[80, 1700, 'Page 2 of 3'], { page: 2, of: 3 }],
    [[80, 900, 'Seite: 4/5'], { page: 4, of: 5 }],
    [[80, 1700, 'Page 7'], { page: 7, of: undefined }],
    [[600, 1700, '- 2 -'], { page: 2, of: undefined }],
    [[600, 30, '1/3'], { page: 1, of: 3 }],
    [[600, 900, '1/3'], undefined],
    [[600, 1700, '5/3'], undefined],
    [[600, 1700, '12/05/2026'], undefined],
    [[80, 400, 'Homepage 3'], undefined],
  ] as [Placed, object | undefined][])('of %j', (placed, expected) => expect(numberOn(placed)).toEqual(expected));
});
