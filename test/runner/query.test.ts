import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryOf } from '#runner';

const signs = (from: number, to: number) =>
  fc.string({ unit: fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code)) });
const fields = (texts: fc.Arbitrary<string>) => fc.dictionary(fc.stringMatching(/^[a-z]\w{0,5}$/), texts);

/** As a server reads it that knows no other character set. */
const asLatin1 = (query: string) =>
  query.split('&').flatMap((pair) => {
    const [name = '', value = ''] = pair
      .split('=')
      .map((part) => part.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
    return name === '' ? [] : [[name, value]];
  });

describe('the query of an address', () => {
  it('says in UTF-8 what it was given', () => {
    fc.assert(
      fc.property(fields(fc.string({ unit: 'grapheme' })), (given) => {
        expect([...new URLSearchParams(queryOf({ charset: 'utf-8' }, given))]).toEqual(Object.entries(given));
      }),
    );
  });

  it('says in ISO-8859-1 whatever that can hold', () => {
    fc.assert(
      fc.property(fields(fc.oneof(signs(0x20, 0x7e), signs(0xa0, 0xff))), (given) => {
        expect(asLatin1(queryOf({ charset: 'iso-8859-1' }, given))).toEqual(Object.entries(given));
      }),
    );
  });

  it('sends what ISO-8859-1 cannot hold as forms of such pages do', () => {
    expect(asLatin1(queryOf({ charset: 'iso-8859-1' }, { s1: 'Łódź 20 €' }))).toEqual([
      ['s1', '&#321;ód&#378; 20 \u0080'],
    ]);
  });

  it('sends the signs of windows-1252 as browsers do', () => {
    const signs = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at));
    const seen = [...signs].filter((sign) => sign > '\u009f');
    expect(seen).toHaveLength(27);
    for (const sign of seen) {
      const [byte] = asLatin1(queryOf({ charset: 'iso-8859-1' }, { s1: sign }))[0]!.slice(1);
      expect(new TextDecoder('windows-1252').decode(Uint8Array.of(byte!.charCodeAt(0)))).toBe(sign);
    }
  });

  it('takes half a sign for one that is unknown', () => {
    expect(queryOf({ charset: 'utf-8' }, { s1: 'a\ud800b' })).toBe('s1=a%EF%BF%BDb');
    expect(queryOf({ charset: 'iso-8859-1' }, { s1: 'a\ud800b' })).toBe('s1=a%26%2365533%3bb');
  });
});
