import { constants, deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders, ReadError } from '#extractors';
import { rawPdf } from './papers.ts';

const readers = openReaders({ workers: 1, log: silentLogger });
afterAll(() => readers.close());

function stream(head: string, data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${head} /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

/** So many bytes of white, deflated: one piece again and again, so that making it takes no time. */
function deflatedWhite(bytes: number): Buffer {
  const piece = 1_000_000;
  const deflated = deflateRawSync(Buffer.alloc(piece, 0xff), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const pieces = Array.from({ length: Math.ceil(bytes / piece) }, () => deflated);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...pieces, deflateRawSync(Buffer.alloc(0))]);
}

/** White all over: a page that shows it looks blank. */
function picture(side: number, bits: 1 | 8, more = ''): Buffer {
  const head = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray`;
  const white = deflatedWhite(Math.ceil((side * bits) / 8) * side);
  return stream(`${head} /BitsPerComponent ${bits} /Filter /FlateDecode ${more}`, white);
}

const DRAW = Buffer.from('q 300 0 0 300 0 0 cm /X Do Q');

/** Draws the object of that number, as large as itself. */
function form(inner: number): Buffer {
  const resources = `/Resources << /XObject << /X ${inner} 0 R >> >>`;
  return stream(`/Type /XObject /Subtype /Form /BBox [0 0 300 300] ${resources}`, Buffer.from('/X Do'));
}

/** A page that draws its fifth object. */
function pageWith(objects: readonly (Buffer | string)[], more = ''): Buffer {
  const resources = '/Resources << /XObject << /X 5 0 R >> >>';
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] ${resources} /Contents 4 0 R ${more}>>`,
    stream('', DRAW),
    ...objects,
  ]);
}

const STAMP = '<< /Type /Annot /Subtype /Stamp /F 4 /Rect [10 10 100 100] /AP << /N 7 0 R >> >>';

/** Each names how many pixels its header claims, in a file of less than 600 kB. */
const bombs: [string, string, () => Buffer][] = [
  ['one picture, grey', '576,000,000', () => pageWith([picture(24_000, 8)])],
  ['one picture, black and white', '2,500,000,000', () => pageWith([picture(50_000, 1)])],
  [
    'a picture in a form in a form and so on',
    '576,000,000',
    () => pageWith([...[6, 7, 8, 9, 10, 11].map(form), picture(24_000, 8)]),
  ],
  [
    "a stamp's picture",
    '576,000,000',
    () => pageWith([picture(10, 8), picture(24_000, 8), form(6), STAMP], '/Annots [8 0 R] '),
  ],
];

async function refusalOf(work: Promise<unknown>): Promise<ReadError> {
  const refusal = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(ReadError);
  return refusal as ReadError;
}

describe('a small PDF with a picture of more pixels than allowed', () => {
  it.each(bombs)('%s: is refused by its header, before anything is decoded', async (_, pixels, make) => {
    const bomb = make();
    expect(bomb.length).toBeLessThan(1_000_000);
    // Decoding would pass the bounds of memory or time, and be named so.
    expect(await refusalOf(readers.read(bomb))).toMatchObject({
      kind: 'too-large',
      message: `A picture in the document has ${pixels} pixels, more than the 150,000,000 allowed.`,
    });
  });

  it('has no picture of its page made either', async () => {
    const [, , make] = bombs[0]!;
    expect(await refusalOf(readers.renderPage(make(), 1))).toMatchObject({
      kind: 'too-large',
      limit: { of: 'pixels' },
    });
  });

  it('in a mask, which no header of the picture tells of, is stopped by what drawing may take', async () => {
    const bomb = pageWith([picture(10, 8, '/SMask 6 0 R'), picture(40_000, 8)]);
    const { kind, message } = await refusalOf(readers.read(bomb));
    expect(['too-large', 'timeout']).toContain(kind);
    expect(message).toMatch(/than the [\d,]+ (MB of memory|s) allowed\.$/);
  });

  it('is one paper: the next one, with a picture within the limit, is read', async () => {
    const { pages } = await readers.read(pageWith([picture(1_000, 1)]));
    expect(pages).toHaveLength(1);
  });
});
