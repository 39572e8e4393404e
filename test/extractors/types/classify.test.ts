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
