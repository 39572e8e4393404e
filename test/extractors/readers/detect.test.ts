import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { detectType } from '../../../extractors/readers/detect.ts';
import { decodeText } from '../../../extractors/readers/plainText.ts';
import { crossIndustryInvoice, universalBusinessInvoice } from './eInvoices.ts';
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

  it('is text in two bytes to a letter where its first bytes say so', async () => {
    const text = '\ufeffGrüße aus Köln\r\nRechnung 17\tСчёт';
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      expect(await detectType(bytes)).toBe('text/plain');
      expect(decodeText(bytes)).toBe(text.slice(1));
    }
    expect(decodeText(Buffer.concat([little, Buffer.from([0x41])]))).toContain('Rechnung 17');
    expect(await detectType(Buffer.from(`\ufeff${'x'.repeat(32_766)}\u{1f4c4}`, 'utf16le'))).toBe('text/plain');
    expect(await detectType(Buffer.from('\ufeff<?xml version="1.0"?><note/>', 'utf16le'))).toBeUndefined();
    expect(await detectType(Buffer.concat([little, Buffer.from([7, 0])]))).toBeUndefined();
    expect(await detectType(Buffer.from([0xff, 0xfe, 0x20, 0]))).toBeUndefined();
  });

  it('is a PDF behind some junk as well', async () => {
    const pdf = await makePdf(drawLetter);
    expect(await detectType(pdf)).toBe('application/pdf');
    expect(await detectType(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), pdf]))).toBe('application/pdf');
  });

  it('may be written: a page, a mail, the XML of an e-invoice', async () => {
    expect(await detectType(Buffer.from('<!DOCTYPE html><p>hello'))).toBe('text/html');
    expect(await detectType(Buffer.from('<?xml version="1.0"?>\n<html xmlns="x"><p>hello'))).toBe('text/html');
    const mail = 'From: a@example.com\r\nSubject: hello\r\nDate: Mon, 3 Mar 2025 10:00:00 +0100\r\n\r\nhi';
    expect(await detectType(Buffer.from(mail))).toBe('message/rfc822');
    expect(await detectType(Buffer.from('From: the board\nWe are glad to say: yes'))).toBe('text/plain');
    expect(await detectType(Buffer.from(crossIndustryInvoice()))).toBe('application/xml');
    expect(await detectType(Buffer.from(`\ufeff${universalBusinessInvoice()}`, 'utf16le'))).toBe('application/xml');
  });

  it('is text where a letter only looks like a mail, and a page where HTML begins in its middle', async () => {
    const letter = 'From: Harbour Freight\nDate: 10.04.2026\nSubject: Receipt\nTotal: 12.00\n\nThank you.';
    expect(await detectType(Buffer.from(letter))).toBe('text/plain');
    expect(await detectType(Buffer.from(letter.replace('Freight', '<desk@harbour.example>')))).toBe('message/rfc822');
    expect(await detectType(Buffer.from('<table><tr><td>Total</td><td>12.00</td></tr></table>'))).toBe('text/html');
  });

  it('is told at once, however many comments stand before it', async () => {
    const comments = '<!---->\n'.repeat(5000);
    expect(await detectType(Buffer.from(`${comments}<p>Total</p>`))).toBe('text/html');
    expect(await detectType(Buffer.from(`${comments}x`))).toBe('text/plain');
  });

  it('is nothing for what is no document', async () => {
    expect(await detectType(new Uint8Array())).toBeUndefined();
    expect(await detectType(await picture().gif().toBuffer())).toBeUndefined();
    expect(await detectType(Buffer.from('<?xml version="1.0"?><note/>'))).toBeUndefined();
    expect(await detectType(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined();
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
