import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../extractors/fields/sheet.ts';
import { findRows } from '../../../extractors/fields/tables.ts';
import { drawnPage } from '../paper.ts';
import { drawnRows } from './drawnRows.ts';

describe('tables of other layouts', () => {
  const TWO = ['Blue paint|2|20.00|40.00', 'Brush|10|1.50|15.00'];

  it('say without a head how many and at what price where that makes the amount', () => {
    const rows = drawnRows(`
INVOICE 4711
Blue paint, 5 l                        2         20.00        40.00
Brush                                 10          1.50        15.00
                               Subtotal                       55.00`);
    expect(rows).toEqual(['Blue paint, 5 l|2|20.00|40.00', 'Brush|10|1.50|15.00']);
  });

  it.each([
    [
      'columns of net, tax and gross',
      `
Description          Qty    Unit price     Net     VAT rate    VAT     Gross
Blue paint             2         20.00   40.00      20%       8.00     48.00
Brush                 10          1.50   15.00      20%       3.00     18.00
                                      Net total                        55.00`,
    ],
    [
      'a heading of several words',
      `
S.No   Item Details           Quantity   Price Per Unit   Total Price
1      Blue paint                    2            20.00         40.00
2      Brush                        10             1.50         15.00
                        Net Total                 55.00`,
    ],
    [
      'a price per unit of measure',
      `
Leistung             Einheiten     Preis/Dose       Betrag
Blue paint                   2       20,00 EUR   40,00 EUR
Brush                       10        1,50 EUR   15,00 EUR
                             Nettobetrag         55,00 EUR`,
    ],
    [
      'words of Polish',
      `
Lp.   Nazwa towaru              Ilość   J.m.   Cena netto   Wartość netto   VAT    Wartość brutto
1     Blue paint                    2   szt.        20,00           40,00   23%            49,20
2     Brush                        10   szt.         1,50           15,00   23%            18,45
                               Razem                               55,00                  67,65`,
    ],
    [
      'any currency before its numbers',
      `
Description                    Qty       Unit price          Amount
Blue paint                       2        SEK 20.00       SEK 40.00
Brush                           10         SEK 1.50       SEK 15.00
                               Subtotal                   SEK 55.00`,
    ],
    [
      'currencies at the left edge of their columns',
      `
Description                    Hours       Rate          Amount
Blue paint                         2     $ 20.00     $    40.00
Brush                             10     $  1.50     $    15.00
                               Subtotal              $    55.00`,
    ],
    [
      'a heading in three lines',
      `
                                    Unit
Item Description        Qty        Price          Amount
                                   (EUR)           (EUR)
Blue paint                2        20.00           40.00
Brush                    10         1.50           15.00
                        Net Total                  55.00`,
    ],
    [
      'letters below a heading of numbers',
      `
ITEM   DESCRIPTION           TAX CODE   QUANTITY   UNIT PRICE   NET AMOUNT
001    Blue paint            S                 2        20.00        40.00
002    Brush                 S                10         1.50        15.00
NET     55.00`,
    ],
  ])('have %s', (_, text) => {
    expect(drawnRows(text)).toEqual(TWO);
  });

  it('take a discount as a percentage, off the row or off each piece', () => {
    const sheet = readSheet([
      drawnPage(`
Description               Qty      Unit price      Discount        Amount
Blue paint                  2           20.00           10%         36.00
Brush                      10            1.50          2.00         13.00
Lamp                        4           25.00          1.50         94.00`),
    ]);
    expect(findRows(sheet, 'line_total').map(({ adds }) => adds)).toEqual([true, true, true]);
  });

  it('show what is taken back in brackets or with the minus behind', () => {
    const rows = drawnRows(`
Description                    Qty       Unit price          Amount
Lamp                             2            50.00          100.00
Returned lamp                    1          (50.00)         (50.00)
Reduction                        1           10.00-          10.00-
                               Subtotal                       40.00`);
    expect(rows.slice(1)).toEqual(['Returned lamp|1|-50.00|-50.00', 'Reduction|1|-10.00|-10.00']);
  });

  it('believe an amount without cents that a currency stands beside', () => {
    const rows = drawnRows(`
Description                    Qty           Amount
Site visit                       2            $100
Drawings                        10            $600
                               Total          $700`);
    expect(rows).toEqual(['Site visit|2|-|100.00', 'Drawings|10|-|600.00']);
  });

  it('go on below the sum of a section where more goods follow before the next sum', () => {
    const rows = drawnRows(`
Description                                      Hours        Amount
Sketches                                           2.0        100.00
Model                                              4.0        200.00
Subtotal Design                                               300.00
Programming                                       10.0        500.00
Subtotal Development                                          500.00
                                      VAT 20%                 160.00
                                      Total                   960.00`);
    expect(rows).toEqual(['Sketches|2|-|100.00', 'Model|4|-|200.00', 'Programming|10|-|500.00']);
  });

  it('leave out a total that is carried over a page', () => {
    const head = 'No    Description                   Qty        Price          Total';
    const first = `
${head}
1     Blue paint                     2         20.00          40.00
                              Total carried forward           40.00`;
    const second = `
${head}
                              Total brought forward           40.00
2     Brush                         10          1.50          15.00
                                      Subtotal                55.00`;
    expect(drawnRows(first, second)).toEqual(TWO);
  });

  it('do not lend the sum below to a row that shows no amount', () => {
    const rows = drawnRows(`
Description                    Qty       Unit price          Amount
Lamp                             2            50.00          100.00
Gift wrap                        1                             free
                               Subtotal                      100.00`);
    expect(rows).toEqual(['Lamp|2|50.00|100.00']);
  });

  it('are nothing but a description and an amount, if asked for so', () => {
    const sheet = readSheet([
      drawnPage(`
Description                                          Amount
Website design                                    $1,200.00
Hosting for a year                                  $240.00
                               Total              $1,400.00`),
    ]);
    expect(findRows(sheet, 'line_total')).toEqual([]);
    expect(findRows(sheet, 'line_total', 'plain')).toMatchObject([
      { description: 'Website design', line_total: '1200.00' },
      { description: 'Hosting for a year', line_total: '240.00' },
    ]);
  });
});

describe('names of goods in several lines', () => {
  const HEADING = 'Description                          Qty    Unit price       Amount';
  const NAMES = [
    'Consulting on the design of the new warehouse and its three bays|2|20.00|40.00',
    'Rental of a large brush and of a bucket of lime for a week|10|1.50|15.00',
  ];

  it('may have their numbers beside the last', () => {
    const rows = drawnRows(`
${HEADING}
Consulting on the design of
the new warehouse and
its three bays                         2         20.00        40.00

Rental of a large brush and
of a bucket of lime for a week        10          1.50        15.00

                                      Subtotal                55.00`);
    expect(rows).toEqual(NAMES);
  });

  it('may have their numbers beside the middle', () => {
    const rows = drawnRows(`
${HEADING}

Consulting on the design of
the new warehouse and                  2         20.00        40.00
its three bays

Rental of a large brush and
of a bucket of lime                   10          1.50        15.00
for a week

                                      Subtotal                55.00`);
    expect(rows).toEqual(NAMES);
  });

  it('do not begin with the heading of a group', () => {
    const rows = drawnRows(`
${HEADING}
Materials
Blue paint                             2         20.00        40.00

Labour
Painter                                3         50.00       150.00
                                      Subtotal               190.00`);
    expect(rows).toEqual(['Blue paint|2|20.00|40.00', 'Painter|3|50.00|150.00']);
  });

  it('go as far as their common edge, where lines set in follow', () => {
    const rows = drawnRows(`
${HEADING}
Liability insurance, a year            2         20.00        40.00
Class 18
Region R9
   Gross price : 48,00

                                      Subtotal                40.00`);
    expect(rows).toEqual(['Liability insurance, a year Class 18 Region R9|2|20.00|40.00']);
  });
});
