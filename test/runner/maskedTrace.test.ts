import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedAddress, maskedSelector, withoutValues } from '../../runner/browser/maskedTrace.ts';

describe('a selector in a trace', () => {
  it.each([
    ['[name="f3"]', '[name="f3"]'],
    ['tr > td:first-child > a >> nth=12', 'tr > td:first-child > a >> nth=12'],
    ['internal:text="Meier GmbH"s', 'internal:text=…'],
    ['internal:role=link[name="70101"s]', 'internal:role=link…'],
    [
      'frame[name="main"] >> internal:control=enter-frame >> [name=b1]',
      'frame[name="main"] >> internal:control=… >> [name=b1]',
    ],
    ['a[href="voucher.asp?n=2003-000017"]', 'a[href="…"]'],
    ['xpath=//td[.="Net"]/following-sibling::td[1]', 'xpath=//td[.="…"]/following-sibling::td[1]'],
    ['internal:has-text="Konto >> Meier Privat"i', 'internal:has-text=…'],
    ['role=link[name="Meier"]', 'role=link…'],
    ['text=Meier Privat', 'text=…'],
    ['text="Meier Privat"', 'text=…'],
    ['tr:has-text("Meier \\"Bau\\" GmbH")', 'tr:has-text("…")'],
    ['[value="DE89 3704 0044 0532 0130 00"]', '[value="…"]'],
    ['[value=Meier] >> nth=0', '[value=…] >> nth=0'],
    ['[name="Meier Privat"]', '[name="…"]'],
    ['td:text-is("Meier', 'td:text-is(…'],
  ])('%s says %s', (selector, masked) => {
    expect(maskedSelector(selector)).toBe(masked);
  });

  it('never says a word that was looked for on the page', () => {
    const word = fc.stringMatching(/^[A-Za-zÄ-ü0-9 .-]{4,20}$/);
    fc.assert(
      fc.property(word, fc.constantFrom('text', 'has-text', 'label', 'attr', 'has'), (text, engine) => {
        expect(maskedSelector(`form >> internal:${engine}=${JSON.stringify(text)}i >> nth=0`)).toBe(
          `form >> internal:${engine}=… >> nth=0`,
        );
      }),
    );
  });
});

it('no selector in a trace says what is quoted in it, however it is written', () => {
  const inner = fc.stringMatching(/^[A-Z]{5}$/);
  const [odd, before] = [
    fc.constantFrom('', ' >> ', "'", '\\"', '"', ' ', ']', ')'),
    fc.constantFrom('', 'td >> ', '[name="f1"] >> '),
  ];
  const written = fc.constantFrom<(text: string) => string>(
    (text) => `internal:has-text="${text}"i`,
    (text) => `text="${text}"`,
    (text) => `tr:has-text("${text}")`,
    (text) => `role=link[name="${text}"s]`,
    (text) => `[value="${text}"] >> td`,
    (text) => `xpath=//td[.="${text}"]`,
    (text) => `css=td:text-is("${text}") >> internal:has="td"`,
  );
  fc.assert(
    fc.property(before, written, inner, odd, inner, (frame, write, one, sign, other) => {
      const masked = maskedSelector(frame + write(`${one}${sign}${other}`));
      expect(masked).not.toContain(one);
      if (sign !== '"') expect(masked).not.toContain(other);
    }),
  );
});

it('an address in a trace says neither who asks nor for what', () => {
  expect(maskedAddress('http://bot:secret@app:81/list/20030017/show.asp?s1=Meier#x')).toBe(
    'http://app:81/list/…/show.asp',
  );
  expect(maskedAddress('http://app/suppliers/M%C3%BCller%20GmbH/edit')).toBe('http://app/suppliers/…/edit');
  expect(maskedAddress('http://app/suppliers/Müller/edit')).toBe('http://app/suppliers/…/edit');
  expect(maskedAddress('about:blank')).toBe('about:blank');
  expect(maskedAddress('javascript')).toBe('…');
});

it('no known value is left in a text, in any case', () => {
  const value = fc.string({ minLength: 3 });
  fc.assert(
    fc.property(fc.string(), value, fc.string(), (before, known, after) => {
      fc.pre(!known.includes('…'));
      const text = withoutValues(before + known + after, [known, 'ab']);
      expect(text.toLowerCase().includes(known.toLowerCase())).toBe(false);
    }),
  );
});
