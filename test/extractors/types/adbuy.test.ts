import { describe, expect, it } from 'vitest';
import { advertisingOrderExtractor, classify, extractAs } from '#extractors';
import { type Placed, pageOf } from '../paper.ts';

const context = { paper: 'a'.repeat(64) };

/** A station's order: facts in two columns, a table of months with its totals. */
const order: readonly Placed[] = [
  [800, 40, 'Print Date 02/06/24 Page 1 of 2'],
  [500, 80, 'ORDER'],
  [80, 120, 'Order / Rev:'],
  [260, 120, '771203'],
  [700, 120, 'Alt Order #:'],
  [900, 120, 'X1009'],
  [80, 150, 'Flight Dates:'],
  [260, 150, '02/08/24 - 02/14/24'],
  [80, 180, 'Advertiser'],
  [260, 180, 'Name:'],
  [400, 180, 'POL/ Jane Roe / I / Mayor'],
  [80, 210, 'Agency'],
  [260, 210, 'Name:'],
  [400, 210, 'Loud Media LLC'],
  [80, 300, 'Month'],
  [300, 300, '# Spots'],
  [500, 300, 'Gross Amount'],
  [700, 300, 'Net Amount'],
  [80, 330, 'February 2024'],
  [320, 330, '9'],
  [540, 330, '$1,700.00'],
  [720, 330, '$1,445.00'],
  [80, 360, 'March 2024'],
  [320, 360, '1'],
  [560, 360, '$300.00'],
  [740, 360, '$255.00'],
  [80, 390, 'Totals'],
  [310, 390, '10'],
  [540, 390, '$2,000.00'],
  [720, 390, '$1,700.00'],
];

/** An agency's contract: labels over their values, a name over two lines. */
const contract: readonly Placed[] = [
  [80, 80, 'Contract # 5508812'],
  [700, 80, 'Station: WXYZ'],
  [80, 110, 'Agency: Loud Media'],
  [400, 110, 'Advertiser: Citizens for Better'],
  [520, 132, 'Roads'],
  [900, 110, 'Total $: $22,820.00'],
  [900, 140, 'Total CPP: $0.00'],
  [400, 160, 'Flight: 5/19/24 - 5/25/24'],
];

async function valuesOf(placed: readonly Placed[]) {
  const draft = await advertisingOrderExtractor.extract([pageOf(placed)], context);
  return Object.fromEntries(Object.entries(draft).map(([name, { value }]) => [name, value]));
}

describe('advertising orders', () => {
  it('are read with the total of all months, as the labels print them', async () => {
    expect(await valuesOf(order)).toEqual({
      contract_num: '771203',
      advertiser: 'POL/ Jane Roe / I / Mayor',
      gross_amount: '2000.00',
      flight_from: '2024-02-08',
      flight_to: '2024-02-14',
    });
  });

  it('are read where a name goes on in the next line', async () => {
    expect(await valuesOf(contract)).toEqual({
      contract_num: '5508812',
      advertiser: 'Citizens for Better Roads',
      gross_amount: '22820.00',
      flight_from: '2024-05-19',
      flight_to: '2024-05-25',
    });
  });

  it.each([
    [
      'touches the name',
      [
        [790, 180, 'Invoice Date'],
        [960, 180, '03/29/24'],
      ],
    ],
    [
      'is one word with the name’s last',
      [
        [750, 180, 'DemInvoice Date'],
        [960, 180, '03/29/24'],
      ],
    ],
  ] as const)('are read without a neighbour’s caption that %s', async (how, caption) => {
    const name = how.startsWith('is') ? 'POL/ Jane Roe For Mayor Of All/' : 'POL/ Jane Roe For Mayor Of All/ Dem';
    const placed = order.map((each): Placed => (each[2].startsWith('POL/') ? [430, 180, name] : each));
    expect(await valuesOf([...placed, ...caption])).toMatchObject({
      advertiser: 'POL/ Jane Roe For Mayor Of All/ Dem',
    });
  });

  it('keep a caption’s words at the end of a name behind which nothing stands', async () => {
    const placed = order.map(
      (each): Placed => (each[2].startsWith('POL/') ? [400, 180, 'Friends of the Sales Office'] : each),
    );
    expect(await valuesOf(placed)).toMatchObject({ advertiser: 'Friends of the Sales Office' });
  });

  it('are known as such, and read so where nobody says what they are', async () => {
    const pages = [pageOf(order)];
    expect(classify(pages).type).toBe('advertising-order');
    const { type, draft } = await extractAs('auto', pages, context);
    expect([type, draft['contract_num']?.value]).toEqual(['advertising-order', '771203']);
  });
});
