import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders } from '#extractors';
import { countPages, setPages } from '../../../extractors/readers/plainText.ts';
import { makePdf } from './papers.ts';

const wordsOf = (text: string) => setPages(text, 'test').flatMap(({ page }) => page.words.map((word) => word.text));

describe('pages of typed text', () => {
  it('are counted as they are set, and have every word once and in order', () => {
    const parts = fc.constantFrom('word', '12,50', 'ö', '👍', ' ', '\t', '\n', '\r\n', '\r', '\f', '\n'.repeat(61));
    fc.assert(
      fc.property(fc.array(parts), (some) => {
        const text = some.join('');
        expect(countPages(text)).toBe(setPages(text, 'test').length);
        expect(wordsOf(text)).toEqual(text.match(/\S+/gu) ?? []);
      }),
    );
  });

  it('end with sixty lines, at a form feed, and where what is no print would have no end', () => {
    expect(countPages('line\n'.repeat(60))).toBe(1);
    expect(countPages('line\n'.repeat(61))).toBe(2);
    expect(countPages('one\ftwo\f')).toBe(3);
    expect(countPages('')).toBe(1);
    const lines = Array.from({ length: 60 }, () => 'x'.repeat(160)).join('\n');
    expect(countPages(lines)).toBe(1);
    const endless = 'ab '.repeat(30_000);
    expect(countPages(endless)).toBe(10);
    expect(wordsOf(endless).join('')).toBe('ab'.repeat(30_000));
    const pairs = '👍'.repeat(12_001);
    expect(wordsOf(pairs).every((word) => word.isWellFormed())).toBe(true);
  });
});

describe('a line of more letters than a page has', () => {
  it.each([4_994, 4_996, 4_998, 4_999, 5_000])('does not cut an amount that begins after %i letters', (before) => {
    const words = ['x'.repeat(before % 4_000), 'y'.repeat(before - (before % 4_000) - 2)];
    const text = `${words.join(' ')} 1234.50 ${'z '.repeat(4_000)}`;
    expect(text.indexOf('1234.50')).toBe(before);
    expect(wordsOf(text)).toContain('1234.50');
    expect(wordsOf(text).join(' ') === text.trim()).toBe(true);
  });
});

describe('a text of many megabytes', () => {
  const text = Buffer.alloc(10_000_000, 'a word or two\n');

  it('costs nothing but itself: the PDF that it is attached to is read', async () => {
    const readers = openReaders({ workers: 1, log: silentLogger });
    const bytes = await makePdf((pdf) => void pdf.text('Hours: 7').file(text, { name: 'log.txt' }));
    const { pages, doubts } = await readers.read(bytes);
    expect(pages).toHaveLength(1);
    expect(pages[0]!.words.map((word) => word.text)).toContain('Hours:');
    expect(doubts).toEqual(['attachment-unread']);
    await readers.close();
  });

  it('is refused for its pages, before it takes the memory of its words', async () => {
    const readers = openReaders({ workers: 1, log: silentLogger });
    await expect(readers.read(text)).rejects.toMatchObject({ kind: 'too-large', limit: { of: 'pages', most: 200 } });
    await expect(readers.renderPage(text, 1)).rejects.toMatchObject({ limit: { of: 'pages' } });
    await readers.close();
  });
});

describe('a web page of many megabytes', () => {
  it('says that it is not all there', async () => {
    const readers = openReaders({ workers: 1, log: silentLogger });
    const page = (letters: number) => Buffer.from(`<html><p>Total: 12.50</p><!-- ${'x'.repeat(letters)} --></html>`);
    expect((await readers.read(page(1_000))).doubts).toEqual([]);
    const { pages, doubts } = await readers.read(page(6_000_000));
    expect(pages[0]!.words.map((word) => word.text)).toEqual(['Total:', '12.50']);
    expect(doubts).toEqual(['cut-short']);
    await readers.close();
  });
});
