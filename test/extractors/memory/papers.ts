import type { Page } from '#core';
import { type Placed, pageOf } from '../paper.ts';

export interface Bill {
  readonly number: string;
  readonly date: string;
  readonly client: string;
  readonly rows: readonly (readonly [goods: string, amount: string])[];
  readonly total: string;
  readonly paid: string;
}

export const FIRST: Bill = {
  ...{ number: 'K-7741', date: '14/05/2026', client: 'Harbour Mills', total: '420.00', paid: '20.00' },
  rows: [['Copper pipe', '420.00']],
};

export const SECOND: Bill = {
  ...{ number: 'K-7802', date: '03/06/2026', client: 'Elm Street Bakery Company', total: '155.50', paid: '5.50' },
  rows: [
    ['Valves', '100.00'],
    ['Fittings and seals', '55.50'],
  ],
};

/** A sender's paper with labels of its own, right aligned amounts and a table of any length; other values move its parts. */
export function billOf({ number, date, client, rows, total, paid }: Bill, source: Page['source'] = 'text'): Page {
  const right = (text: string, edge: number) => edge - text.length * 10;
  const foot = 560 + rows.length * 30;
  const placed: Placed[] = [
    [80, 60, 'Northgate Plumbing Supplies Limited'],
    [80, 90, 'Quayside Works, Tynemouth'],
    [80, 240, 'Our docket'],
    [320, 240, number],
    [80, 270, 'Sent out on'],
    [320, 270, date],
    [80, 300, 'For account of'],
    [320, 300, client],
    [700, 240, 'Depot'],
    [900, 240, 'Tynemouth'],
    [80, 500, 'Goods delivered'],
    [1000, 500, 'Worth'],
    ...rows.flatMap(([goods, amount], i): Placed[] => [
      [80, 530 + i * 30, goods],
      [right(amount, 1100), 530 + i * 30, amount],
    ]),
    [700, foot, 'Settle this sum'],
    [right(total, 1100), foot, total],
    [700, foot + 30, 'Received on account'],
    [right(paid, 1100), foot + 30, paid],
    [80, 1600, 'Northgate Plumbing Supplies is registered in England and delivers to trade customers only'],
  ];
  return pageOf(placed, source);
}

/** Another sender's paper. */
export function strangersPaper(): Page {
  return pageOf([
    [600, 60, 'Golden Wheat Catering'],
    [600, 90, 'Station Parade, Leamington'],
    [120, 300, 'Statement for the month'],
    [120, 340, 'Reference'],
    [400, 340, 'GW 5518'],
    [120, 380, 'Lunches served'],
    [800, 380, '310.00'],
    [120, 420, 'Kindly pay within fourteen days to our usual bank'],
  ]);
}
