import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { known, type Reading, type Word } from '#core';
import {
  classify,
  deliveryNoteExtractor,
  extractAs,
  formExtractor,
  iban,
  isoDate,
  money,
  openGate,
  quantity,
  receiptExtractor,
  toExtractLine,
  toFailedExtractLine,
  vatId,
} from '#extractors';
import { shippedCalibration } from '../../../extractors/confidence/calibration.ts';
import { layOut } from '../../../extractors/fields/lines.ts';
import { readingsOf } from '../../../extractors/types/reading.ts';
import { germanInvoice, type Placed, pageOf } from '../paper.ts';

const context = { paper: 'abc' };

const note: readonly Placed[] = [
  [80, 60, 'Pennine Fasteners Ltd'],
  [80, 90, 'Colne Road 4, Huddersfield HD1 3ZP'],
  [900, 60, 'DELIVERY NOTE'],
  [80, 260, 'Ship to'],
  [80, 290, 'Brook Trading Limited'],
  [80, 315, 'Leeds LS10 1QR'],
  [80, 400, 'Delivery note no.'],
  [400, 400, 'Delivery date'],
  [700, 400, 'PO number'],
  [80, 428, 'DN-57653'],
  [400, 428, '14 Nov 2026'],
  [700, 428, 'BT-888393'],
  [80, 500, 'Code'],
  [240, 500, 'Description'],
  [1000, 500, 'Quantity'],
  [80, 530, '441419'],
  [240, 530, 'Hex bolt M10 x 50'],
  [1050, 530, '663'],
  [80, 560, '443069'],
  [240, 560, 'Threaded rod, zinc'],
  [1040, 560, '1,018'],
  [700, 640, 'Total quantity'],
  [1040, 640, '1,681'],
  [700, 670, 'Parcels'],
  [1070, 670, '3'],
];

const receipt: readonly Placed[] = [
  [300, 40, 'GOLDEN KEY TRADING SDN BHD'],
  [300, 70, 'NO. 12, JALAN MERAH 3/4'],
  [300, 100, '43000 KAJANG, SELANGOR'],
  [300, 130, 'TEL: 03-8736 1234'],
  [300, 180, 'Receipt No: A1023'],
  [300, 210, 'Date: 25/12/2018 14:03'],
  [300, 270, 'Cable tie 2 x 5.00'],
  [800, 270, '10.00'],
  [300, 330, 'Total RM'],
  [800, 330, '10.00'],
  [300, 360, 'Cash'],
  [800, 360, '50.00'],
  [300, 390, 'Change'],
  [800, 390, '40.00'],
];

const letter: readonly Placed[] = [
  [80, 300, 'Dear Sir or Madam,'],
  [80, 340, 'we are moving house in May and would like to invite you to our opening.'],
  [80, 400, 'Yours sincerely'],
];

describe('classify', () => {
  it.each([
    ['invoice', germanInvoice],
    ['delivery-note', note],
    ['receipt', receipt],
    ['letter', letter],
    ['unknown', [[80, 80, 'Lorem ipsum dolor sit amet']]],
    ['unknown', []],
  ] as const)('knows a paper as %s', (type, placed) => {
    expect(classify([pageOf(placed)]).type).toBe(type);
  });
});

it('reads a delivery note', async () => {
  const draft = await deliveryNoteExtractor.extract([pageOf(note)], context);
  expect(Object.fromEntries(Object.entries(draft).map(([name, { value }]) => [name, value]))).toMatchObject({
    seller: 'Pennine Fasteners Ltd',
    delivery_note_number: 'DN-57653',
    delivery_date: '2026-11-14',
    order_number: 'BT-888393',
    parcels: '3',
    total_quantity: '1681',
    items: [
      { description: 'Hex bolt M10 x 50', quantity: '663' },
      { description: 'Threaded rod, zinc', quantity: '1018' },
    ],
  });
  expect(draft.total_quantity.evidence).toContain('sums');
});

it('reads a receipt', async () => {
  const draft = await receiptExtractor.extract([pageOf(receipt)], context);
  expect(draft.company.value).toBe('GOLDEN KEY TRADING SDN BHD');
  expect(draft.date.value).toBe('2018-12-25');
  expect(draft.total.value).toBe('10.00');
  expect(draft.address.value).toBe('NO. 12, JALAN MERAH 3/4, 43000 KAJANG, SELANGOR');
});

it('reads labels and values of any form', async () => {
  const { pairs } = await formExtractor.extract(
    [
      pageOf([
        [80, 80, 'Name: Ada Byron'],
        [80, 120, 'Date of birth:'],
        [400, 120, '10 December 1815'],
      ]),
    ],
    context,
  );
  expect(pairs.value).toEqual([
    ['Name:', 'Ada Byron'],
    ['Date of birth:', '10 December 1815'],
  ]);
});

describe('a line of rekey extract', () => {
  it('names the reader that saw a value, where the page says', async () => {
    const page = { ...pageOf(germanInvoice), by: 'some reader 1.2' };
    const line = toExtractLine('a.pdf', 12, await extractAs('invoice', [page], context), { accepts: () => false }, []);
    expect(line.fields['total']).toMatchObject({ reader: 'text', by: 'some reader 1.2' });
  });

  it('sends to a person a paper of which something is amiss, however sure its fields', async () => {
    const all = { accepts: () => true };
    const extracted = await extractAs('auto', [pageOf(germanInvoice)], context);
    expect(toExtractLine('a.pdf', 12, extracted, all, [])).toMatchObject({ route: 'auto' });
    const line = toExtractLine('a.pdf', 12, extracted, all, ['page-lost']);
    expect(line).toMatchObject({ route: 'human', doubts: ['page-lost'] });
  });

  it('passes only with every list trusted, and names what is not', async () => {
    const extracted = await extractAs('invoice', [pageOf(germanInvoice)], context);
    const gate = { accepts: ({ group }: Reading<unknown>) => !group?.endsWith('/items') };
    const line = toExtractLine('a.pdf', 12, extracted, gate, []);
    expect(line).toMatchObject({ route: 'human', untrusted: ['items'] });
    expect(toExtractLine('a.pdf', 12, extracted, { accepts: () => true }, [])).not.toHaveProperty('untrusted');
    // No label of the release speaks of lists: with its own gate none of them is trusted.
    expect(toExtractLine('a.pdf', 12, extracted, openGate({ wrongPerThousand: 50 }), []).untrusted).toContain('items');
  });

  it('has what an extractor of one’s own lists beside its place, whatever its columns are called', async () => {
    const row = { page: '7', by: 'Ada', conf: '3' };
    const [source] = (await extractAs('invoice', [pageOf(germanInvoice)], context)).draft['total']!.sources;
    const list = (value: unknown): Reading<unknown> => ({ ...known(value), sources: [source!] });
    const draft = { rows: list([row]), tags: list(['urgent', 'paid']) };
    const { lists } = toExtractLine('a.pdf', 12, { type: 'own', draft }, { accepts: () => true }, []);
    const place = { conf: 1, page: null, box: null, seen: null, rule: null };
    expect(lists).toMatchObject({
      rows: [{ value: row, ...place }],
      tags: [
        { value: 'urgent', ...place },
        { value: 'paid', ...place },
      ],
    });
  });

  it('has the place of a row that runs on over the page where it begins', async () => {
    const [first, second] = [pageOf([[80, 700, 'Pipe']]), pageOf([[80, 40, 'of copper']])];
    const pages = [first, { ...second, number: 2, words: second.words.map((word) => ({ ...word, page: 2 })) }];
    const tokens = pages.flatMap((page) => layOut([page]).lines.flatMap((line) => line.tokens));
    const places = { tokens, parts: [tokens], cells: [{ goods: tokens, price: [] }] };
    const finding = { value: [['Pipe of copper']], ...places, evidence: [], others: [], score: 1 };
    const read = readingsOf(
      { name: 'own', version: '1' },
      { rows: finding },
      { sha256: 'abc', pages },
      shippedCalibration(),
    );
    const [{ x0, y0, x1, y1 }] = first.words as [Word];
    const box = { page: 1, x0, y0, x1, y1 };
    expect(read['rows']!.parts).toEqual([{ ...box, confidence: expect.any(Number), cells: { goods: box } }]);
  });

  it('has the place of each row and of each answer', async () => {
    const page = { ...pageOf(germanInvoice, 'ocr', 0.9), by: 'some engine 3' };
    const { items } = toExtractLine('a.png', 12, await extractAs('invoice', [page], context), openGate(), []);
    expect(items.map(({ box, seen, reader, by }) => ({ y: box?.[1], seen, reader, by }))).toEqual([
      { y: 540, seen: 0.9, reader: 'ocr', by: 'some engine 3' },
      { y: 570, seen: 0.9, reader: 'ocr', by: 'some engine 3' },
    ]);
    const [, second] = items;
    expect(second).toMatchObject({ page: 1, box: [80, 570, 1140, 588], rule: 'invoice@2/sums' });
    expect(second?.cells).toEqual({
      description: { page: 1, box: [160, 570, 230, 588] },
      quantity: { page: 1, box: [730, 570, 740, 588] },
      unit_price: { page: 1, box: [900, 570, 950, 588] },
      line_total: { page: 1, box: [1090, 570, 1140, 588] },
    });
    const form = pageOf([
      [80, 80, 'Name: Ada Byron'],
      [80, 120, 'Town: London'],
    ]);
    const { kv, kv_places } = toExtractLine('b.pdf', 12, await extractAs('form', [form], context), openGate(), []);
    expect(kv).toEqual([
      ['Name:', 'Ada Byron'],
      ['Town:', 'London'],
    ]);
    expect(kv_places.map(({ page, box }) => [page, box])).toEqual([
      [1, [140, 80, 230, 98]],
      [1, [140, 120, 200, 138]],
    ]);
    expect(kv_places).toMatchObject([{ rule: 'form@3/position' }, { rule: 'form@3/position' }]);
  });

  it('has the places of printed cells and of no others', async () => {
    const placed = germanInvoice.filter(([, y, text]) => !(y === 570 && text === '1') && text !== '50,00');
    const amount: Placed = [1090, 570, '50,00'];
    const draft = await deliveryNoteExtractor.extract([pageOf(note)], context);
    expect(Object.keys(draft.items.parts?.[0]?.cells ?? {})).toEqual(['description', 'quantity']);
    const read = await extractAs('invoice', [pageOf([...placed, amount])], context);
    const { items } = toExtractLine('a.pdf', 12, read, openGate(), []);
    expect(items[1]).toMatchObject({ quantity: null, unit_price: null, line_total: '50.00' });
    expect(items[1]?.cells).toEqual({
      description: { page: 1, box: [160, 570, 230, 588] },
      line_total: { page: 1, box: [1090, 570, 1140, 588] },
    });
  });

  it('has the cells of rows without a head over them', async () => {
    const bare = pageOf([
      [80, 300, 'Hammer 2 x 5,00'],
      [1060, 300, '10,00'],
      [80, 330, 'Saw'],
      [1060, 330, '12,00'],
      [80, 360, 'Gesamtbetrag'],
      [1060, 360, '22,00'],
    ]);
    const { items } = toExtractLine('a.pdf', 12, await extractAs('invoice', [bare], context), openGate(), []);
    expect(items).toMatchObject([
      {
        quantity: '2',
        cells: {
          description: { box: [80, 300, 140, 318] },
          quantity: { box: [150, 300, 160, 318] },
          unit_price: { box: [190, 300, 230, 318] },
          line_total: { box: [1060, 300, 1110, 318] },
        },
      },
      { quantity: null, cells: { description: { box: [80, 330, 110, 348] }, line_total: { page: 1 } } },
    ]);
  });

  it('marks what the data alone say as such, without a place', async () => {
    const item = { description: 'Pipe', quantity: '1', unit_price: '9.00', line_total: '9.00' };
    const statements = [{ format: 'ubl', values: { order_number: 'PO 7' }, items: [item] }];
    const line = toExtractLine(
      'a.xml',
      1,
      await extractAs('invoice', [pageOf(note)], { ...context, statements }),
      openGate(),
      [],
    );
    const place = { page: null, box: null, reader: 'data', by: 'ubl by fast-xml-parser 5.12.1' };
    expect(line.fields['order_number']).toMatchObject({ value: 'PO 7', ...place });
    const rule = 'invoice@2/e-invoice';
    expect(line.items).toEqual([{ ...item, ...place, conf: expect.any(Number), seen: null, rule }]);
  });

  it('has the fixed form, and sends to a person what is not proven', async () => {
    const nothing = { accepts: () => false };
    const line = toExtractLine('a.pdf', 12, await extractAs('auto', [pageOf(germanInvoice)], context), nothing, []);
    expect(line).toMatchObject({
      file: 'a.pdf',
      ms: 12,
      type: 'invoice',
      fields: { total: { value: '1487.50', page: 1, box: [1060, 720, 1140, 738] } },
      items: [{ description: 'Kupferrohr 15 mm' }, { description: 'Anfahrt' }],
      kv: [],
      route: 'human',
      error: null,
      error_kind: null,
    });
  });

  it('names the error of a paper that could not be read', () => {
    expect(toFailedExtractLine('b.pdf', 3, { message: 'Encrypted.', kind: 'password' })).toEqual({
      file: 'b.pdf',
      ms: 3,
      type: 'unknown',
      fields: {},
      items: [],
      kv: [],
      kv_places: [],
      route: 'human',
      error: 'Encrypted.',
      error_kind: 'password',
    });
  });
});

describe('kinds of fields', () => {
  it('accept canonical form only', () => {
    expect(money().safeParse('1234.50').success).toBe(true);
    expect(['1.234,50', '1234.5', '-', '01.00'].some((text) => money().safeParse(text).success)).toBe(false);
    expect(isoDate().safeParse('2024-02-29').success).toBe(true);
    expect(isoDate().safeParse('2023-02-29').success).toBe(false);
    expect(iban().safeParse('DE89370400440532013000').success).toBe(true);
    expect(iban().safeParse('DE88370400440532013000').success).toBe(false);
    expect(vatId().safeParse('DE811128135').success).toBe(true);
    expect(quantity().safeParse('0.5').success).toBe(true);
    expect(quantity().safeParse('0.50').success).toBe(false);
  });

  it('tell a form what to draw', () => {
    const schema = z.toJSONSchema(z.object({ total: money({ title: 'Total' }), day: isoDate() }));
    expect(schema.properties).toMatchObject({ total: { format: 'money', title: 'Total' }, day: { format: 'date' } });
  });
});
