import { describe, expect, it } from 'vitest';
import { classify, PAPER_CLASSES, paperClues, paperShares } from '#extractors';
import { germanInvoice, type Placed, pageOf, registrationForm } from '../paper.ts';

const creditNote: readonly Placed[] = germanInvoice.map(([x, y, text]) => [
  x,
  y,
  text.replace('Rechnungsnummer', 'Gutschriftsnummer').replace('Rechnungsbetrag', 'Gutschriftsbetrag'),
]);

const contract: readonly Placed[] = [
  [400, 60, 'Agreement'],
  ...Array.from(
    { length: 24 },
    (_, i): Placed => [
      80,
      140 + 30 * i,
      'the parties hereby agree that each of them shall bear its own costs under this section',
    ],
  ),
];

/** What an engine makes of a worn page: letters taken for others. */
function worn(placed: readonly Placed[]): Placed[] {
  return placed.map(([x, y, text]) => [x, y, text.replace('nn', 'rn').replace('g', 'q').replace('l', '1')]);
}

describe('classify', () => {
  it.each([
    ['credit-note', [...creditNote, [80, 180, 'Gutschrift']]],
    ['form', registrationForm],
    ['unknown', contract],
  ] as const)('knows a paper as %s', (type, placed) => {
    expect(classify([pageOf(placed)]).type).toBe(type);
  });

  it.each([
    'Gutschrift',
    'Credit Note',
    'CREDIT MEMO',
    'Rechnungskorrektur',
    'Korrekturrechnung',
    'Stornorechnung',
    'Avoir n° 12',
    'Avoir AV-2017-0005',
    "Facture d'avoir",
    'Nota di credito',
  ])('knows an invoice in everything but its title, %s, as a credit note', (title) => {
    expect(classify([pageOf([...germanInvoice, [80, 430, title]])]).type).toBe('credit-note');
    expect(classify([pageOf([...germanInvoice, [80, 430, 'Rechnung Nr. 12']])]).type).toBe('invoice');
  });

  it('knows a credit note that names the invoice it is for in type as large', () => {
    const placed = [...germanInvoice, [80, 430, 'CREDIT NOTE'], [80, 460, 'Invoice No. 4711']] as const;
    expect(classify([pageOf(placed)]).type).toBe('credit-note');
  });

  it('knows an invoice that names a credit note somewhere', () => {
    const placed = [...germanInvoice, [80, 430, 'Rechnung'], [80, 600, 'Gutschrift'], [1060, 600, '-5,00']] as const;
    expect(classify([pageOf(placed)]).type).toBe('invoice');
  });

  it('knows an invoice in a poor reading', () => {
    expect(classify([pageOf(worn(germanInvoice), 'ocr', 0.7)]).type).toBe('invoice');
  });

  it('takes numbers alone for no receipt, and guesses none', () => {
    const rows = [
      ['1000', 'Kasse', '1.240,10', '18.220,00', '1.455,75'],
      ['1200', 'Bank', '22.310,88', '204.118,20', '26.559,07'],
      ['1400', 'Forderungen', '8.020,00', '44.190,55', '11.133,25'],
      ['3300', 'Verbindlichkeiten', '12.411,60', '61.200,00', '10.142,77'],
    ];
    const accounts = rows.flatMap((row, i): Placed[] =>
      row.map((text, column) => [80 + 240 * column, 200 + 30 * i, text] as const),
    );
    const found = classify([pageOf(accounts)]);
    expect(found.type).toBe('unknown');
    expect(found.probability).toBeGreaterThan(0.9);
    expect(found.shares.find(({ type }) => type === 'receipt')?.share).toBe(0);
    const slip: readonly Placed[] = [
      ...accounts,
      [80, 60, 'RECEIPT'],
      [80, 400, 'CASH 50.00'],
      [80, 430, 'CHANGE 3.20'],
    ];
    expect(classify([pageOf(slip)]).type).toBe('receipt');
  });

  it('gives shares that leave room for other papers', () => {
    const { probability, shares } = classify([pageOf(germanInvoice)]);
    expect(shares[0]).toEqual({ type: 'invoice', share: probability });
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1);
  });
});

it('shares among classes by their odds, evenly where nothing is known', () => {
  const even = paperShares({}, { clues: [], weights: {}, temperature: 1 });
  expect(even.map(({ share }) => share)).toEqual(PAPER_CLASSES.map(() => 1 / PAPER_CLASSES.length));
  const [best] = paperShares({ seal: 2 }, { clues: ['seal'], weights: { letter: [-1, 3] }, temperature: 1 });
  expect(best?.type).toBe('letter');
});

it('looks at the first two pages only, and counts how many there are', () => {
  const page = pageOf(germanInvoice);
  const three = [page, { ...page, number: 2 }, { ...pageOf(registrationForm), number: 3 }];
  expect(paperClues(three)['word:form']).toBe(0);
  expect(paperClues(three)['look:pages']).toBe(0.5);
});
