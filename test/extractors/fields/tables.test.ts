import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBareRows } from '../../../extractors/fields/bareRows.ts';
import { readSheet } from '../../../extractors/fields/sheet.ts';
import { findRows } from '../../../extractors/fields/tables.ts';
import { type Placed, pageOf } from '../paper.ts';

function rowsOf(...pages: readonly (readonly Placed[])[]) {
  const words = pages.map((placed, i) => {
    const page = pageOf(placed);
    return { ...page, number: i + 1, words: page.words.map((word) => ({ ...word, page: i + 1 })) };
  });
  return findRows(readSheet(words), 'line_total');
}

const HEAD: readonly Placed[] = [
  [80, 100, 'Pos'],
  [160, 100, 'Beschreibung'],
  [600, 100, 'Menge'],
  [760, 100, 'Einzelpreis'],
  [1000, 100, 'Gesamt'],
];

const row = (y: number, position: number, name: string, total: string, price = total): Placed[] => [
  [80, y, String(position)],
  [160, y, name],
  [640, y, '1'],
  [870 - 10 * price.length, y, price],
  [1060 - 10 * total.length, y, total],
];

describe('heads of tables', () => {
  it('can be set in several lines, each column in as many as it needs', () => {
    const head: Placed[] = [
      [160, 80, 'Art-Nr-Kunde'],
      [1000, 80, 'Positions-'],
      [80, 100, 'Pos'],
      [400, 100, 'Beschreibung'],
      [600, 100, 'Menge'],
      [760, 100, 'Einzelpreis'],
      [1000, 100, 'betrag'],
      [160, 120, '(Art)'],
      [1000, 120, 'ohne USt.'],
    ];
    const body: Placed[] = [
      [80, 160, '1'],
      [160, 160, 'K4711'],
      [400, 160, 'Kupferrohr'],
      [630, 160, '2 Stk'],
      [830, 160, '4,50'],
      [1050, 160, '9,00'],
    ];
    expect(rowsOf([...head, ...body])).toMatchObject([
      { description: 'Kupferrohr', quantity: '2', unit_price: '4.50', line_total: '9.00', adds: true },
    ]);
  });

  it('can name below what a row holds in its second line', () => {
    const head: Placed[] = [
      [80, 100, 'Art.-Nr.'],
      [300, 100, 'Menge'],
      [500, 100, 'Einzelpreis'],
      [800, 100, 'Gesamt'],
      [80, 122, 'Bezeichnung'],
    ];
    const body: Placed[] = [
      [80, 160, 'ZS997'],
      [340, 160, '2'],
      [570, 160, '4,50'],
      [820, 160, '9,00'],
      [80, 180, 'Zitronensaft 100ml'],
      [80, 200, 'Verpackung: Flasche'],
    ];
    expect(rowsOf([...head, ...body])).toMatchObject([{ description: 'Zitronensaft 100ml', line_total: '9.00' }]);
  });

  it('may carry a currency that is no column', () => {
    const head: Placed[] = [...HEAD.slice(0, 4), [1000, 100, 'Gesamt EUR']];
    expect(rowsOf([...head, ...row(140, 1, 'Kabel', '12,00')])).toMatchObject([{ line_total: '12.00', adds: true }]);
  });
});

describe('rows of goods', () => {
  it('take in the lines a name was broken into, not the remarks below', () => {
    const rows = rowsOf([
      ...HEAD,
      ...row(140, 1, 'Lieferung und Montage', '59,00'),
      [160, 160, 'von Haltern'],
      ...row(220, 2, 'Kabelkanal, weiß, drei Meter', '7,00'),
      [160, 240, 'Lieferzeit: eine Woche'],
      ...row(300, 3, 'Dose', '2,00'),
      [160, 320, 'Frei Haus'],
    ]);
    expect(rows.map(({ description }) => description)).toEqual([
      'Lieferung und Montage von Haltern',
      'Kabelkanal, weiß, drei Meter',
      'Dose',
    ]);
  });

  it('may show their total a little lower than their other numbers', () => {
    const high = row(140, 1, 'Kabel', '12,00');
    const lowered = high.map(([x, y, text]): Placed => (x > 990 ? [x, y + 20, text] : [x, y, text]));
    expect(rowsOf([...HEAD, ...lowered])).toMatchObject([
      { description: 'Kabel', quantity: '1', unit_price: '12.00', line_total: '12.00' },
    ]);
  });

  it('go on below a subtotal and over the page, and leave out what is carried over', () => {
    const first: Placed[] = [
      ...HEAD,
      ...row(140, 1, 'Kabel', '12,00'),
      [160, 180, 'Zwischensumme'],
      [1010, 180, '12,00'],
      ...row(220, 2, 'Dose', '2,00'),
      [160, 260, 'Übertrag'],
      [1010, 260, '14,00'],
      [160, 300, 'Bank 1'],
      [1050, 300, '2'],
    ];
    const second: Placed[] = [
      [160, 100, 'Übertrag'],
      [1010, 100, '14,00'],
      ...row(140, 3, 'Schalter', '6,00'),
      [700, 200, 'Gesamtbetrag'],
      [1010, 200, '20,00'],
    ];
    const names = ['Kabel', 'Dose', 'Schalter'];
    expect(rowsOf(first, second).map(({ description }) => description)).toEqual(names);
  });

  it('keep clear of what stands beside the table', () => {
    const body = [...row(140, 1, 'Kabel', '12,00'), ...row(180, 2, 'Dose', '2,00')].filter(([x]) => x !== 80);
    const aside: Placed[] = [[20, 140, 'HRB 292']];
    const rows = rowsOf([...HEAD.slice(1), ...body, ...aside]);
    expect(rows.map(({ description }) => description)).toEqual(['Kabel', 'Dose']);
  });

  it('are read as they were written, whatever the goods cost', () => {
    const goods = fc.record({
      name: fc.constantFrom('Kabel', 'Rote Dose', 'Schalter Typ B', 'Lampe'),
      cents: fc.integer({ min: 1, max: 99_999 }),
    });
    fc.assert(
      fc.property(fc.array(goods, { minLength: 1, maxLength: 12 }), (list) => {
        const shown = list.map(({ cents }) => (cents / 100).toFixed(2));
        const placed = list.flatMap(({ name }, i) => row(140 + 40 * i, i + 1, name, shown[i]!.replace('.', ',')));
        const rows = rowsOf([...HEAD, ...placed]);
        expect(rows.map(({ description }) => description)).toEqual(list.map(({ name }) => name));
        expect(rows.map(({ line_total }) => line_total)).toEqual(shown);
      }),
      { numRuns: 40 },
    );
  });
});

describe('goods listed without a head', () => {
  const bareRows = (placed: readonly Placed[]) =>
    findBareRows(readSheet([pageOf(placed)])).map(({ description, line_total }) => [description, line_total]);
  const list: readonly Placed[] = [
    [80, 100, 'Haftpflicht'],
    [600, 100, '80,00 €'],
    [80, 130, 'Kasko'],
    [590, 130, '140,00 €'],
    [80, 160, 'Gesamtbetrag'],
  ];

  it('are those that make the total below', () => {
    expect(bareRows([...list, [590, 160, '220,00 €']])).toEqual([
      ['Haftpflicht', '80.00'],
      ['Kasko', '140.00'],
    ]);
  });

  it('are none where nothing adds up', () => {
    expect(bareRows([...list, [590, 160, '221,00 €']])).toEqual([]);
  });
});
