import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayPinFiles } from '../../../extractors/readers/pinnedFiles.ts';
import { drawLetter, makePdf, pin, rawPdf } from './papers.ts';

describe('whether a PDF may pin files to its pages', () => {
  it('is seen where it says so, in the open or packed', async () => {
    expect(mayPinFiles(await makePdf(drawLetter))).toBe(false);
    const pinned = await makePdf((pdf) => pin(pdf, 'x'));
    expect(mayPinFiles(pinned)).toBe(true);
    const packed = (text: string) => {
      const stream = deflateSync(text);
      return rawPdf([
        Buffer.concat([
          Buffer.from(`<< /Type /ObjStm /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`),
          stream,
          Buffer.from('\nendstream'),
        ]),
      ]);
    };
    expect(mayPinFiles(packed('<< /Subtype /FileAttachment >>'))).toBe(true);
    expect(mayPinFiles(packed('<< /Subtype /Highlight >>'))).toBe(false);
  });

  it('is told of one that is protected, whose names are not encrypted', async () => {
    const guard = { ownerPassword: 'owner', permissions: { modifying: false } };
    expect(mayPinFiles(await makePdf(drawLetter, guard))).toBe(false);
    expect(mayPinFiles(await makePdf((pdf) => pin(pdf, 'x'), guard))).toBe(true);
  });

  it('is answered for whatever bytes come', () => {
    const bytes = fc.array(fc.constantFrom('/ObjStm', 'stream', '\r\n', 'endstream', '/', 'x', '\0'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(bytes, (parts) => {
        const file = Buffer.from(parts.join(''));
        expect(mayPinFiles(file)).toBe(parts.join('').includes('/ObjStm'));
      }),
    );
  });
});
