import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { extractPaper, extractPile, openReaders, paperItself, type Readers, splitPages } from '#extractors';
import { defaultLimits } from '../../../extractors/readers/limits.ts';
import type { OcrEngine } from '../../../extractors/readers/ocr.ts';
import { attachedFiles } from '../../../extractors/readers/pdfJs.ts';
import { openRaster } from '../../../extractors/readers/readDocument.ts';
import { crossIndustryInvoice } from './eInvoices.ts';
import { drawLetter, findWord, lettersRead, makePdf, pin, rawPdf, scanLetter } from './papers.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, limits: { pages: 120, bytes: 5_000_000, probeMs: 20_000 }, log: silentLogger });
});
afterAll(() => readers.close());

type Content = string | Uint8Array;

/** A PDF of one line, or of the page that is drawn, with these files attached. */
function holding(files: readonly Content[], page: string | ((pdf: PDFKit.PDFDocument) => void) = 'Cover') {
  return makePdf((pdf) => {
    if (typeof page === 'string') pdf.text(page);
    else page(pdf);
    for (const [at, content] of files.entries()) pdf.file(Buffer.from(content), { name: `file ${at}` });
  });
}

const asLines = (lines: readonly string[]) => (pdf: PDFKit.PDFDocument) => {
  pdf.font('Courier').fontSize(10);
  for (const [row, line] of lines.entries()) pdf.text(line, 50, 60 + row * 18, { lineBreak: false });
};

const INVOICE = [
  'INVOICE',
  '',
  'Nordlicht GmbH',
  'Hafenstrasse 3, 20457 Hamburg',
  '',
  'Invoice number: NL-7788',
  'Invoice date: 2 March 2025',
  '',
  'Description          Quantity   Unit price     Amount',
  'Lamp oil                    4        12.50      50.00',
  '',
  'Net total: 50.00 EUR',
  'VAT 19 %: 9.50 EUR',
  'Total: 59.50 EUR',
];
const TIME_SHEET = [
  'TIME SHEET',
  'Consultant: Ada Berg',
  'Week: 10 to 14 March 2025',
  '',
  'Date          Task                    Hours     Rate     Amount',
  '10.03.2025    Survey of the quay       7.50    95.00     712.50',
  '11.03.2025    Drawings                 8.00    95.00     760.00',
  '12.03.2025    Meeting                  4.25    95.00     403.75',
  '',
  'Total hours                           19.75',
  'Total                                                   1876.25',
];
const TERMS = [
  'TERMS AND CONDITIONS OF SALE',
  'Invoices are payable within 30 days of the invoice date.',
  'The place of jurisdiction is Hamburg.',
  'Sample Trading Ltd, VAT number GB123456789, company number 7654321',
];
const other = INVOICE.map((line) => line.replace('NL-7788', 'NL-9911').replace(/50\.00/gu, '70.00'));

const LETTER_TO = [
  'Dear Ms Berg,',
  '',
  'please find enclosed the documents we spoke of on the telephone, with our',
  'thanks for your patience over the last weeks. The survey of the quay is done.',
  '',
  'Kind regards',
  'Nordlicht GmbH',
];
const POLISH = [
  'Nordlicht Polska Sp. z o.o.',
  'ul. Portowa 3, Gdansk',
  '',
  'FAKTURA VAT',
  'Numer faktury: FV/2025/0311',
  'Data wystawienia: 02-03-2025',
  '',
  'Nazwa                 Ilosc    Cena netto    Wartosc',
  'Olej do lamp              4         12,50      50,00',
  '',
  'Total: 61,50 PLN',
  'Konto: PL61 1090 1014 0000 0712 1981 2874',
];
/** As a sender's letterhead has them at the foot. */
const FOOT = ['', 'Nordlicht GmbH, Bank of Hamburg, IBAN DE89 3704 0044 0532 0130 00'];

const mail = (body: string, ...attached: readonly Uint8Array[]) => {
  const parts = attached.map((bytes, at) => {
    const name = `Content-Disposition: attachment; filename="${at}.pdf"`;
    const encoding = 'Content-Transfer-Encoding: base64';
    return `Content-Type: application/pdf\r\n${name}\r\n${encoding}\r\n\r\n${Buffer.from(bytes).toString('base64')}`;
  });
  const head = ['From: a@example.com', 'To: b@example.com', 'Subject: hours', 'MIME-Version: 1.0'].join('\r\n');
  const all = [`Content-Type: text/plain\r\n\r\n${body}`, ...parts].map((part) => `--cut\r\n${part}\r\n`).join('');
  return `${head}\r\nContent-Type: multipart/mixed; boundary="cut"\r\n\r\n${all}--cut--\r\n`;
};

describe('files attached to a PDF', () => {
  it('are pages behind its own, each with the number of the first page of its file', async () => {
    const letter = await makePdf(drawLetter);
    const inMail = await holding([], 'Hours of March');
    const bytes = await holding([letter, 'First sheet\fSecond sheet', '<p>A web page</p>', mail('See below', inMail)]);
    const { pages, text, doubts } = await readers.read(bytes);
    expect(pages.map(({ number, attached }) => [number, attached])).toEqual([
      [1, undefined],
      [2, 2],
      [3, 3],
      [4, 3],
      [5, 5],
      [6, 6],
      [7, 7],
    ]);
    expect(findWord(pages[3], 'Second')).toMatchObject({ page: 4 });
    expect(doubts).toEqual([]);
    expect(lettersRead(text)).toBe(1);
    for (const words of ['Cover', 'Second sheet', 'A web page', 'See below', 'Hours of March'])
      expect(text).toContain(words);
    expect(await readers.probe(bytes)).toEqual({ mime: 'application/pdf', pages: 7 });
    const picture = await sharp(await readers.renderPage(bytes, 7, { width: 400 })).metadata();
    expect(picture).toMatchObject({ format: 'webp', width: 400 });
    await expect(readers.renderPage(bytes, 8)).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('are read by their pixels where they are pictures, and a second time', async () => {
    const bytes = await holding([await scanLetter()]);
    const { pages, text } = await readers.read(bytes);
    expect(pages.map(({ source }) => source)).toEqual(['text', 'ocr']);
    expect(lettersRead(text)).toBeGreaterThan(0.9);
    const [second] = await readers.reread(bytes, [findWord(pages[1], 'February.')], pages);
    expect(second!.text).toContain('February');
  });

  it('are drawn within the bounds of pixels, those of a picture sent with a mail too', async () => {
    const steps: string[] = [];
    const engine: OcrEngine = {
      id: 'none',
      languages: [],
      read: async () => [],
      orientation: async () => ({ rotation: 0, confidence: 0 }),
      close: async () => {},
    };
    const desk = { engine, limits: defaultLimits, step: (kind: string) => void steps.push(kind) };
    const bytes = Buffer.from(mail('See below', await scanLetter()));
    const raster = await openRaster({ bytes }, desk);
    expect(raster.pages).toBe(2);
    await raster.picture(2, 400, 0);
    await raster.close();
    expect(steps.at(-1)).toBe('image');
  });

  it('are read when they are pinned to a page, and once when they are there twice', async () => {
    const letter = await makePdf(drawLetter);
    const bytes = await makePdf((pdf) => {
      pdf.text('Cover').addPage().text('Second');
      pin(pdf, letter);
      pdf.file(Buffer.from(letter), { name: 'again.pdf' });
    });
    const { pages, text, doubts } = await readers.read(bytes);
    expect(pages.map(({ attached }) => attached)).toEqual([undefined, undefined, 3]);
    expect(lettersRead(text)).toBe(1);
    expect(doubts).toEqual([]);
    expect(await readers.renderPage(bytes, 3)).toBeInstanceOf(Uint8Array);
  });

  it('are sent with a mail where they came with it, though one of its PDFs has them too', async () => {
    const receipt = await holding([], 'Receipt');
    const letter = await holding([receipt], 'Letter');
    for (const files of [
      [letter, receipt],
      [receipt, letter],
    ]) {
      const { pages } = await readers.read(Buffer.from(mail('See below', ...files)));
      expect(pages.map(({ sent, attached }) => [sent, attached])).toEqual([
        [undefined, undefined],
        [2, undefined],
        [3, undefined],
      ]);
    }
  });

  it('bring the paper before a person where they cannot be read, and the others are read', async () => {
    const scan = await scanLetter();
    const cut = scan.subarray(0, scan.length / 2);
    const word = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const { pages, doubts } = await readers.read(await holding([word, cut, 'Hours: 7']));
    expect(pages.map(({ words }) => words[0]?.text)).toEqual(['Cover', 'Hours:']);
    expect(doubts).toEqual(['attachment-unread']);
  });
});

describe('bounds over the whole of a paper', () => {
  const unread = async (bytes: Uint8Array) => {
    const { pages, doubts } = await readers.read(bytes);
    expect(doubts).toEqual(['attachment-unread']);
    expect(await readers.probe(bytes)).toMatchObject({ pages: pages.length });
    return pages.length;
  };

  it('hold for a PDF in a PDF through ten levels', async () => {
    let nested = await holding([]);
    for (let level = 1; level <= 10; level++) nested = await holding([nested], `Level ${level}`);
    expect(await unread(nested)).toBe(4);
  });

  it('hold for files that hold many files', async () => {
    const many = (name: string) =>
      holding(
        Array.from({ length: 45 }, (_, at) => `${name} ${at}`),
        name,
      );
    const bytes = await holding([await many('a'), await many('b'), await many('c')]);
    // Three PDFs, and 97 of the 135 texts in them.
    expect(await unread(bytes)).toBe(101);
  });

  it('hold for pages: what is too long is left out, what fits is read', async () => {
    const long = Array.from({ length: 119 }, (_, at) => `sheet ${at}`).join('\f');
    expect(await unread(await holding([`${long}\fone too many`, 'short']))).toBe(2);
    const million = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1000000 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>',
    ]);
    expect(await unread(await holding([million, 'short']))).toBe(2);
  });

  it('hold for a mail that says on a page more which of its attachments are not read', async () => {
    const sheets = (count: number) => Buffer.from(Array.from({ length: count }, (_, at) => `sheet ${at}`).join('\f'));
    const body = Array.from({ length: 54 }, (_, at) => `line ${at}`).join('\r\n');
    expect(await unread(Buffer.from(mail(body, sheets(118), sheets(1), sheets(3), sheets(4))))).toBe(120);
  });

  it('hold for bytes, however well they are packed', async () => {
    const large = (fill: string) => Buffer.alloc(3_000_000, `${fill} `);
    expect(await unread(await holding([large('a'.repeat(4_000)), large('b'.repeat(4_000)), 'short']))).toBeLessThan(
      120,
    );
  });

  it('hold for a bomb, which costs the paper and no other', async () => {
    const bomb = await holding([Buffer.alloc(100_000_000)]);
    const outcome = await readers.read(bomb).then(
      ({ doubts }) => doubts.join(),
      (error: { kind?: string }) => error.kind,
    );
    expect(['attachment-unread', 'too-large', 'timeout']).toContain(outcome);
    expect((await readers.read(await holding(['short']))).pages).toHaveLength(2);
  });
});

async function valuesOf(bytes: Uint8Array) {
  const { reading, extracted } = await extractPaper(readers, bytes, 'invoice');
  const values = Object.entries(extracted.draft).map(([name, { value, probability }]) => [name, value, probability]);
  return { values, doubts: reading.doubts };
}

describe('an invoice with files attached', () => {
  it('is extracted as it is without a time sheet and the terms', async () => {
    const alone = await valuesOf(await holding([], asLines(INVOICE)));
    expect(alone.values.map(([, value]) => value)).toContain('NL-7788');
    const files = await Promise.all([TIME_SHEET, TERMS].map((lines) => holding([], asLines(lines))));
    expect(await valuesOf(await holding(files, asLines(INVOICE)))).toEqual(alone);
  });

  it('comes before a person where one of them is an invoice, and is parted from it as a pile', async () => {
    const second = await holding([], asLines(other));
    const bytes = await holding([second], asLines(INVOICE));
    const { values, doubts } = await valuesOf(bytes);
    expect(doubts).toEqual(['paper-attached']);
    expect(values).toEqual((await valuesOf(await holding([], asLines(INVOICE)))).values);
    const { pages } = await readers.read(bytes);
    expect(splitPages(pages)).toMatchObject([
      { from: 1, to: 1 },
      { from: 2, to: 2 },
    ]);
    const papers = await extractPile(readers, bytes, 'invoice');
    expect(papers.map(({ extracted, doubts }) => [extracted.draft['invoice_number']?.value, doubts])).toEqual([
      ['NL-7788', []],
      ['NL-9911', []],
    ]);
  });

  it('comes before a person where one of them is no kind of paper and asks for money', async () => {
    const { doubts } = await valuesOf(await holding([await holding([], asLines(POLISH))], asLines(INVOICE)));
    expect(doubts).toEqual(['paper-attached']);
  });

  it('comes before a person where an invoice follows a letter in one of them', async () => {
    const letterFirst = await holding([], (pdf) => {
      asLines(LETTER_TO)(pdf);
      asLines([...LETTER_TO, 'Page 2'])(pdf.addPage());
      asLines(other)(pdf.addPage());
    });
    const { doubts } = await valuesOf(await holding([letterFirst], asLines(INVOICE)));
    expect(doubts).toEqual(['paper-attached']);
  });

  it('leaves no doubt for terms and time sheets on the paper of its sender, with its account and its number', async () => {
    const own = [...INVOICE, ...FOOT];
    const sheets = [
      [...TERMS, ...FOOT],
      [...TIME_SHEET, 'Invoice number: NL-7788', ...FOOT],
      [...TIME_SHEET.slice(0, 8), ...FOOT],
    ];
    const files = await Promise.all(sheets.map((lines) => holding([], asLines(lines))));
    expect((await valuesOf(await holding(files, asLines(own)))).doubts).toEqual([]);
  });

  it('is not what the data of one of them say', async () => {
    const data = await holding([crossIndustryInvoice()], 'Another invoice');
    const { values, doubts } = await valuesOf(await holding([data], asLines(INVOICE)));
    expect(doubts).toEqual(['paper-attached']);
    expect(values).toEqual((await valuesOf(await holding([], asLines(INVOICE)))).values);
  });
});

describe('an invoice sent with a mail', () => {
  const sent = async (...papers: readonly (readonly string[])[]) =>
    Buffer.from(
      mail(
        'Please find our papers attached.',
        ...(await Promise.all(papers.map((lines) => holding([], asLines(lines))))),
      ),
    );
  const keptOf = (read: Awaited<ReturnType<Readers['read']>>) => paperItself(read).pages.map(({ number }) => number);

  it('is extracted as it is without the time sheet and the terms beside it, wherever they stand', async () => {
    const alone = await valuesOf(await sent(INVOICE));
    expect(alone.values.map(([, value]) => value)).toContain('NL-7788');
    expect(await valuesOf(await sent(INVOICE, TIME_SHEET, TERMS))).toEqual(alone);
    const bytes = await sent(TERMS, INVOICE);
    expect(keptOf(await readers.read(bytes))).toEqual([1, 3]);
    expect((await valuesOf(bytes)).values).toEqual(alone.values);
  });

  it('comes before a person where another invoice was sent with it', async () => {
    const { values, doubts } = await valuesOf(await sent(INVOICE, other));
    expect(doubts).toEqual(['paper-attached']);
    expect(values).toEqual((await valuesOf(await sent(INVOICE))).values);
  });

  it('comes before a person where what was sent with it asks for money', async () => {
    expect((await valuesOf(await sent(INVOICE, TERMS, POLISH))).doubts).toEqual(['paper-attached']);
  });

  it('leaves no doubt for a letter beside it, however much the mail itself looks like one', async () => {
    const papers = await Promise.all([INVOICE, LETTER_TO].map((lines) => holding([], asLines(lines))));
    const read = await readers.read(Buffer.from(mail(LETTER_TO.join('\r\n'), ...papers)));
    expect(keptOf(read)).toEqual([1, 2]);
    expect(paperItself(read).doubts).toEqual([]);
  });

  it('keeps a second sheet that was sent as a file of its own', async () => {
    const sheets = ['Page 1 of 2', 'Page 2 of 2'].map((foot) => [...INVOICE.slice(0, 10), foot]);
    expect(keptOf(await readers.read(await sent(...sheets, TERMS)))).toEqual([1, 2, 3]);
  });

  it('keeps the data that were sent beside its picture', async () => {
    const papers = await Promise.all([INVOICE, TERMS].map((lines) => holding([], asLines(lines))));
    const read = await readers.read(Buffer.from(mail('See below', ...papers, Buffer.from(crossIndustryInvoice()))));
    expect(keptOf(read)).toEqual([1, 2, 4]);
    expect(paperItself(read).statements).toHaveLength(1);
  });

  it('keeps sheets that were scanned one by one, and all there is where nothing looks like a paper', async () => {
    const read = await readers.read(await sent(INVOICE, TERMS));
    const scanned = { ...read, pages: read.pages.map((page) => ({ ...page, source: 'ocr' as const })) };
    expect(keptOf(scanned)).toEqual([1, 2, 3]);
    expect(keptOf(await readers.read(await sent(TERMS, TIME_SHEET)))).toEqual([1, 2, 3]);
  });
});

describe('a file without content', () => {
  it('is none that is passed over, nor are those beside it', async () => {
    const bytes = Buffer.from('x');
    const named = { a: { content: bytes }, b: { content: null } };
    expect(attachedFiles(named)).toEqual([bytes, undefined]);
    expect(attachedFiles(null)).toEqual([]);
    const pinned = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Annots [4 0 R] >>',
      '<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 30 30] >>',
    ]);
    expect((await readers.read(pinned)).doubts).toEqual(['attachment-unread']);
  });
});
