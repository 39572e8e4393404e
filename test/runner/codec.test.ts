import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Codec, date, decimal, money, optional, text } from '#runner';

const digits = (max: number) => fc.bigInt({ min: 0n, max: 10n ** BigInt(max) - 1n }).map(String);
const amount = fc
  .tuple(fc.boolean(), digits(12), fc.integer({ min: 0, max: 99 }))
  .map(([minus, whole, cents]) => `${minus ? '-' : ''}${whole}.${String(cents).padStart(2, '0')}`)
  .filter((value) => value !== '-0.00');
const number = fc
  .tuple(fc.boolean(), digits(9), digits(4))
  .map(([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}.${fraction}`.replace(/\.?0*$/, ''))
  .filter((value) => /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(value) && value !== '-0');
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((time) => time.toISOString().slice(0, 10));
const words = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\s\u00a0]+/g, ' ').trim());

const CODECS: readonly [string, Codec<string>, fc.Arbitrary<string>][] = [
  ...(['1.234,50', '1234,50', '1,234.50', '1234.50'] as const).map(
    (pattern) => [`money ${pattern}`, money(pattern), amount] as [string, Codec<string>, fc.Arbitrary<string>],
  ),
  ...(['dd.mm.yyyy', 'mm/dd/yyyy', 'dd/mm/yyyy', 'mm-dd-yyyy', 'yyyy-mm-dd'] as const).map(
    (pattern) => [`date ${pattern}`, date(pattern), day] as [string, Codec<string>, fc.Arbitrary<string>],
  ),
  ['decimal ,', decimal(','), number],
  ['decimal .', decimal('.'), number],
  ['text', text, words],
];

describe.each(CODECS)('%s', (_, codec, values) => {
  it('reads back what it wrote', () => {
    fc.assert(fc.property(values, (value) => codec.parse(codec.print(value)) === value));
  });

  it('reads what it wrote between the spaces of an old page', () => {
    fc.assert(fc.property(values, (value) => codec.parse(`\u00a0 ${codec.print(value)}\n`) === value));
  });

  it('never throws at what a page shows, and reads again what it made of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (shown) => {
        const value = codec.parse(shown);
        if (value !== undefined) expect(codec.parse(codec.print(value))).toBe(value);
      }),
    );
  });

  it('takes an empty field for nothing where the value may be missing', () => {
    const maybe = optional(codec);
    const filled = fc.oneof(
      fc.constant(null),
      values.filter((value) => value !== ''),
    );
    fc.assert(fc.property(filled, (value) => maybe.parse(maybe.print(value)) === value));
    expect(maybe.parse('\u00a0')).toBeNull();
  });
});

describe('what can mean nothing', () => {
  it.each<[string, Codec<string>, string]>([
    ['an amount in another country’s writing', money('1.234,50'), '1,234.50'],
    ['groups of other than three digits', money('1.234,50'), '12.34,00'],
    ['a point where thousands are not grouped', money('1234,50'), '1.234,50'],
    ['three decimals of money', money('1.234,50'), '1,234'],
    ['an amount with its currency', money('1.234,50'), '12,00 EUR'],
    ['half a group', decimal(','), '1.2500'],
    ['a word', decimal('.'), 'many'],
    ['a day no calendar has', date('dd.mm.yyyy'), '31.02.2026'],
    ['a day with its time', date('dd.mm.yyyy'), '31.03.2026 17:02'],
    ['a day and something', date('dd.mm.yyyy'), '31.03.2026.1'],
    ['the month before the day', date('dd/mm/yyyy'), '03/31/2026'],
    ['a year of two digits', date('mm/dd/yyyy'), '03/31/26'],
  ])('%s', (_, codec, shown) => {
    expect(codec.parse(shown)).toBeUndefined();
    expect(optional(codec).parse(shown)).toBeUndefined();
  });

  it.each<[Codec<string>, string, string]>([
    [money('1.234,50'), '1234,5', '1234.50'],
    [money('1.234,50'), '007', '7.00'],
    [money('1.234,50'), '-0,00', '0.00'],
    [decimal(','), '1.250,000', '1250'],
    [decimal(','), '12,500', '12.5'],
    [decimal('.'), '1,250', '1250'],
    [date('dd.mm.yyyy'), '1.3.2026', '2026-03-01'],
    [text, ' a\u00a0 b\n', 'a b'],
  ])('is not %#', (codec, shown, value) => {
    expect(codec.parse(shown)).toBe(value);
  });

  it('is refused where an amount is to be written that is none', () => {
    expect(() => money('1.234,50').print('12')).toThrow(RangeError);
  });
});
