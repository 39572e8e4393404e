import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { extractPaper, openReaders, type Readers } from '#extractors';
import { drawLetter, makePdf, overlap } from './papers.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, log: silentLogger });
});
afterAll(() => readers.close());

const COMMENT = 'Pay only 500.00 — Grüße, Ada';

/** The letter with what people put on it, and what only looks so. */
const commented = () =>
  makePdf((pdf) => {
    drawLetter(pdf);
    pdf.note(400, 100, 30, 20, COMMENT);
    pdf.highlight(60, 200, 200, 14);
    pdf.annotate(60, 230, 200, 14, { Contents: 'unjustified', ...{ Subtype: 'StrikeOut', F: 4 } });
    pdf.annotate(60, 250, 200, 14, { Contents: 'hidden', ...{ Subtype: 'Text', F: 2 } });
    pdf.link(60, 270, 200, 14, 'https://example.com');
  });

describe('comments on a PDF', () => {
  it('are notes of their page, none of its words, and a person hears of them', async () => {
    const { pages, text, doubts } = await readers.read(await commented());
    expect(pages[0]!.notes!.map((note) => note.text)).toEqual([COMMENT, 'unjustified']);
    expect(overlap(pages[0]!.notes![0]!, { x0: 800, y0: 200, x1: 860, y1: 240 })).toBeGreaterThan(0.9);
    expect(text).not.toContain('500.00');
    expect(text).toBe((await readers.read(await makePdf(drawLetter))).text);
    expect(doubts).toEqual(['commented']);
  });

  it('are no values', async () => {
    const { extracted } = await extractPaper(readers, await commented(), 'invoice');
    expect(JSON.stringify(extracted.draft)).not.toContain('500.00');
  });

  it('bring the paper before a person where they are too long to be shown', async () => {
    const long = await makePdf((pdf) => drawLetter(pdf.note(400, 100, 30, 20, 'Do not pay. '.repeat(5_000))));
    const { pages, doubts } = await readers.read(long);
    expect(pages[0]!.notes).toMatchObject([{ text: '' }]);
    expect(doubts).toEqual(['commented']);
  });

  it('leave no doubt where there are none', async () => {
    const { pages, doubts } = await readers.read(await makePdf((pdf) => drawLetter(pdf.highlight(60, 80, 200, 14))));
    expect(pages[0]).not.toHaveProperty('notes');
    expect(doubts).toEqual([]);
  });
});
