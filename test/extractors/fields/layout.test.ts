import { describe, expect, it } from 'vitest';
import { findLabels } from '../../../extractors/fields/labels.ts';
import { layOut } from '../../../extractors/fields/lines.ts';
import { findParties } from '../../../extractors/fields/names.ts';
import { readSheet } from '../../../extractors/fields/sheet.ts';
import { findRows } from '../../../extractors/fields/tables.ts';
import { germanInvoice, type Placed, pageOf } from '../paper.ts';

describe('lines', () => {
  it('are the same whatever order the words come in', () => {
    const page = pageOf(germanInvoice);
    const texts = (words: typeof page.words) => layOut([{ ...page, words }]).lines.map((line) => line.text);
    expect(texts([...page.words].reverse())).toEqual(texts(page.words));
  });

  it('part at the gaps between columns', () => {
    const [line] = layOut([
      pageOf([
        [80, 80, 'Net total'],
        [600, 80, '12.00 €'],
      ]),
    ]).lines;
    expect(line?.segments.map((segment) => segment.text)).toEqual(['Net total', '12.00 €']);
  });

  it('set a label apart from the value written against it', () => {
    const [line] = layOut([pageOf([[80, 80, 'Datum:26.10.22 http://x.example']])]).lines;
    expect(line?.tokens.map((token) => token.text)).toEqual(['Datum:', '26.10.22', 'http://x.example']);
  });
});

describe('labels', () => {
  const namesIn = (text: string, source: 'text' | 'ocr' = 'text') =>
    findLabels(layOut([pageOf([[80, 80, text]], source)])).flatMap((label) => label.names);

  it.each([
    ['Rechnungs-Nr.:', 'invoice_number'],
    ['Invoice No.', 'invoice_number'],
    ['Rechnung (380) Nr.', 'invoice_number'],
    ["Date d'échéance", 'due_date'],
    ['USt.-Id.-Nr.:', 'vat_id'],
    ['Gesamtbetrag', 'total'],
  ])('names %s', (text, name) => expect(namesIn(text)).toContain(name));

  it('forgives an engine’s letter, and only an engine’s', () => {
    expect(namesIn('Rechnungsnurnmer', 'ocr')).toContain('invoice_number');
    expect(namesIn('Rechnungsnurnmer')).toEqual([]);
  });
});

describe('tables', () => {
  const rowsOf = (placed: readonly Placed[]) => findRows(readSheet([pageOf(placed)]), 'line_total');
  const body: readonly Placed[] = [
    [80, 160, 'Pipe wrench'],
    [500, 160, '3'],
    [680, 160, '10.50'],
    [900, 160, '31.50'],
    [80, 185, 'for heavy duty'],
    [700, 240, 'Subtotal'],
    [900, 240, '31.50'],
  ];

  it('give rows with their arithmetic, and end at the totals', () => {
    const head: Placed[] = [
      [80, 120, 'Description'],
      [480, 120, 'Qty'],
      [650, 120, 'Unit price'],
      [900, 120, 'Total'],
    ];
    expect(rowsOf([...head, ...body])).toMatchObject([
      {
        description: 'Pipe wrench for heavy duty',
        quantity: '3',
        unit_price: '10.50',
        line_total: '31.50',
        adds: true,
      },
    ]);
  });

  it('put together heads that were broken for want of room', () => {
    const head: Placed[] = [
      [80, 100, 'Description'],
      [480, 100, 'Quantit'],
      [480, 120, 'y'],
      [650, 100, 'Unit pric'],
      [710, 120, 'e'],
      [900, 100, 'Total'],
    ];
    expect(rowsOf([...head, ...body])).toMatchObject([{ quantity: '3', line_total: '31.50', adds: true }]);
  });
});

describe('names', () => {
  const partiesOf = (placed: readonly Placed[]) => {
    const { layout, labels } = readSheet([pageOf(placed)]);
    const { seller, buyer } = findParties(layout, labels);
    return [seller[0]?.value, buyer[0]?.value];
  };

  it('tell seller from buyer by the window and the line above it', () => {
    expect(partiesOf(germanInvoice)).toEqual(['Muster & Söhne GmbH', 'Nordwind Handel AG']);
  });

  it('put a name set in two lines together', () => {
    const placed: Placed[] = [
      [80, 80, 'Druckerei'],
      [80, 102, 'Lindwurm GmbH'],
      [80, 140, 'info@druckerei-lindwurm.example'],
      [500, 300, 'Bill to'],
      [500, 330, 'Nordwind Handel AG'],
      [500, 354, '20457 Hamburg'],
    ];
    expect(partiesOf(placed)).toEqual(['Druckerei Lindwurm GmbH', 'Nordwind Handel AG']);
  });

  it('take labels at their word', () => {
    const placed: Placed[] = [
      [80, 80, 'Verkäufer:'],
      [80, 110, 'Name: Lieferant GmbH'],
      [80, 200, 'Käufer:'],
      [80, 230, 'Name: Kunden AG Mitte'],
    ];
    expect(partiesOf(placed)).toEqual(['Lieferant GmbH', 'Kunden AG Mitte']);
  });
});

describe('a worn minus sign', () => {
  const amounts = (line: string, source: 'ocr' | 'text' = 'ocr') =>
    readSheet([
      pageOf(
        line.split(' ').map((text, i): Placed => [80 + 160 * i, 80, text]),
        source,
      ),
    ]).amounts.map(({ value }) => value);

  it('is one beside amounts that bear it, and elsewhere says what a sum comes to', () => {
    expect(amounts('-7,90 0,23 =7,67 -1,12 -8,79')).toEqual(['-7.90', '0.23', '-7.67', '-1.12', '-8.79']);
    expect(amounts('2 4,50 =9,00')).toEqual(['4.50', '9.00']);
    expect(amounts('-7,90 0,23 =7,67', 'text')).toEqual(['-7.90', '0.23', '7.67']);
  });
});
