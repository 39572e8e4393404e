import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toJson, toJsonOrNull } from '../../store/json.ts';

/** JSON knows no negative zero: it is written as the zero it equals. */
const plainValue = fc.jsonValue({ noUnicodeString: false }).map((value): unknown => JSON.parse(JSON.stringify(value)));

it('writes any plain value so that it reads back as it was', () => {
  fc.assert(
    fc.property(plainValue, (value) => {
      expect(JSON.parse(toJson(value))).toEqual(value);
    }),
  );
});

it('leaves out what is undefined in an object, as reading it gives undefined', () => {
  expect(toJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

it('writes nothing for nothing, and null for null', () => {
  expect(toJsonOrNull(undefined)).toBeNull();
  expect(toJsonOrNull(null)).toBe('null');
});

class Money {
  readonly cents = 1;
}

it.each([
  ['a date', { at: new Date(0) }, 'Date at "at"'],
  ['a class', { total: new Money() }, 'Money at "total"'],
  ['a set', [new Set()], 'Set at "0"'],
  ['infinity', { n: Number.POSITIVE_INFINITY }, 'number at "n"'],
  ['a big integer', { n: 1n }, 'bigint at "n"'],
  ['a symbol', { s: Symbol('s') }, 'symbol at "s"'],
  ['a hole', [undefined], 'undefined at "0"'],
  ['an own toJSON', { toJSON: () => 1 }, 'function at "toJSON"'],
  ['undefined', undefined, 'undefined'],
])('refuses %s, naming the place and not the value', (_name, value, message) => {
  expect(() => toJson(value)).toThrow(message);
});
