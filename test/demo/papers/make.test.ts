import { createHash } from 'node:crypto';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  INVOICE_LAYOUTS,
  type MadePaper,
  makeBatch,
  makeJunk,
  NOTE_LAYOUTS,
  planBatch,
} from '../../../demo/papers/index.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function openPdf(bytes: Uint8Array) {
  return await getDocument({ data: bytes.slice(), isEvalSupported: false, verbosity: 0 }).promise;
}

/** Without spaces: where a line broke does not matter. Nor does which of the two signs for micro was taken. */
const squeezed = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

async function squeezedText(bytes: Uint8Array): Promise<string> {
  const document = await openPdf(bytes);
  let text = '';
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  await document.destroy();
  return squeezed(text);
}

describe('what is printed', () => {
  const plans = planBatch({ seed: 'printed', count: 130 });
  test.each([...INVOICE_LAYOUTS, ...NOTE_LAYOUTS])('carries the truth as text: %s', async (layout) => {
    const chosen = plans.filter(({ how }) => how.layout === layout).slice(0, 4);
    expect(chosen.length).toBeGreaterThan(0);
    for (const plan of chosen) {
      const text = await squeezedText(await plan.drawPdf());
      for (const [field, printed] of Object.entries(plan.how.printed)) {
        expect.soft(text, `${field} of ${plan.name}`).toContain(squeezed(printed));
      }
      for (const item of plan.truth.items) expect.soft(text).toContain(squeezed(item.description));
    }
  });

  test('stays inside the page, on as many pages as it takes', async () => {
    const long = plans.filter(({ truth }) => truth.items.length > 25);
    expect(long.length).toBeGreaterThan(0);
    for (const plan of long) {
      const document = await openPdf(await plan.drawPdf());
      expect(document.numPages).toBeGreaterThanOrEqual(plan.how.layout === 'utility' ? 2 : 1);
      for (let number = 1; number <= document.numPages; number++) {
        const page = await document.getPage(number);
        const [, , width, height] = page.view as [number, number, number, number];
        for (const item of (await page.getTextContent()).items) {
          if (!('str' in item) || item.str.trim() === '') continue;
          const [x, y] = [item.transform[4] as number, item.transform[5] as number];
          expect(
            x >= 0 && x + item.width <= width + 1 && y >= 10 && y <= height - 8,
            `${plan.how.layout}: ${item.str}`,
          ).toBe(true);
        }
      }
      await document.destroy();
    }
  });

  test('a photograph was taken only of papers of one page', async () => {
    for (const plan of plans.filter(({ how }) => how.medium === 'photo')) {
      const document = await openPdf(await plan.drawPdf());
      expect([plan.how.layout, document.numPages]).toEqual([plan.how.layout, 1]);
      await document.destroy();
    }
  });
});

describe('a made batch', async () => {
  const papers: MadePaper[] = [];
  for await (const paper of makeBatch({ seed: 'made', count: 6 })) papers.push(paper);

  test('is the same bytes for the same seed', { timeout: 60_000 }, async () => {
    const again: string[] = [];
    for await (const { bytes } of makeBatch({ seed: 'made', count: 6 })) again.push(sha256(bytes));
    expect(again).toEqual(papers.map(({ bytes }) => sha256(bytes)));
  });

  test('has text on digital papers only', async () => {
    for (const { bytes, how } of papers.filter(({ mime }) => mime === 'application/pdf')) {
      const text = await squeezedText(bytes);
      if (how.medium === 'digital') expect(text.length).toBeGreaterThan(200);
      else expect(text).toBe('');
    }
    expect(new Set(papers.map(({ how }) => how.medium)).size).toBe(3);
  });

  test('has photographs in the size and turned as stated', async () => {
    const photos = papers.filter(({ how }) => how.medium === 'photo');
    for (const { bytes, how } of photos) {
      const { format, width } = await sharp(bytes).metadata();
      const stated = how.damage?.kind === 'photo' ? how.damage : null;
      expect(format).toBe('jpeg');
      expect(width).toBe(stated!.rotation % 180 === 0 ? stated!.width : Math.round((stated!.width * 4) / 3));
    }
    expect(photos.length).toBeGreaterThan(0);
  });

  test('gives what was planned, in order', () => {
    const planned = planBatch({ seed: 'made', count: 6 }).map(({ name, truth, how }) => ({ name, truth, how }));
    expect(papers.map(({ name, truth, how }) => ({ name, truth, how }))).toEqual(planned);
  });
});

describe('junk', async () => {
  const junk = await makeJunk(3);
  const bytesOf = (what: string) => junk.find(({ truth }) => truth.what === what)!.bytes;

  test('is the same bytes for the same seed', async () => {
    expect((await makeJunk(3)).map(({ bytes }) => sha256(bytes))).toEqual(junk.map(({ bytes }) => sha256(bytes)));
  });

  test.each(['letter', 'advert'])('a readable %s that is no invoice', async (what) => {
    const text = await squeezedText(bytesOf(what));
    expect(text.length).toBeGreaterThan(150);
    expect(text).not.toMatch(/invoice|IBAN|total/i);
  });

  test('files no reader can open', async () => {
    expect(bytesOf('empty')).toHaveLength(0);
    await expect(openPdf(bytesOf('encrypted'))).rejects.toMatchObject({ name: 'PasswordException' });
    await expect(openPdf(bytesOf('not-a-document'))).rejects.toMatchObject({ name: 'InvalidPDFException' });
    expect(Buffer.from(bytesOf('truncated')).includes('%%EOF')).toBe(false);
  });

  test('a small file that claims ten thousand pages', async () => {
    const document = await openPdf(bytesOf('too-many-pages'));
    expect(document.numPages).toBe(10_000);
    await document.destroy();
  });
});
