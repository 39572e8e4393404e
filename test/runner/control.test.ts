import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneOf } from '../../runner/control.ts';

const code = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

describe('a value in a list', () => {
  const lists = fc.uniqueArray(fc.string(), { minLength: 1 });

  it('is the entry that reads so', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (options, number) => {
        const place = number % options.length;
        expect(oneOf(options, options[place]!)).toBe(place);
      }),
    );
  });

  it('is no entry at all where none reads so, though one is chosen already', () => {
    fc.assert(
      fc.property(lists, fc.string(), (options, text) => {
        fc.pre(!options.includes(text));
        expect(code(() => oneOf(options, text))).toBe('option-missing');
      }),
    );
  });

  it('is for a person where two entries read so', () => {
    fc.assert(
      fc.property(lists, lists, fc.nat(), (before, after, number) => {
        const text = before[number % before.length]!;
        expect(code(() => oneOf([...before, ...after, text], text))).toBe('option-ambiguous');
      }),
    );
  });
});
