import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders } from '#extractors';
import { loadDocument, openPdfium, openScratch } from '../../../extractors/readers/pdfium.ts';
import { filesWithin, holdsFiles } from '../../../extractors/readers/pdfiumFiles.ts';
import { openPdfJs } from '../../../extractors/readers/pdfJs.ts';
import { pagesSearched, speaksOfPinnedFiles } from '../../../extractors/readers/pinnedFiles.ts';
import { drawLetter, makePdf, pin, rawPdf } from './papers.ts';

function pack(stream: Buffer): Buffer {
  const head = `<< /Type /ObjStm /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream')]);
}

describe('whether a PDF speaks of files pinned to its pages', () => {
  it('is seen where it says so, in the open or packed', async () => {
    expect(speaksOfPinnedFiles(await makePdf(drawLetter))).toBe(false);
    const pinned = await makePdf((pdf) => pin(pdf, 'x'));
    expect(speaksOfPinnedFiles(pinned)).toBe(true);
    const packed = (text: string) => rawPdf([pack(deflateSync(text))]);
    expect(speaksOfPinnedFiles(packed('<< /Subtype /FileAttachment >>'))).toBe(true);
    expect(speaksOfPinnedFiles(packed('<< /Subtype /Highlight >>'))).toBe(false);
  });

  it('is told of one that is protected, whose names are not encrypted', async () => {
    const guard = { ownerPassword: 'owner', permissions: { modifying: false } };
    expect(speaksOfPinnedFiles(await makePdf(drawLetter, guard))).toBe(false);
    expect(speaksOfPinnedFiles(await makePdf((pdf) => pin(pdf, 'x'), guard))).toBe(true);
  });

  it('cannot be told of packs that are encrypted, or together larger than is unpacked', () => {
    const lines = Buffer.alloc(20_000_000, '<< /Subtype /Highlight >>');
    const packs = (count: number) => rawPdf(Array.from({ length: count }, () => pack(deflateSync(lines))));
    expect(speaksOfPinnedFiles(rawPdf([pack(Buffer.from('encrypted'))]))).toBeUndefined();
    expect(speaksOfPinnedFiles(packs(2))).toBe(false);
    expect(speaksOfPinnedFiles(packs(3))).toBeUndefined();
  });

  it('cannot be told of more packs than are opened, however little is in them', () => {
    const nothing = deflateSync('');
    const packs = (count: number) => rawPdf(Array.from({ length: count }, () => pack(nothing)));
    expect(speaksOfPinnedFiles(packs(5_000))).toBe(false);
    expect(speaksOfPinnedFiles(packs(5_001))).toBeUndefined();
  });

  it('is looked for once in a pack, however often it says that it is one', () => {
    const lines = pack(deflateSync(Buffer.alloc(20_000_000, '<< /Subtype /Highlight >>')));
    expect(speaksOfPinnedFiles(rawPdf([`% ${'/ObjStm '.repeat(1_000)}`, lines]))).toBe(false);
  });

  it('is answered for whatever bytes come', () => {
    const bytes = fc.array(fc.constantFrom('/ObjStm', 'stream', '\r\n', 'endstream', '/', 'x', '\0'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(bytes, (parts) => {
        const file = Buffer.from(parts.join(''));
        expect(speaksOfPinnedFiles(file)).toBe(parts.join('').includes('/ObjStm') ? undefined : false);
      }),
    );
  });
});

describe('a PDF of which it cannot be told', () => {
  /** Of these pages one has a file pinned to it; what is packed beside them cannot be unpacked, nor does it say so in the open. */
  function locked(pages: number, pinnedTo: number): Buffer {
    const kids = Array.from({ length: pages }, (_, at) => `${at + 7} 0 R`).join(' ');
    return rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`,
      '<< /Type /Annot /Subtype /File#41ttachment /Rect [10 10 30 30] /FS 4 0 R >>',
      '<< /Type /Filespec /F (hours.txt) /EF << /F 5 0 R >> >>',
      '<< /Type /EmbeddedFile /Length 8 >>\nstream\nHours: 7\nendstream',
      pack(Buffer.from('encrypted')),
      ...Array.from({ length: pages }, (_, at) => {
        const pins = at + 1 === pinnedTo ? '/Annots [3 0 R]' : '';
        return `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] ${pins} >>`;
      }),
    ]);
  }

  it('has its first twenty pages searched, however many there are', async () => {
    const pdfium = await openPdfium();
    const scratch = openScratch(pdfium);
    const search = (bytes: Uint8Array) => {
      let loaded = 0;
      const counting = {
        ...pdfium,
        FPDF_LoadPage(document: number, index: number) {
          loaded++;
          return pdfium.FPDF_LoadPage(document, index);
        },
      };
      const document = loadDocument(pdfium, scratch, bytes);
      const opened = {
        pdfium: counting,
        scratch,
        document,
        cells: scratch.take(24),
        pagesSearched: pagesSearched(bytes),
      };
      const files = filesWithin(opened).map((file) => file && Buffer.from(file).toString());
      const holds = holdsFiles(opened);
      pdfium.FPDF_CloseDocument(document);
      return { files, holds, loaded };
    };
    expect(search(locked(150, 20))).toEqual({ files: ['Hours: 7'], holds: true, loaded: 40 });
    expect(search(locked(150, 21))).toEqual({ files: [], holds: false, loaded: 40 });
    expect(search(locked(3, 4))).toEqual({ files: [], holds: false, loaded: 6 });
    scratch.free();
  });

  it('says of a file pinned to a later page that it is not read', async () => {
    const readers = openReaders({ workers: 1, log: silentLogger });
    const doubtsOf = async (bytes: Uint8Array) => (await readers.read(bytes)).doubts;
    expect(await doubtsOf(locked(22, 22))).toEqual(['attachment-unread']);
    expect(await doubtsOf(locked(22, 20))).toEqual([]);
    expect(await doubtsOf(locked(22, 23))).toEqual([]);
    await readers.close();
  });

  it('is bounded in the same way where only pdf.js opens it', async () => {
    const search = async (bytes: Uint8Array, number: number) => {
      const pdf = await openPdfJs(bytes);
      const files = (await pdf.files()).map((file) => file && Buffer.from(file).toString());
      const { keepsFile } = await pdf.readPage(number);
      await pdf.close();
      return { files, keepsFile };
    };
    expect(await search(locked(22, 20), 20)).toEqual({ files: ['Hours: 7'], keepsFile: false });
    expect(await search(locked(22, 21), 21)).toEqual({ files: [], keepsFile: true });
    expect(await search(locked(22, 21), 22)).toEqual({ files: [], keepsFile: false });
  });

  it('says so of a page that pdfium cannot find and pdf.js can', async () => {
    /** As the table of contents has it, the page's object begins within another one. */
    const misplaced = (bytes: Buffer, page: number) => {
      const [file, object] = [bytes.toString('latin1'), page + 6];
      const row = `${String(file.indexOf(`\n${object} 0 obj`) + 1).padStart(10, '0')} 00000 n`;
      expect(file.split(row)).toHaveLength(2);
      return Buffer.from(file.replace(row, '0000000012 00000 n'), 'latin1');
    };
    const readers = openReaders({ workers: 1, log: silentLogger });
    const doubtsOf = async (bytes: Uint8Array) => (await readers.read(bytes)).doubts;
    expect(await doubtsOf(misplaced(locked(22, 22), 22))).toEqual(['attachment-unread']);
    expect(await doubtsOf(misplaced(locked(3, 3), 3))).toEqual(['attachment-unread']);
    expect(await doubtsOf(misplaced(locked(22, 23), 22))).toEqual([]);
    await readers.close();
  });
});
