import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { formExtractor, invoiceExtractor, openReaders, type Readers } from '#extractors';
import { crossIndustryInvoice, SALE, SOLD } from './eInvoices.ts';
import { drawLetter, findWord, lettersRead, makePdf, scanLetter } from './papers.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, log: silentLogger });
});
afterAll(() => readers.close());

interface Part {
  readonly type: string;
  readonly content: string | Uint8Array;
  readonly name?: string;
  /** By which the mail's own HTML may speak of it. */
  readonly id?: string;
}

function mail(parts: readonly Part[], together = 'mixed'): Buffer {
  const sections = parts.map(({ type, content, name, id }) => {
    const held = name === undefined ? '' : `Content-Disposition: attachment; filename="${name}"\r\n`;
    const spokenOf = id === undefined ? '' : `Content-ID: <${id}>\r\n`;
    const packed = Buffer.from(content).toString('base64');
    return `--cut\r\nContent-Type: ${type}\r\n${held}${spokenOf}Content-Transfer-Encoding: base64\r\n\r\n${packed}\r\n`;
  });
  return Buffer.from(`From: Ada Lovelace <ada@example.com>\r
To: office@example.com\r
Date: Mon, 3 Mar 2025 10:00:00 +0100\r
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_und_Rechnung?=\r
MIME-Version: 1.0\r
Content-Type: multipart/${together}; boundary="cut"\r
\r
${sections.join('')}--cut--\r
`);
}

const ADDRESSED = 'From: a@example.com\r\nTo: b@example.com\r\nMIME-Version: 1.0\r\n';

function nestedParts(depth: number): string {
  const innermost = 'Content-Type: text/plain\r\n\r\nhi\r\n';
  const nested = Array.from({ length: depth }).reduce<string>((inner, _, at) => {
    return `Content-Type: multipart/mixed; boundary="n${at}"\r\n\r\n--n${at}\r\n${inner}\r\n--n${at}--\r\n`;
  }, innermost);
  return `${ADDRESSED}${nested}`;
}

const body: Part = { type: 'text/plain; charset=utf-8', content: 'Please find our invoice attached.' };

describe('a mail', () => {
  it('is read with its head, its body and the pages of what is attached', async () => {
    const letter = { type: 'application/octet-stream', name: '../../etc/passwd', content: await makePdf(drawLetter) };
    const bytes = mail([body, letter]);
    expect(await readers.probe(bytes)).toEqual({ mime: 'message/rfc822', pages: 2 });
    const { pages, text, doubts } = await readers.read(bytes);
    expect(pages.map(({ number }) => number)).toEqual([1, 2]);
    expect(pages[1]!.words[0]!.page).toBe(2);
    expect(text).toContain('From: Ada Lovelace <ada@example.com>');
    expect(text).toContain('Subject: Grüße und Rechnung');
    expect(text).toContain('Please find our invoice attached.');
    expect(lettersRead(text)).toBe(1);
    expect(doubts).toEqual([]);
  });

  it('has a picture of each page', async () => {
    const bytes = mail([body, { type: 'application/pdf', name: 'a.pdf', content: await makePdf(drawLetter) }]);
    const second = await sharp(await readers.renderPage(bytes, 2, { width: 400 })).metadata();
    expect(second).toMatchObject({ format: 'webp', width: 400 });
    await expect(readers.renderPage(bytes, 3)).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('names what cannot be read, and reads the rest', async () => {
    const word = { type: 'application/msword', name: 'a.doc', content: Buffer.from('d0cf11e0a1b11ae1', 'hex') };
    const letter = { type: 'application/pdf', name: 'b.pdf', content: await makePdf(drawLetter) };
    const { text, doubts } = await readers.read(mail([body, word, letter]));
    expect(doubts).toEqual(['attachment-unread']);
    expect(text).toContain('Attachment 1 (application/msword) cannot be read.');
    expect(lettersRead(text)).toBe(1);
  });

  it.each([
    ['a file of a kind that cannot be read, named behind a full page of text', 55, 'application/msword', 3],
    ['a picture cut short', 1, 'image/png', 2],
  ])('gives readings and pictures the same pages in spite of %s', async (_, lines, type, count) => {
    const text = Array.from({ length: lines }, (_, i) => `line ${i + 1}`).join('\n');
    const scan = await scanLetter();
    const unreadable =
      type === 'image/png' ? scan.subarray(0, scan.length / 2) : Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const bytes = mail([
      { ...body, content: text },
      { type, name: 'a', content: unreadable },
      { type: 'image/png', name: 'b.png', content: scan },
    ]);
    const reading = await readers.read(bytes);
    expect(reading.pages.map(({ number, source }) => [number, source]).at(-1)).toEqual([count, 'ocr']);
    expect(reading.doubts).toEqual(['attachment-unread']);
    expect(reading.text).toContain(`Attachment 1 (${type}) cannot be read.`);
    expect(await readers.probe(bytes)).toMatchObject({ pages: count });
    const [second] = await readers.reread(bytes, [findWord(reading.pages.at(-1), 'February.')], reading.pages);
    expect(second!.text).toContain('February');
    await expect(readers.renderPage(bytes, count + 1)).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('is read with what is related to its body, but for the pictures in it', async () => {
    const page: Part = { type: 'text/html', content: '<p>Our invoice</p><img src="cid:logo">' };
    const logo: Part = { type: 'image/png', id: 'logo', content: await scanLetter() };
    const invoice: Part = { type: 'application/pdf', id: 'invoice', content: await makePdf(drawLetter) };
    const { pages, text, doubts } = await readers.read(mail([page, logo, invoice], 'related'));
    expect(pages).toHaveLength(2);
    expect(lettersRead(text)).toBe(1);
    expect(doubts).toEqual([]);
  });

  it.each([
    ['whose parts hold parts beyond reason', nestedParts(25)],
    ['with an endless head', `${ADDRESSED}${'X-Odd: 1\r\n'.repeat(200_000)}\r\nhi`],
  ])('is read in spite of a mail in it %s', async (_, odd) => {
    const bytes = mail([body, { type: 'message/rfc822', name: 'm.eml', content: odd }]);
    const { text, doubts } = await readers.read(bytes);
    expect(text).toContain('Please find our invoice attached.');
    expect(doubts).toEqual(['attachment-unread']);
    await expect(readers.read(Buffer.from(odd))).rejects.toMatchObject({ kind: 'corrupt' });
  });

  it('says nothing of a paper by its head: a form’s own date is its date, an invoice’s the one on it', async () => {
    const lines = ['INVOICE', '', 'Invoice number: 4711', 'Invoice date: 1 February 2025', 'Total: 12.50 EUR'];
    const invoice = { type: 'text/plain; charset=utf-8', name: 'a.txt', content: lines.join('\n') };
    const form = { ...invoice, content: 'Date: 2 February 2025\nReason: Removal' };
    const read = async (part: Part) => (await readers.read(mail([body, part]))).pages;
    const pages = await read({ ...invoice, content: lines.filter((line) => !line.includes('date')).join('\n') });
    expect(pages[0]!.head).toBe(12);
    expect((await invoiceExtractor.extract(pages, { paper: '' })).invoice_date.value).toBeNull();
    const dated = await invoiceExtractor.extract(await read(invoice), { paper: '' });
    expect(dated.invoice_date.value).toBe('2025-02-01');
    const filled = await formExtractor.extract(await read(form), { paper: '' });
    expect(filled['date']?.value).toBe('2 February 2025');
    expect(filled['subject']?.value).toBe('Grüße und Rechnung');
  });

  it('carries what an e-invoice in it states', async () => {
    const { statements } = await readers.read(
      mail([body, { type: 'text/xml', name: 'r.xml', content: crossIndustryInvoice() }]),
    );
    expect(statements).toEqual([{ format: 'cii', typeCode: '380', values: SALE, items: SOLD, sent: 2 }]);
  });

  it('in a mail in a mail is followed, but not for ever', async () => {
    let nested = mail([body]);
    for (let depth = 0; depth < 6; depth++)
      nested = mail([body, { type: 'application/octet-stream', name: 'm.eml', content: nested }]);
    const { pages, doubts } = await readers.read(nested);
    expect(pages.length).toBe(4);
    expect(doubts).toEqual(['attachment-unread']);
  });
});

describe('a web page', () => {
  it('is read as its words, tables in columns, and nothing is fetched', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pixel.png`;
    const html = `<!DOCTYPE html><head><link rel="stylesheet" href="${at}"><script src="${at}">steal()</script></head>
      <body><h1>Invoice 17</h1><img src="${at}" alt="logo"><a href="${at}">here</a>
      <table><tr><th>What</th><th>Price</th></tr><tr><td>Copy paper</td><td>21.50</td></tr></table></body>`;
    const { text } = await readers.read(Buffer.from(html));
    const { text: mailed } = await readers.read(mail([{ type: 'text/html', content: html }]));
    await new Promise((resolve) => server.close(resolve));
    expect(text).toBe('Invoice 17\nhere\nWhat Price\nCopy paper 21.50');
    expect(mailed).toContain('Copy paper 21.50');
    expect(asked).toBe(0);
  });
});

describe('an e-invoice without paper', () => {
  it('is its statement, and a page that shows it', async () => {
    const { statements, text } = await readers.read(Buffer.from(crossIndustryInvoice()));
    expect(statements).toMatchObject([{ values: SALE }]);
    expect(text).toContain('Total 1487.50');
  });

  it('rides in its PDF', async () => {
    const pdf = await makePdf((page) => {
      drawLetter(page);
      page.file(Buffer.from(crossIndustryInvoice()), { name: 'factur-x.xml' });
    });
    const { statements } = await readers.read(pdf);
    expect(statements).toEqual([{ format: 'factur-x', typeCode: '380', values: SALE, items: SOLD }]);
  });
});
