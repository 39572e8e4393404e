import { describe, expect, it } from 'vitest';
import { knownRecord, type Look } from '#runner';
import { delivery } from '../../bots/delivery-note/delivery.ts';
import { TODAY } from '../support/bench.ts';

const RIGHT = {
  ...{ vendor: '70101', delivery_note_number: 'LS-1', delivery_date: TODAY, order_number: null },
  ...{ parcels: '3', total_quantity: '12.5' },
};

describe('a delivery', () => {
  const broken = (changes: Partial<typeof RIGHT>) =>
    delivery.rules.flatMap(({ code, fails }) => (fails({ ...RIGHT, ...changes }, TODAY) ? [code] : []));

  it('was delivered today at the latest', () => {
    expect(broken({})).toEqual([]);
    expect(broken({ delivery_date: '2026-04-01' })).toEqual(['date-implausible']);
  });

  it.each([
    ['half a parcel', { parcels: '1.5' }],
    ['parcels that nobody counts', { parcels: '1000000' }],
    ['less than nothing', { total_quantity: '-1' }],
    ['more decimals than the application keeps', { total_quantity: '0.1295' }],
  ])('is not %s', (_, changes) => {
    expect(delivery.schema.safeParse({ ...RIGHT, ...changes }).success).toBe(false);
  });

  it('is received once', async () => {
    const [check] = delivery.checks;
    const fails = (there: string | null) => check?.fails(RIGHT, (async () => there) as Look, knownRecord(RIGHT));
    expect(await fails(null)).toBeUndefined();
    expect(await fails('GR-000007')).toContain('GR-000007');
  });
});
