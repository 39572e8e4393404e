import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../extractors/fields/sheet.ts';
import { totalsOfTables } from '../../../extractors/fields/totalsTable.ts';
import { type Placed, pageOf } from '../paper.ts';

const COLUMNS = [
  [80, 'Nettobetrag'],
  [400, 'MwSt-Betrag'],
  [800, 'Endbetrag'],
] as const;

function totalsOf(rows: readonly (readonly string[])[]) {
  const head = COLUMNS.map(([x, name]): Placed => [x, 100, name]);
  const body = rows.flatMap((row, i) =>
    row.map((text, k): Placed => [COLUMNS[k]![0] + 10 * (COLUMNS[k]![1].length - text.length), 130 + 30 * i, text]),
  );
  const { layout, labels, amounts } = readSheet([pageOf([...head, ...body])]);
  const { net_total, tax_total, total } = totalsOfTables(layout, labels, amounts);
  return [net_total, tax_total, total].map(([best]) => best?.value);
}

const euros = (cents: number) => (cents / 100).toFixed(2).replace('.', ',');

describe('tables of totals', () => {
  it('say the totals in their one row', () => {
    expect(totalsOf([['100,00', '19,00', '119,00']])).toEqual(['100.00', '19.00', '119.00']);
  });

  it('say them in the row that sums the others up, even where one of its numbers was misread', () => {
    const rates = [
      ['100,00', '19,00', '119,00'],
      ['50,00', '3,50', '53,50'],
    ];
    expect(totalsOf([...rates, ['150,00', '22,50', '172,50']])).toEqual(['150.00', '22.50', '172.50']);
    expect(totalsOf([...rates, ['150,00', '22,50', '112,50']])).toEqual(['150.00', '22.50', '112.50']);
  });

  it('are summed up where no row does it', () => {
    const cents = fc.integer({ min: 100, max: 90_000 });
    fc.assert(
      fc.property(fc.tuple(cents, cents, cents, cents), ([a, b, c, d]) => {
        fc.pre(a !== c && b !== d);
        const rows = [
          [a, b],
          [c, d],
        ].map(([net = 0, tax = 0]) => [net, tax, net + tax].map(euros));
        const sums = [a + c, b + d, a + b + c + d].map((sum) => (sum / 100).toFixed(2));
        expect(totalsOf(rows)).toEqual(sums);
      }),
      { numRuns: 40 },
    );
  });
});
