import { expect, it } from 'vitest';
import { textOfHtml } from '../../../extractors/readers/html.ts';

const TOTAL = 'Total 5.00';
const within = (depth: number) => `<html><body>${'<div>'.repeat(depth)}${TOTAL}${'</div>'.repeat(depth)}</body></html>`;
const after = (count: number) => `<html><body>${'<span>a </span>'.repeat(count)}<span>${TOTAL}</span></body></html>`;

it('is whole where each word of it is there', () => {
  expect(textOfHtml(within(100))).toEqual({ text: TOTAL, isWhole: true });
  const { text, isWhole } = textOfHtml(after(19_999));
  expect(text.endsWith(TOTAL)).toBe(true);
  expect(isWhole).toBe(true);
  expect(textOfHtml(`<p>&#xe000; ${TOTAL}...</p>`)).toEqual({ text: `\ue000 ${TOTAL}...`, isWhole: true });
});

it.each([
  ['in elements within elements without an end', within(205)],
  ['behind more elements than are read', after(20_000)],
  ['behind more elements than are read, beside the body', `${'<i></i>'.repeat(20_000)}<body>${TOTAL}</body>`],
  ['in a cell', `<table><tr><td>${within(205)}</td></tr></table>`],
])('is not whole where words stand %s, and nothing stands in their place', (_, html) => {
  const { text, isWhole } = textOfHtml(html);
  expect(isWhole).toBe(false);
  expect(text.replace(/[a\s]/gu, '')).toBe('');
});

it('leaves nothing out that a browser shows', () => {
  const parts = ['<p>before</p><body>inside</body><p>behind</p>', '<html><head><title>no</title><p>in the head</p>'];
  expect(textOfHtml(parts[0]!).text.split(/\s+/u)).toEqual(['before', 'inside', 'behind']);
  expect(textOfHtml(parts[1]!)).toEqual({ text: 'in the head', isWhole: true });
});
