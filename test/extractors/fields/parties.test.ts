import { describe, expect, it } from 'vitest';
import { findParties } from '../../../extractors/fields/names.ts';
import { isCaptioned } from '../../../extractors/fields/nameText.ts';
import { partyOver } from '../../../extractors/fields/partyBlock.ts';
import { readSheet } from '../../../extractors/fields/sheet.ts';
import { type Placed, pageOf } from '../paper.ts';

function partiesOf(placed: readonly Placed[]) {
  const { layout, labels } = readSheet([pageOf(placed)]);
  const { seller, buyer } = findParties(layout, labels);
  return { seller: seller[0]?.value, buyer: buyer[0]?.value };
}

const column = (x: number, y: number, ...lines: readonly string[]): Placed[] =>
  lines.map((text, i): Placed => [x, y + 24 * i, text]);

describe('sellers and buyers', () => {
  it('stand in rows of name and value under their headings, a name perhaps in two lines', () => {
    const block = (y: number, heading: string, upper: string, lower: string): Placed[] => [
      [80, y, heading],
      [80, y + 40, 'Nummer:'],
      [500, y + 40, '549910'],
      [500, y + 76, upper],
      [80, y + 98, 'Name:'],
      [500, y + 98, lower],
      [80, y + 140, 'Anschrift:'],
      [500, y + 140, 'Hafenweg 12'],
    ];
    expect(
      partiesOf([
        ...block(100, 'Verkäufer', 'NVV Nordlicht', 'Versicherungsverein Husum a.G.'),
        ...block(400, 'Käufer', 'Frau', 'Inga Petersen'),
      ]),
    ).toEqual({ seller: 'NVV Nordlicht Versicherungsverein Husum a.G.', buyer: 'Frau Inga Petersen' });
  });

  it('follow numbers and codes under their headings, side by side', () => {
    expect(
      partiesOf([
        ...column(80, 100, 'Lieferant', 'GLN 4333741000005', 'NORDSALZ GMBH', 'BAHNHOFSTRASSE 9', '25813 HUSUM'),
        ...column(600, 100, 'Käufer', 'GLN 4304171000002', 'SÜDMARKT AG', 'RINGSTRASSE 8', '80331 MÜNCHEN'),
      ]),
    ).toEqual({ seller: 'NORDSALZ GMBH', buyer: 'SÜDMARKT AG' });
  });

  it('are told by a letter’s window though its lines stand wide apart', () => {
    expect(
      partiesOf([
        [80, 300, 'Nordsalz GmbH ● Deichweg 2 ● 25813 Husum'],
        [80, 350, 'Theo Esterle'],
        [80, 410, 'Bahnstr. 42'],
        [80, 490, '88802 Spielkreis'],
        ...column(900, 240, 'Nordsalz GmbH', 'Deichweg 2', '25813 Husum', 'info@nordsalz.example'),
      ]),
    ).toEqual({ seller: 'Nordsalz GmbH', buyer: 'Theo Esterle' });
  });

  it('are no bank, no country and no legal form that the paper states by itself', () => {
    const { seller } = partiesOf([
      [80, 80, "Le Vieux Pressoir SARL - 12 chemin de l'olive - 84340 Malaucène - France"],
      [80, 110, 'SIRET : 99999999800010 - SARL au capital de 120 000,00 €'],
      ...column(80, 1500, 'Banque du Midi S.A.', 'IBAN FR14 2004 1010 0505 0001 3M02 606'),
      [80, 1600, 'United States'],
    ]);
    expect(seller).toBe('Le Vieux Pressoir');
  });
});

/** A seller's letterhead, a heading with its block below it, and what stands opposite the heading. */
function letterOf(heading: string, opposite: string, block: readonly string[], gap = 600): Placed[] {
  return [
    ...column(80, 60, 'Northgate Plumbing Supplies Ltd', '12 Mill Lane', 'York YO1 7HH'),
    ...column(80, 240, heading, ...block),
    ...column(gap, 240, opposite, 'Invoice date: 12 March 2026'),
  ];
}

describe('a party’s name', () => {
  const cafe = ['Brightwater Cafe', '4 Harbour Road', 'Whitby YO21 3PU'];
  const shop = ['Nordwind Handel', 'Am Hafen 3', '20457 Hamburg'];

  it.each([
    ['Bill to:', 'Invoice number: BC-1001', cafe],
    ['Bill to:', 'Invoice number BC-1001', ['Brightwater Cafe']],
    ['Customer:', 'Invoice number: BC-1001', cafe],
    ['Customer:', 'Order date March 12, 2026', ['Brightwater Cafe', 'Whitby']],
    ['Bill to:', 'Order No. PO 77', ['Brightwater Cafe']],
    ['Sold to:', 'Ship via: Road Haulage', ['Brightwater Cafe']],
    ['Rechnungsempfänger:', 'Rechnungsnummer: BC-1001', shop],
    ['Rechnung an:', 'Versand durch: Spedition Sander', ['Nordwind Handel']],
    ['Kunde:', 'Rechnungsdatum 12. März 2026', ['Nordwind Handel', 'Hamburg']],
  ])('is no caption with its value: %s, opposite %s', (heading, opposite, block) => {
    const parties = { seller: 'Northgate Plumbing Supplies Ltd', buyer: block[0] };
    expect(partiesOf(letterOf(heading, opposite, block))).toEqual(parties);
    const { layout, labels } = readSheet([pageOf(letterOf(heading, opposite, block), 'ocr')]);
    expect(findParties(layout, labels).buyer[0]?.value).toBe(block[0]);
  });

  it.each([
    ['Bill to:', 'Express delivery', cafe],
    ['Bill to:', 'Express delivery', ['Brightwater Cafe Ltd', 'London']],
    ['Rechnungsempfänger:', 'Ihre Spedition', shop],
    ['Kunde:', 'Ihre Spedition', ['Nordwind Handel AG', 'Hamburg']],
  ])('is not what stands in another column, where a block of its own follows under %s', (heading, opposite, block) => {
    expect(partiesOf(letterOf(heading, opposite, block)).buyer).toBe(block[0]);
  });

  it('stands beyond a gap where no block follows under its label', () => {
    const rows: Placed[] = [
      [80, 240, 'Bill to:'],
      [400, 240, 'Brightwater Cafe'],
      [80, 264, 'Project'],
      [400, 264, 'Harbour Refit'],
      [80, 288, 'Terms'],
      [400, 288, '30 days'],
    ];
    expect(partiesOf(rows).buyer).toBe('Brightwater Cafe');
  });

  it('ends where the next caption begins, however close', () => {
    expect(partiesOf(letterOf('Bill to', 'Page 1', cafe, 260)).buyer).toBe('Brightwater Cafe');
    const rows: Placed[] = [
      [80, 240, 'Käufer'],
      [80, 264, 'Name: Nordwind Handel'],
      [600, 264, 'Rechnungsnummer: BC-1001'],
      [80, 288, 'Am Hafen 3'],
    ];
    expect(partiesOf(rows).buyer).toBe('Nordwind Handel');
  });

  it.each([
    [['Name: Harbour', 320, 'Trading GmbH'], 'Harbour Trading GmbH'],
    [['Name: Harbour', 320, 'Trading', 500, 'GmbH'], 'Harbour Trading GmbH'],
    [['Name: Harbour', 320, 'Services'], 'Harbour Services'],
    [['Name: Harbour Inn', 600, 'Invoice number', 800, 'BC-1001'], 'Harbour Inn'],
    [['Name: Harbour', 320, 'Trading GmbH', 700, 'Invoice number: BC-1001'], 'Harbour Trading GmbH'],
    [['Name: Harbour Inn', 600, 'Invoice number BC-1001'], 'Harbour Inn'],
    [['Name: Harbour Inn', 600, 'Name: Nordwind Handel'], 'Harbour Inn'],
    [['Name: Harbour Inn', 600, 'Name:', 800, 'Nordwind Handel'], 'Harbour Inn'],
    [['Name: Harbour Inn', 600, 'Name', 800, ': Nordwind Handel'], 'Harbour Inn'],
  ] as const)('goes on over a gap in its row, up to another caption: %j', ([first, ...rest], buyer) => {
    const others = rest.flatMap((x, i): Placed[] => (typeof x === 'number' ? [[x, 264, String(rest[i + 1])]] : []));
    expect(partiesOf([[80, 240, 'Bill to:'], [80, 264, first], ...others, [80, 288, '4 Harbour Road']]).buyer).toBe(
      buyer,
    );
  });

  it.each([
    ['Bill to:', 'Studio: Berlin', '4 Harbour Road'],
    ['Rechnung an:', 'Agentur: Nord', 'Am Hafen 3'],
    ['Kunde:', 'Fabrik: Design', 'Am Hafen 3'],
  ])('may have a colon within, of a word that is no known caption: %s %s', (heading, name, street) => {
    expect(partiesOf(column(80, 240, heading, name, street)).buyer).toBe(name);
    expect(partiesOf(letterOf(heading, 'Invoice number: BC-1001', [name, street])).buyer).toBe(name);
    expect(
      partiesOf([
        [80, 240, heading],
        [400, 240, name],
      ]).buyer,
    ).toBe(name);
  });

  it.each(['Invoice number: BC-1001', 'Payment terms: Net', 'Contact: Inga Petersen', 'Delivery date: Monday'])(
    'is no fact in the block under its heading: %s',
    (fact) => expect(partiesOf(column(80, 240, 'Bill to:', fact, 'Brightwater Cafe')).buyer).toBe('Brightwater Cafe'),
  );

  it.each([
    ['Invoice number BC-1001', true],
    ['Total 12.50 EUR', true],
    ['Bestell Nr. XY 77', true],
    ['Versand durch: Spedition', true],
    ['Firma: Nordwind Handel', false],
    ['Price Waterhouse', false],
    ['Tax Advisers 1999', false],
    ['Fracht 2000 GmbH', false],
    ['Nordwind Handel', false],
  ])('%s is a caption with its value: %s', (text, captioned) => {
    expect(isCaptioned(text)).toBe(captioned);
  });
});

describe('the party a value belongs to', () => {
  it('is the nearest heading above it, in its own column', () => {
    const sheet = readSheet([
      pageOf([
        ...column(80, 100, 'Lieferant', 'Nordsalz GmbH', 'USt-IdNr: DE136695976'),
        ...column(600, 100, 'Käufer', 'Südmarkt AG', 'USt-IdNr: DE811128135'),
      ]),
    ]);
    const parties = sheet.vatIds.map((each) => [each.value, partyOver(sheet.layout, sheet.labels, each)]);
    expect(Object.fromEntries(parties)).toEqual({ DE136695976: 'seller', DE811128135: 'other' });
  });
});
