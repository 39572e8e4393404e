import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inCaseOf, misreading, wordList } from '../../../extractors/fields/spelling.ts';

const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);

describe('misreading', () => {
  it('is nothing between the same words, whatever their case', () => {
    fc.assert(fc.property(word, (text) => misreading(text, text.toUpperCase()) === 0));
  });

  it('is the same both ways', () => {
    fc.assert(fc.property(word, word, (a, b) => Math.abs(misreading(a, b) - misreading(b, a)) < 1e-9));
  });

  it('is at most one for each sign', () => {
    fc.assert(fc.property(word, word, (a, b) => misreading(a, b) <= Math.max(a.length, b.length)));
  });

  it.each([
    ['RESTAURAMT', 'RESTAURANT', 0.5],
    ['5OUTH', 'SOUTH', 0.5],
    ['rnarket', 'market', 0.6],
    ['maiket', 'market', 1],
  ])('reads %s for %s', (read, meant, cost) => {
    expect(misreading(read, meant)).toBeCloseTo(cost);
  });
});

describe('a word list', () => {
  const list = wordList(['street', 'strand', 'market', 'road', 'no']);

  it('knows its words in any case', () => {
    expect(list.has('Street')).toBe(true);
    expect(list.nearest('MARKET')).toBe('market');
  });

  it('finds the one word that was meant', () => {
    expect(list.nearest('Stneet')).toBe('street');
    expect(list.nearest('R0AD')).toBe('road');
  });

  it.each(['nu', 'bread', 'strrnd', 'castle'])('leaves alone %s, which may be another word', (text) => {
    expect(wordList(['no', 'strend', 'strand', 'road']).nearest(text)).toBeNull();
  });

  it('gives only words of its own', () => {
    const words = ['street', 'strand', 'market', 'road', 'no'];
    fc.assert(fc.property(word, (text) => [null, ...words].includes(list.nearest(text))));
  });
});

it('writes the meant word as the one read was written', () => {
  expect(inCaseOf('STNEET', 'street')).toBe('STREET');
  expect(inCaseOf('Stneet', 'street')).toBe('Street');
  expect(inCaseOf('stneet', 'street')).toBe('street');
});
