import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { detectType } from '../../../extractors/readers/detect.ts';
import { drawLetter, makePdf } from './papers.ts';

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#888888' } });

describe('the kind of a document', () => {
  it('is told by its content', async () => {
    expect(await detectType(await picture().png().toBuffer())).toBe('image/png');
    expect(await detectType(await picture().jpeg().toBuffer())).toBe('image/jpeg');
    expect(await detectType(await picture().tiff().toBuffer())).toBe('image/tiff');
    expect(await detectType(await picture().webp().toBuffer())).toBe('image/webp');
    expect(await detectType(Buffer.from('Grüße aus Köln\nRechnung 17'))).toBe('text/plain');
    expect(await detectType(Buffer.from('Gr\xfc\xdfe aus K\xf6ln', 'latin1'))).toBe('text/plain');
  });

  it('is a PDF behind some junk as well', async () => {
    const pdf = await makePdf(drawLetter);
    expect(await detectType(pdf)).toBe('application/pdf');
    expect(await detectType(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), pdf]))).toBe('application/pdf');
  });

  it('is nothing for what is no document', async () => {
    expect(await detectType(new Uint8Array())).toBeUndefined();
    expect(await detectType(await picture().gif().toBuffer())).toBeUndefined();
    expect(await detectType(Buffer.from('<!DOCTYPE html><p>hello'))).toBeUndefined();
    expect(await detectType(Buffer.from('From: someone\r\nSubject: hello\r\n\r\nhi'))).toBeUndefined();
    expect(await detectType(Buffer.from('   \n'))).toBeUndefined();
  });

  it('survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 64, maxLength: 400 }), async (bytes) => {
        await detectType(bytes);
      }),
    );
  });
});
