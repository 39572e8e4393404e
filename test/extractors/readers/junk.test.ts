import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders, ReadError, type ReadErrorKind, type Readers } from '#extractors';
import { drawLetter, lettersRead, makePdf, rawPdf, scanLetter } from './papers.ts';

let readers: Readers;

beforeAll(() => {
  readers = openReaders({
    workers: 1,
    limits: { textStepMs: 4_000, textMegabytes: 250, bytes: 5_000_000 },
    log: silentLogger,
  });
});
afterAll(() => readers.close());

function manyPages(count: number): Buffer {
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>';
  const kids = Array.from({ length: count }, (_, index) => `${index + 3} 0 R`).join(' ');
  const root = '<< /Type /Catalog /Pages 2 0 R >>';
  return rawPdf([root, `<< /Type /Pages /Count ${count} /Kids [${kids}] >>`, ...Array<string>(count).fill(page)]);
}

/** A content stream that swells to `megabytes` of drawing instructions. */
function bomb(megabytes: number): Buffer {
  const packed = deflateSync(deflateSync(Buffer.alloc(megabytes * 1_000_000, '1 0 0 1 0 0 cm q Q ')));
  const stream = Buffer.concat([
    Buffer.from(`<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>';
  return rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 1 /Kids [3 0 R] >>', page, stream]);
}

/** A PNG that says it is 50,000 pixels wide and high, and holds next to nothing. */
async function hugePng(): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  png.writeUInt32BE(50_000, 16);
  png.writeUInt32BE(50_000, 20);
  png.writeInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

const junk: [string, ReadErrorKind, () => Uint8Array | Promise<Uint8Array>][] = [
  ['nothing at all', 'unsupported', () => new Uint8Array()],
  ['random bytes', 'unsupported', () => randomBytes(5_000)],
  ['a drawing', 'unsupported', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
  ['an e-invoice that is none', 'unsupported', () => Buffer.from('<?xml version="1.0"?><Invoice><ID>1</ID></Invoice>')],
  ['a PDF cut before its first page', 'corrupt', async () => (await makePdf(drawLetter)).subarray(0, 100)],
  ['a PDF that is only a header', 'corrupt', () => Buffer.from('%PDF-1.7\n%%EOF\n')],
  [
    'a photograph cut in half',
    'corrupt',
    async () =>
      (
        await sharp(await scanLetter())
          .jpeg()
          .toBuffer()
      ).subarray(0, 9_000),
  ],
  ['an encrypted PDF', 'password', () => makePdf(drawLetter, { userPassword: 'sesame', pdfVersion: '1.7' })],
  ['ten thousand pages', 'too-large', () => manyPages(10_000)],
  ['a picture of 50,000 by 50,000 pixels', 'too-large', hugePng],
  ['more bytes than allowed', 'too-large', () => Buffer.alloc(6_000_000, 'a ')],
];

describe('junk', () => {
  it.each(junk)('%s is refused, by name: %s', async (_, kind, make) => {
    const bytes = await make();
    const refusal = await readers.read(bytes).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ReadError);
    expect(refusal).toMatchObject({ kind });
    await expect(readers.probe(bytes)).rejects.toMatchObject({ kind });
  });

  it('that is a PDF cut short is let in and read as far as it goes, with a doubt', async () => {
    const whole = await makePdf(drawLetter);
    const cut = whole.subarray(0, whole.length * 0.8);
    expect(await readers.probe(cut)).toMatchObject({ mime: 'application/pdf', pages: 1 });
    const { text, doubts } = await readers.read(cut);
    expect(doubts).toContain('cut-short');
    expect(lettersRead(text)).toBe(1);
  });

  it('of a million pages is not believed, and costs nothing', async () => {
    const lie = Buffer.from(manyPages(1).toString('latin1').replace('/Count 1 ', '/Count 1000000 '), 'latin1');
    const outcome = await readers.read(lie).then(
      ({ pages }) => pages.length,
      (error: ReadError) => error.kind,
    );
    expect([1, 'too-large', 'corrupt']).toContain(outcome);
  });

  it('that swells or hangs is stopped, and the next paper is read as ever', async () => {
    const refusal = await readers.read(bomb(400)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ReadError);
    expect(['too-large', 'timeout']).toContain((refusal as ReadError).kind);
    expect(lettersRead((await readers.read(await makePdf(drawLetter))).text)).toBe(1);
  });

  it('runs out of time where time is short', async () => {
    const hasty = openReaders({ workers: 1, limits: { textStepMs: 1 }, log: silentLogger });
    await expect(hasty.read(bomb(30))).rejects.toMatchObject({
      kind: 'timeout',
      limit: { of: 'seconds' },
      message: expect.stringMatching(/longer than the 0\.00[14] s allowed\.$/),
    });
    await hasty.close();
  });

  it('by its pages is refused with the setting that says how many it may have', async () => {
    const strict = openReaders({ workers: 1, limits: { pages: 3 }, log: silentLogger });
    const message = 'The document has 4 pages, more than the 3 of REKEY_PAGES.';
    await expect(strict.read(manyPages(4))).rejects.toMatchObject({ kind: 'too-large', message });
    await expect(strict.probe(Buffer.from('1\f2\f3\f4'))).rejects.toMatchObject({ kind: 'too-large', message });
    expect(await strict.probe(manyPages(3))).toMatchObject({ pages: 3 });
    await strict.close();
  });

  it('by its bytes or pixels is refused with how many it has', async () => {
    const refusals = await Promise.all(
      [Buffer.alloc(6_000_000, 'a '), await hugePng()].map((bytes) => readers.probe(bytes).catch(String)),
    );
    expect(refusals).toEqual([
      'ReadError: The document has 6,000,000 bytes, more than the 5,000,000 allowed.',
      'ReadError: A picture in the document has 2,500,000,000 pixels, more than the 150,000,000 allowed.',
    ]);
  });

  it('is told apart from documents by a probe', async () => {
    expect(await readers.probe(await makePdf(drawLetter))).toEqual({ mime: 'application/pdf', pages: 1 });
    expect(await readers.probe(await scanLetter())).toEqual({ mime: 'image/png', pages: 1 });
    expect(await readers.probe(Buffer.from('one\ftwo'))).toEqual({ mime: 'text/plain', pages: 2 });
  });
});
