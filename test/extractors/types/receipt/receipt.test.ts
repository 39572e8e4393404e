import { describe, expect, it } from 'vitest';
import type { Box } from '#core';
import { type ExtractContext, receiptExtractor, type SecondReading } from '#extractors';
import { type Placed, pageOf } from '../../paper.ts';

const WIDTH = 800;

/** A receipt as it is printed: lines set in the middle, and lines whose amount stands at the right edge. */
function receiptOf(...lines: readonly (string | readonly [string, string])[]): Placed[] {
  return lines.flatMap((line, i): Placed[] => {
    const y = 40 + 32 * i;
    if (typeof line === 'string') return [[(WIDTH - 10 * line.length) / 2, y, line]];
    const [label, amount] = line;
    return [
      [60, y, label],
      [WIDTH - 60 - 10 * amount.length, y, amount],
    ];
  });
}

const head = [
  'BLUE HARBOUR TRADING SDN BHD',
  '(778812-K)',
  'NO. 7, JALAN MAWAR 2/1',
  '43000 KAJANG, SELANGOR',
] as const;
const sale = ['TAX INVOICE', 'Date: 14/03/2018 10:22'] as const;

async function read(placed: readonly Placed[], context: Partial<ExtractContext> = {}, source: 'text' | 'ocr' = 'ocr') {
  return receiptExtractor.extract([pageOf(placed, source)], { paper: 'abc', ...context });
}

async function totalOf(...lines: readonly (readonly [string, string])[]) {
  return (await read(receiptOf(...head, ...sale, ...lines))).total;
}

async function headOf(...lines: readonly string[]) {
  const { company, address } = await read(receiptOf(...lines, ...sale, ['Total', '10.00']));
  return { company: company.value, address: address.value };
}

describe('the total of a receipt', () => {
  it('is the rounded one, where coins are rounded', async () => {
    const total = await totalOf(
      ['Subtotal', '20.02'],
      ['Total Incl. GST', '20.02'],
      ['Rounding Adj', '-0.02'],
      ['Rounded Total', '20.00'],
    );
    expect(total.value).toBe('20.00');
    expect(total.evidence).toContain('sums');
  });

  it('is borne out by cash and change', async () => {
    const total = await totalOf(['Tea', '12.40'], ['Total', '12.40'], ['Cash', '20.00'], ['Change', '7.60']);
    expect(total.value).toBe('12.40');
    expect(total.evidence).toEqual(expect.arrayContaining(['label', 'sums']));
  });

  it('is put right where cash, change and rounding say what a misread digit was', async () => {
    const total = await totalOf(
      ['Total Incl. of GST', '14.64'],
      ['Rounding', '0.01'],
      ['Total RM', '14.85'],
      ['Cash', '50.00'],
      ['Change', '35.35'],
    );
    expect(total.value).toBe('14.65');
    expect(total.evidence).toEqual(expect.arrayContaining(['computed', 'sums']));
  });

  it('is not the tax it includes, nor what was saved', async () => {
    const total = await totalOf(
      ['Total Savings', '3.00'],
      ['Total Rounded', '9.90'],
      ['Total includes 6% GST', '0.56'],
      ['Cash Tendered', '10.00'],
      ['Change', '0.10'],
    );
    expect(total.value).toBe('9.90');
  });

  it('is found where its amount stands under its label', async () => {
    const total = await read(receiptOf(...head, ...sale, 'TOTAL AMOUNT PAYABLE', 'RM 41.95', ['Visa', 'RM 41.95']));
    expect(total.total.value).toBe('41.95');
  });

  it('adds up goods of several tax rates', async () => {
    const total = await totalOf(
      ['Total 0% supplies:', '19.83'],
      ['Total 6% supplies (inc. GST):', '32.05'],
      ['Total Payable:', '51.88'],
    );
    expect(total.value).toBe('51.88');
    expect(total.evidence).toContain('sums');
  });

  it('is in doubt without anything that bears it out', async () => {
    const total = await totalOf(['Total', '12.40']);
    expect(total.value).toBe('12.40');
    expect(total.evidence).not.toContain('sums');
  });
});

describe('the head of a receipt', () => {
  it('tells shop, register number and address apart', async () => {
    expect(await headOf(...head)).toEqual({
      company: 'BLUE HARBOUR TRADING SDN BHD',
      address: 'NO. 7, JALAN MAWAR 2/1, 43000 KAJANG, SELANGOR',
    });
  });

  it('joins a name over two lines', async () => {
    const { company } = await headOf('GREEN VALLEY VEGETARIAN', 'RESTAURANT SDN BHD', ...head.slice(1));
    expect(company).toBe('GREEN VALLEY VEGETARIAN RESTAURANT SDN BHD');
  });

  it('names the company behind a brand', async () => {
    const { company } = await headOf('THE OLD KETTLE', 'OWN BY: SEVEN HILLS SDN BHD', ...head.slice(1));
    expect(company).toBe('SEVEN HILLS SDN BHD');
  });

  it('leaves a former name in brackets and a number behind the legal form out', async () => {
    expect((await headOf('SEVEN HILLS SDN BHD (CO. NO: 20154-T)', ...head.slice(2))).company).toBe(
      'SEVEN HILLS SDN BHD',
    );
    expect((await headOf('SEVEN HILLS SDN BHD (FORMERLY SIX HILLS SDN BHD)', ...head.slice(2))).company).toBe(
      'SEVEN HILLS SDN BHD',
    );
  });

  it('ends the address where telephone or tax number begin, and takes the state after the postcode along', async () => {
    const { address } = await headOf(
      'THE OLD KETTLE',
      'GROUND FLOOR, LOT 5, JALAN SULTAN',
      '50000 KUALA LUMPUR TEL: 03-2026 1234',
      'GST NO: 001122334455',
    );
    expect(address).toBe('GROUND FLOOR, LOT 5, JALAN SULTAN, 50000 KUALA LUMPUR');
    const beyond = await headOf('THE OLD KETTLE', 'LOT 5, JALAN SULTAN', '47200 SUBANG', 'SELANGOR', 'A GOOD CUP');
    expect(beyond.address).toBe('LOT 5, JALAN SULTAN, 47200 SUBANG, SELANGOR');
  });

  it('bears a date between name and address', async () => {
    const { company, address } = await headOf(
      'SEVEN HILLS SDN BHD',
      '10/07/2018 18:24',
      '(867388-U)',
      ...head.slice(2),
    );
    expect(company).toBe('SEVEN HILLS SDN BHD');
    expect(address).toBe('NO. 7, JALAN MAWAR 2/1, 43000 KAJANG, SELANGOR');
  });

  it.each([
    ['a total', ['Receipt no: 4711', 'Date: 12/03/2026', 'Total: 12.50 EUR']],
    ['a total in German', ['Belegnr: 4711', 'Datum: 12.03.2026', 'Summe: 12,50 EUR']],
    ['a total over its amount', ['No. 4711', '12/03/2026', 'Total', '12.50']],
    ['an article and its price', ['No. 4711', '12/03/2026', 'Coffee RM2.50 S', 'Total 2.50']],
    ['what was paid in cash', ['Nr. 4711', '12.03.2026', 'Bar 20,00', 'Rückgeld 7,50']],
  ])('names no company by %s', async (_, lines) => {
    for (const source of ['text', 'ocr'] as const) {
      expect((await read(receiptOf(...lines), {}, source)).company.value).toBeNull();
    }
  });

  it('names a company whose name begins like a caption', async () => {
    expect((await headOf('Total Mart', '12/03/2026', 'Tea 2.50')).company).toBe('Total Mart');
    expect((await headOf('Fracht 2000 GmbH', '12/03/2026', 'Tea 2.50')).company).toBe('Fracht 2000 GmbH');
  });

  it('reads a shop of another country', async () => {
    const german = receiptOf(
      'Bäckerei Sonnenkorn GmbH',
      'Lindenstraße 12',
      '80331 München',
      'Tel. 089 1234567',
      'Kassenbon',
      '03.02.2026 08:15',
      ['Brezel', '1,20'],
      ['Kaffee', '2,50'],
      ['Summe', '3,70'],
      ['Bar gegeben', '5,00'],
      ['Rückgeld', '1,30'],
    );
    const draft = await read(german, {}, 'text');
    expect(Object.fromEntries(Object.entries(draft).map(([name, { value }]) => [name, value]))).toEqual({
      company: 'Bäckerei Sonnenkorn GmbH',
      address: 'Lindenstraße 12, 80331 München',
      date: '2026-02-03',
      total: '3.70',
    });
  });
});

it('reads a receipt that writes the month first', async () => {
  const american = receiptOf(
    'CORNER HARDWARE INC',
    '120 Main Street',
    'Springfield, IL 62701',
    '(217) 555-0100',
    '03/14/2018 10:22 AM',
    ['Hammer', '$10.00'],
    ['Subtotal', '$10.00'],
    ['Sales Tax', '$0.80'],
    ['Total', '$10.80'],
    ['Visa', '$10.80'],
  );
  const draft = await read(american);
  expect(Object.fromEntries(Object.entries(draft).map(([name, { value }]) => [name, value]))).toEqual({
    company: 'CORNER HARDWARE INC',
    address: '120 Main Street, Springfield, IL 62701',
    date: '2018-03-14',
    total: '10.80',
  });
  expect(draft.total.evidence).toContain('sums');
});

describe('a misread address', () => {
  const lines = (word: string) => receiptOf('THE OLD KETTLE', `12, ${word} SULTAN`, '50000 KUALA LUMPUR', ...sale);

  it('is put right where the engine was unsure of a word addresses are made of', async () => {
    const draft = await receiptExtractor.extract([pageOf(lines('JALAA'), 'ocr', 0.7)], { paper: 'abc' });
    expect(draft.address.value).toBe('12, JALAN SULTAN, 50000 KUALA LUMPUR');
    expect(draft.address.evidence).toContain('spelling');
  });

  it('keeps a rare word that was seen surely', async () => {
    const draft = await receiptExtractor.extract([pageOf(lines('JALAA'), 'ocr', 0.96)], { paper: 'abc' });
    expect(draft.address.value).toBe('12, JALAA SULTAN, 50000 KUALA LUMPUR');
  });
});

describe('the date of a receipt', () => {
  const paper = (...lines: string[]) => read(receiptOf(...head, 'TAX INVOICE', ...lines, ['Total', '10.00']));

  it('is never in a thirteenth month', async () => {
    expect((await paper('Date: 10/19/2017', 'Printed 10/10/2017 12:07')).date.value).toBe('2017-10-10');
  });

  it('is found inside a longer number', async () => {
    expect((await paper('[001-2018-03-18 13:21:02')).date.value).toBe('2018-03-18');
  });

  it('counts as said twice where the paper repeats it', async () => {
    expect((await paper('Date: 14/03/2018', 'Closed: 14/03/2018 11:02')).date.evidence).toContain('repeated');
  });
});

describe('a second reading', () => {
  const spoiled = receiptOf('BLUE HARBOUR TRADINQ SDN BHD', ...head.slice(1), ...sale, ['Total', '10.00']);
  const answering = (change: (text: string) => string) => {
    const page = pageOf(spoiled, 'ocr');
    return async (boxes: readonly Box[]): Promise<SecondReading[]> =>
      boxes.map((box) => {
        const inside = page.words.filter(
          (word) => word.y0 >= box.y0 - 2 && word.y1 <= box.y1 + 2 && word.x0 >= box.x0 - 2,
        );
        const words = inside.map(({ text }) => ({ text: change(text), confidence: 0.95 }));
        return { text: words.map(({ text }) => text).join(' '), confidence: 0.95, words };
      });
  };

  it('puts a known word in the place of an unknown one', async () => {
    const { company } = await read(spoiled, { reread: answering((text) => text.replace('TRADINQ', 'TRADING')) });
    expect(company.value).toBe('BLUE HARBOUR TRADING SDN BHD');
    expect(company.evidence).toContain('readings-differ');
  });

  it('bears out what it sees as well', async () => {
    const { address, date, total } = await read(spoiled, { reread: answering((text) => text) });
    for (const reading of [address, date, total]) expect(reading.evidence).toContain('two-readings');
  });

  it('of nothing changes nothing', async () => {
    const reread = async (boxes: readonly Box[]) => boxes.map(() => ({ text: '', confidence: 0 }));
    const { address, total } = await read(spoiled, { reread });
    expect(address.value).toBe('NO. 7, JALAN MAWAR 2/1, 43000 KAJANG, SELANGOR');
    expect(total.value).toBe('10.00');
  });
});
