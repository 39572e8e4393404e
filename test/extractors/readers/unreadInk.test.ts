import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hasUnreadInk, look } from '../../../extractors/readers/pageLook.ts';
import { openTextPdf } from '../../../extractors/readers/pdfText.ts';
import { openPdfRaster } from '../../../extractors/readers/raster.ts';
import { LETTER, makePdf, scanLetter } from './papers.ts';

type Pdf = PDFKit.PDFDocument;

describe('what a page draws beside its words', () => {
  it('are letters where outlines are as close as letters are, one path each or all in one', async () => {
    expect(await placesDrawn((pdf) => letters(pdf, 80, (one) => one.fill()))).toHaveLength(80);
    expect(await placesDrawn((pdf) => letters(pdf, 80, () => {}).fill())).toHaveLength(1);
    expect(await placesDrawn((pdf) => letters(pdf, 12, () => {}).fill())).toHaveLength(1);
  });

  it('are none where cells and fields have round corners', async () => {
    const drawn = await placesDrawn((pdf) => {
      for (let row = 0; row < 20; row++) {
        for (let column = 0; column < 5; column++)
          pdf.roundedRect(40 + column * 100, 60 + row * 30, 96, 26, 4).stroke();
      }
      pdf.roundedRect(40, 680, 500, 90, 8).stroke();
    });
    expect(drawn).toEqual([]);
  });
});

describe('ink that the words of a page do not explain', () => {
  it('may be text: a scan, some outlined letters, a few words by hand, a stamp across the page, a photograph', async () => {
    const scan = await scanLetter();
    const photo = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#335577' } })
      .png()
      .toBuffer();
    expect(await isUnread((pdf) => pdf.image(scan, 40, 200, { width: 400 }))).toBe(true);
    expect(await isUnread((pdf) => letters(pdf, 40, (one) => one.fill()))).toBe(true);
    expect(await isUnread((pdf) => scrawl(pdf, 4))).toBe(true);
    expect(await isUnread((pdf) => stamp(pdf, 4))).toBe(true);
    expect(await isUnread((pdf) => pdf.image(photo, 40, 200, { width: 120 }))).toBe(true);
  });

  it('may not: a logo, rules, frames around the words', async () => {
    expect(
      await isUnread((pdf) => {
        pdf.polygon([40, 60], [60, 40], [80, 60], [80, 90], [60, 110], [40, 90]).fill('#1c3b66');
        pdf.rect(300, 90, 250, 34).stroke();
        for (const y of [170, 400, 620]) pdf.moveTo(40, y).lineTo(550, y).stroke();
        pdf.roundedRect(30, 30, 535, 780, 10).stroke();
      }),
    ).toBe(false);
  });
});

/** A small round shape, as an o is drawn. */
function letters(pdf: Pdf, count: number, after: (pdf: Pdf) => unknown): Pdf {
  for (let at = 0; at < count; at++) {
    const [x, y] = [60 + (at % 20) * 9, 300 + Math.floor(at / 20) * 16];
    pdf.path(`M${x} ${y}c0 -4 6 -4 6 0c0 4 -6 4 -6 0zM${x + 2} ${y}c0 1 2 1 2 0c0 -1 -2 -1 -2 0z`);
    after(pdf);
  }
  return pdf;
}

/** Words of one stroke each, as large as people write. */
function scrawl(pdf: Pdf, words: number): Pdf {
  pdf.lineWidth(1.2);
  for (let word = 0; word < words; word++) {
    const turns = Array.from({ length: 9 }, (_, at) => `q3 ${at % 3 === 0 ? -34 : -16} 5 ${at % 4 === 0 ? 6 : 0}t3 0`);
    pdf.path(`M${60 + word * 110} 330${turns.join('')}`).stroke();
  }
  return pdf;
}

function stamp(pdf: Pdf, letters: number): Pdf {
  for (let at = 0; at < letters; at++)
    pdf
      .circle(120 + at * 90, 400, 30)
      .lineWidth(9)
      .stroke('#b02020');
  return pdf;
}

async function placesDrawn(draw: (pdf: Pdf) => unknown): Promise<readonly unknown[]> {
  const pdf = await openTextPdf(await makePdf((page) => void draw(page)));
  const { drawn } = await pdf.readPage(1);
  await pdf.close();
  return drawn;
}

async function isUnread(draw: (pdf: Pdf) => unknown): Promise<boolean> {
  const paper = await makePdf((page) => {
    page
      .fontSize(8)
      .text(LETTER[0]!, 310, 100, { lineBreak: false })
      .text('Page 2 of 2', 480, 60, { lineBreak: false });
    draw(page);
  });
  const pdf = await openTextPdf(paper);
  const raster = await openPdfRaster(paper);
  const image = await look(raster, { number: 1, rotation: 0 });
  const unread = hasUnreadInk(image, await pdf.readPage(1));
  await Promise.all([pdf.close(), raster.close()]);
  return unread;
}
