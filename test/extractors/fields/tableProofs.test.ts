import { describe, expect, it } from 'vitest';
import { findBareRows } from '../../../extractors/fields/bareRows.ts';
import { readSheet } from '../../../extractors/fields/sheet.ts';
import { drawnPage } from '../paper.ts';
import { drawnRows } from './drawnRows.ts';

describe('goods without a head', () => {
  const listed = (...lines: readonly string[]) => drawnRows(['INVOICE 4711', ...lines].join('\n'));
  const proofs = (...lines: readonly string[]) =>
    findBareRows(readSheet([drawnPage(['INVOICE 4711', ...lines].join('\n'))])).map(({ adds }) => adds);
  const subtotal = 'Subtotal                                                       55.00';

  it('say not which number is the price where both have cents, or neither', () => {
    const rows = [
      'Blue paint, 5 l                      2.00         20.00        40.00',
      'Brush                                   3             5        15.00',
    ];
    expect(listed(...rows, `${subtotal}`.padStart(68))).toEqual(['Blue paint, 5 l|-|-|40.00', 'Brush|-|-|15.00']);
    expect(proofs(...rows, `${subtotal}`.padStart(68))).toEqual([false, false]);
  });

  it('say the price first where it alone has cents', () => {
    const rows = [
      'Blue paint                          20.00 x 2                  40.00',
      'Brush                               1.125 x 8                   9.00',
    ];
    const sum = '                                     Subtotal                  49.00';
    expect(listed(...rows, sum)).toEqual(['Blue paint|2|20.00|40.00', 'Brush|8|1.125|9.00']);
  });

  it('keep their names behind a number', () => {
    const rows = [
      '1   Blue paint                                 40.00        40.00',
      '10  pcs Brush                                   1.50        15.00',
    ];
    const sum = '                                     Subtotal               55.00';
    expect(listed(...rows, sum)).toEqual(['Blue paint|1|40.00|40.00', 'Brush|10|1.50|15.00']);
  });

  it('are not called by their unit', () => {
    const rows = [
      'Painting                             2 hours @ 20.00        40.00',
      'Lime                                 10 kg      1.50 EUR    15.00',
    ];
    const sum = '                                     Subtotal               55.00';
    expect(listed(...rows, sum)).toEqual(['Painting|2|20.00|40.00', 'Lime|10|1.50|15.00']);
  });
});

describe('words of sums', () => {
  it.each(['Net weight: 12 kg', 'Net      12 kg', 'Net price: 18.00', 'Razem waga: 12 kg'])(
    'end no table where they speak of something else: %s',
    (aside) => {
      const rows = drawnRows(`
Description                    Qty           Amount
Blue paint                       2            40.00
${aside}
Brush                           10            15.00
Lamp                             4           100.00
                               Subtotal      155.00`);
      expect(rows.map((row) => row.slice(row.indexOf('|')))).toEqual(['|2|-|40.00', '|10|-|15.00', '|4|-|100.00']);
    },
  );

  it('are part of the names of goods', () => {
    const rows = drawnRows(`
Description                    Amount     Qty
Blue paint                      40.00       2
Net curtain                    310.00       1
Brush                           15.00      10
Subtotal                       365.00`);
    expect(rows).toEqual(['Blue paint|2|-|40.00', 'Net curtain|1|-|310.00', 'Brush|10|-|15.00']);
  });

  it.each([
    'Net:                                         55.00',
    'Net EUR                                      55.00',
    'Razem netto                                  55.00',
    'Razem do zapłaty                             55.00',
  ])('end a table: %s', (sum) => {
    const rows = drawnRows(`
Description                    Qty           Amount
Blue paint                       2            40.00
Brush                           10            15.00
${sum}
Paid by card                                 55.00`);
    expect(rows).toEqual(['Blue paint|2|-|40.00', 'Brush|10|-|15.00']);
  });
});

describe('several columns named like totals', () => {
  it('give the one that multiplies out, with the discount counted', () => {
    const rows = drawnRows(`
Description          Qty       Price       Gross    Discount         Net
Blue paint             2       50.00      100.00       10.00       90.00
Brush                 10        1.50       15.00        2.00       13.00
                                        Subtotal                  103.00`);
    expect(rows).toEqual(['Blue paint|2|50.00|90.00', 'Brush|10|1.50|13.00']);
  });

  const unpriced = (total: string) =>
    drawnRows(`
Description          Qty       Gross      Rebate         Net
Blue paint             2      100.00       10.00       90.00
Brush                 10       15.00        2.00       13.00
                                      Subtotal      ${total}`);

  it('give the one that makes the sum', () => {
    expect(unpriced('103.00')).toEqual(['Blue paint|2|-|90.00', 'Brush|10|-|13.00']);
    expect(unpriced('115.00')).toEqual(['Blue paint|2|-|100.00', 'Brush|10|-|15.00']);
  });

  it('give none where nothing tells', () => {
    expect(unpriced('104.00')).toEqual(['Blue paint|2|-|-', 'Brush|10|-|-']);
  });
});

describe('numbers of goods', () => {
  it('have thousands behind a mark before three digits beside a currency', () => {
    const text = `
Description                    Qty       Unit price          Amount
Lorry                            1         €  1.234        €  1.234
Van                              2         €  6.250        € 12.500`;
    expect(drawnRows(text)).toEqual(['Lorry|1|1234.00|1234.00', 'Van|2|6250.00|12500.00']);
    expect(drawnRows(text.replaceAll('.', ','))).toEqual(['Lorry|1|1234.00|1234.00', 'Van|2|6250.00|12500.00']);
  });

  it('have decimals behind such a mark where nothing but decimals can be', () => {
    const text = `
Description                    Qty       Unit price          Amount
Power                        1.000         € 0.129         € 129,00
Gas                             10         € 0,125           € 1,25`;
    expect(drawnRows(text)).toEqual(['Power|1000|0.129|129.00', 'Gas|10|0.125|1.25']);
  });

  it('are not taken back for standing in brackets, unless their amount is', () => {
    const rows = drawnRows(`
Description                    Qty       Unit price          Amount
Lamp                           (2)           150.00          300.00
Returned lamp                  (2)           150.00        (300.00)
Returned paint                (-5)            10.00         (50.00)
Brush                         (-5)            10.00           50.00
Subtotal                                                       0.00`);
    expect(rows).toEqual([
      'Lamp|2|150.00|300.00',
      'Returned lamp|-2|150.00|-300.00',
      'Returned paint|-5|10.00|-50.00',
      'Brush|-5|10.00|50.00',
    ]);
  });
});
