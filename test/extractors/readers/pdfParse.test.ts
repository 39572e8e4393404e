import { PDFParse } from 'pdf-parse';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { makeBatch } from '#demo';
import { openReaders } from '#extractors';

/** Words of a text, whatever its order: readers order a page in their own ways. */
function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean).toSorted();
}

describe('the text layer of a PDF', () => {
  it('gives the words that pdf-parse sees', async () => {
    const readers = openReaders({ workers: 1, log: silentLogger });
    try {
      let compared = 0;
      for await (const { bytes, how } of makeBatch({ seed: 'pdf-parse', count: 10 })) {
        if (how.medium !== 'digital') continue;
        const parser = new PDFParse({ data: bytes.slice() });
        const { text } = await parser.getText({ pageJoiner: '' });
        await parser.destroy();
        expect(wordsOf((await readers.read(bytes)).text)).toEqual(wordsOf(text));
        compared++;
      }
      expect(compared).toBeGreaterThan(3);
    } finally {
      await readers.close();
    }
  });
});
