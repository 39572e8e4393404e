import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTextPdf } from '../../../extractors/readers/pdfText.ts';
import { isCutShort, rebuildPdf } from '../../../extractors/readers/rebuildPdf.ts';
import { drawLetter, lettersRead, makePdf } from './papers.ts';

const PAGES = 5;

/** Five letters, a page each. */
const letters = (options: PDFKit.PDFDocumentOptions = {}) =>
  makePdf((pdf) => {
    for (let page = 1; page < PAGES; page++) {
      drawLetter(pdf);
      pdf.addPage();
    }
    drawLetter(pdf);
  }, options);

/** Pages of which at least nine words in ten can be read. */
async function pagesRead(bytes: Uint8Array, password?: string): Promise<number> {
  const pdf = await openTextPdf(bytes, password);
  try {
    let read = 0;
    for (let number = 1; number <= pdf.pages; number++) {
      const page = await pdf.readPage(number).catch(() => undefined);
      if (page && lettersRead(page.text) > 0.9) read++;
    }
    return read;
  } finally {
    await pdf.close();
  }
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const changed = (bytes: Uint8Array, change: (text: string) => string) => Buffer.from(change(latin1(bytes)), 'latin1');

const damages: [string, (text: string) => string][] = [
  ['junk before it', (text) => `HTTP/1.1 200 OK\r\n\r\n${text}`],
  ['no table of contents', (text) => text.slice(0, text.lastIndexOf('xref\n0'))],
  ['a table that points beside', (text) => text.replace(/startxref\n\d+/u, 'startxref\n17')],
  ['offsets that are all wrong', (text) => text.replace(/\d{10} 00000 n/gu, '0000000003 00000 n')],
  ['wrong lengths', (text) => text.replace(/\/Length \d+/gu, '/Length 3')],
  ['objects that do not end', (text) => text.replaceAll('endobj', '')],
  ['no page tree', (text) => text.replace(/\/Type \/Pages/gu, '/Type /Leaves').replace(/\/Kids \[[^\]]*\]/gu, '')],
  ['a page tree in a circle', (text) => text.replace(/\/Kids \[[^\]]*\]/u, '/Kids [1 0 R]')],
  ['no catalog', (text) => text.replaceAll('/Type /Catalog', '/Type /Brochure')],
];

describe('a damaged PDF', () => {
  it.each(damages)('with %s still gives its pages', async (_, damage) => {
    expect(await pagesRead(changed(await letters(), damage))).toBe(PAGES);
  });

  it('cut at every tenth of its length gives the pages it still holds', async () => {
    const whole = await letters();
    const read: number[] = [];
    for (let tenth = 1; tenth < 10; tenth++) {
      const cut = whole.subarray(0, (whole.length * tenth) / 10);
      expect(isCutShort(cut)).toBe(true);
      read.push(await pagesRead(cut).catch(() => 0));
    }
    expect(read).toEqual(read.toSorted((a, b) => a - b));
    expect(read[4]).toBeGreaterThanOrEqual(2);
    expect(read[8]).toBe(PAGES);
  });

  it('says that it was cut, and only then', async () => {
    const whole = await letters();
    const opened = await openTextPdf(whole);
    expect(opened.doubts).toEqual([]);
    await opened.close();
    const cut = await openTextPdf(whole.subarray(0, whole.length * 0.9));
    expect(cut.doubts).toEqual(['cut-short']);
    await cut.close();
  });

  it('that is encrypted opens with its password all the same', async () => {
    const secret = await letters({ userPassword: 'sesame', pdfVersion: '1.7' });
    const damaged = changed(secret, (text) => text.replace(/startxref\n\d+/u, 'startxref\n17'));
    await expect(pagesRead(damaged)).rejects.toMatchObject({ kind: 'password' });
    expect(await pagesRead(damaged, 'sesame')).toBe(PAGES);
  });

  it('gives the objects that are packed in streams', () => {
    const packed = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R >>',
    ];
    const places = [0, packed[0]!.length + 1, packed[0]!.length + packed[1]!.length + 2];
    const head = places.map((place, index) => `${index + 1} ${place}`).join(' ');
    const stream = deflateSync(`${head}\n${packed.join(' ')}`);
    const dictionary = `<< /Type /ObjStm /N 3 /First ${head.length + 1} /Filter /FlateDecode /Length ${stream.length} >>`;
    const file = Buffer.concat([
      Buffer.from(`%PDF-1.7\n9 0 obj\n${dictionary}\nstream\n`),
      stream,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
    expect(rebuildPdf(file)?.toString('latin1')).toMatch(/3 0 obj\n<< \/Type \/Page \/Parent 2 0 R >>/u);
  });

  it('may be anything without breaking the search', () => {
    const piece = fc.constantFrom(
      '1 0 obj',
      '2 0 obj',
      'endobj',
      'stream\n',
      'endstream',
      '<< /Type /Page >>',
      '/Type /ObjStm',
      '/First 9',
      '<<',
      '>>',
      '/Names [',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        rebuildPdf(Buffer.from(pieces.join('\n')));
      }),
    );
  });
});
