import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { formExtractor, openReaders, type Readers } from '#extractors';
import { withDrawnBoxes } from '../../../extractors/readers/layerBoxes.ts';
import { openTextPdf } from '../../../extractors/readers/pdfText.ts';
import { openPdfRaster, type Raster } from '../../../extractors/readers/raster.ts';
import { makePdf } from './papers.ts';

type Draw = (pdf: PDFKit.PDFDocument, x: number, y: number) => void;

const SIDE = 11;

const FRAMES: readonly (readonly [string, Draw])[] = [
  ['rectangles', (pdf, x, y) => void pdf.rect(x, y, SIDE, SIDE).stroke()],
  ['thin and grey rectangles', (pdf, x, y) => void pdf.lineWidth(0.4).rect(x, y, SIDE, SIDE).stroke('#909090')],
  [
    'rectangles of six points',
    (pdf, x, y) =>
      void pdf
        .lineWidth(0.6)
        .rect(x, y + 2, 6, 6)
        .stroke(),
  ],
  ['rectangles on a tinted ground', (pdf, x, y) => void pdf.rect(x, y, SIDE, SIDE).fillAndStroke('#e8f0ff', 'navy')],
  ['rectangles with round corners', (pdf, x, y) => void pdf.roundedRect(x, y, SIDE, SIDE, 2).stroke()],
  ['frames of two outlines', (pdf, x, y) => drawFilledFrame(pdf, x, y)],
  ['four lines of one path', (pdf, x, y) => void sides(pdf, x, y).stroke()],
  ['four lines by themselves', (pdf, x, y) => drawSides(pdf, x, y)],
  ['four thin rectangles', (pdf, x, y) => drawThinSides(pdf, x, y)],
];

const TICKS: readonly (readonly [string, Draw])[] = [
  ['a cross', (pdf, x, y) => void cross(pdf, x + 2, y + 2, SIDE - 4).stroke()],
  ['a cross from corner to corner', (pdf, x, y) => void cross(pdf, x, y, SIDE).stroke()],
  ['a tick that swings out of it', (pdf, x, y) => drawSwing(pdf, x, y)],
  ['a square within', (pdf, x, y) => void pdf.rect(x + 2, y + 2, SIDE - 4, SIDE - 4).fill('black')],
  ['ink all over it', (pdf, x, y) => void pdf.rect(x, y, SIDE, SIDE).fill('black')],
  ['a typed X', (pdf, x, y) => void pdf.text('X', x + 1.8, y + 1.3, { lineBreak: false })],
  ['a small typed x', (pdf, x, y) => void pdf.text('x', x + 3, y + 0.5, { lineBreak: false })],
  ['a typed tick of a font of signs', (pdf, x, y) => drawSign(pdf, x, y)],
];

describe('boxes to tick on a page with a text layer', () => {
  it.each(FRAMES)('are seen as %s', async (_, frame) => {
    const paper = await makePdf((pdf) =>
      drawForm(pdf, frame, (page, x, y) => void cross(page, x + 2, y + 4, 4).stroke()),
    );
    expect(await textOf(paper)).toBe('Delivery ☐ by post ☒ by courier\nSmoker yes ☐ no ☒');
  });

  it.each(TICKS)('are ticked by %s', async (_, tick) => {
    const paper = await makePdf((pdf) => drawForm(pdf, drawSquare, tick));
    expect(await textOf(paper)).toBe('Delivery ☐ by post ☒ by courier\nSmoker yes ☐ no ☒');
  });
});

describe('no boxes to tick', () => {
  it.each<readonly [string, (pdf: PDFKit.PDFDocument) => void]>([
    ['the cells of a table', drawTable],
    ['cells of a row beside a wide one', drawRows],
    ['the comb of a number', drawComb],
    ['filled squares before the items of a list', (pdf) => drawItems(pdf, (x, y) => pdf.rect(x, y + 2, 5, 5).fill())],
    ['circles', (pdf) => drawItems(pdf, (x, y) => pdf.circle(x + 5, y + 5, 5).stroke())],
    ['filled squares with a light sign in them', (pdf) => drawItems(pdf, (x, y) => drawEmblem(pdf, x, y))],
    ['a square with a number in it', (pdf) => drawItems(pdf, (x, y, at) => drawNumbered(pdf, x, y, at))],
    ['the many squares of a pattern', drawPattern],
    ['squares far from any text', (pdf) => drawItems(pdf, (x, y) => pdf.rect(x + 300, y, SIDE, SIDE).stroke())],
    ['squares without ink', (pdf) => drawItems(pdf, (x, y) => pdf.rect(x, y, SIDE, SIDE).stroke('white'))],
    ['a large one before a small text', (pdf) => drawItems(pdf, (x, y) => pdf.rect(x - 8, y - 4, 18, 18).stroke(), 6)],
  ])('are %s', async (_, draw) => {
    expect(await textOf(await makePdf(draw))).not.toMatch(/[☐☒]/);
  });
});

describe('a page', () => {
  it('is read alike however it is turned', async () => {
    const draw = (pdf: PDFKit.PDFDocument) => {
      drawForm(pdf, drawSquare, TICKS[0]![1]);
      pdf.text('Signed at Plymouth, on the day that the goods were handed over.', 60, 200, { lineBreak: false });
    };
    const size = { size: [595, 595] as [number, number] };
    const upright = await textOf(await makePdf(draw, size));
    expect(upright).toContain('☐ by post ☒ by courier');
    for (const degrees of [90, 180, 270]) {
      const turned = await makePdf((pdf) => draw(pdf.rotate(degrees, { origin: [297.5, 297.5] })), size);
      expect(await textOf(turned), `${degrees} degrees`).toBe(upright);
    }
    const byItsOwnTurn = await makePdf((pdf) => {
      Object.assign(pdf.page.dictionary.data, { Rotate: 90 });
      draw(pdf.rotate(270, { origin: [297.5, 297.5] }));
    }, size);
    expect(await textOf(byItsOwnTurn)).toBe(upright);
  });

  it('may draw all its boxes in one path', async () => {
    const paper = await makePdf((pdf) => {
      pdf.font('Helvetica').fontSize(11);
      for (let at = 0; at < 5; at++) pdf.text(`option ${at}`, 78, 101 + 24 * at, { lineBreak: false });
      for (let at = 0; at < 5; at++) pdf.rect(60, 100 + 24 * at, SIDE, SIDE);
      cross(pdf, 62, 126, SIDE - 4).stroke();
    });
    expect(await textOf(paper)).toBe('☐ option 0\n☒ option 1\n☐ option 2\n☐ option 3\n☐ option 4');
  });

  it('without a square beside a caption is not drawn', async () => {
    const plain = await makePdf((pdf) => {
      drawTable(pdf);
      drawItems(pdf, (x, y) => pdf.circle(x + 5, y + 5, 5).stroke());
    });
    const pdf = await openTextPdf(plain);
    const typed = await pdf.readPage(1);
    const read = withDrawnBoxes(typed, () => Promise.reject(new Error('was asked for')));
    await expect(read).resolves.toBe(typed);
    await pdf.close();
  });

  it('that cannot be drawn keeps its words', async () => {
    const pdf = await openTextPdf(await makePdf((page) => drawForm(page, drawSquare, drawSquare)));
    const typed = await pdf.readPage(1);
    expect(await withDrawnBoxes(typed, () => Promise.reject(new Error('no picture')))).toBe(typed);
    await pdf.close();
  });

  it('with fields shows a box once, where its frame is printed below it', async () => {
    const paper = await makePdf((form) => {
      form.font('Helvetica').initForm();
      form.rect(140, 98, 14, 14).stroke();
      form.formCheckbox('high', 140, 98, 14, 14, { value: 'Yes' });
      form.text('high', 160, 100, { lineBreak: false });
    });
    expect(await textOf(paper)).toBe('☒ high');
  });
});

describe('a form with drawn boxes', () => {
  let readers: Readers;
  beforeAll(() => {
    readers = openReaders({ workers: 1, log: silentLogger });
  });
  afterAll(() => readers.close());

  it('gives its answers as pairs', async () => {
    const { pages } = await readers.read(await makePdf((pdf) => drawForm(pdf, drawSquare, TICKS[5]![1])));
    expect(pages[0]?.words.filter(({ text }) => text === '☒')).toHaveLength(2);
    const { pairs } = await formExtractor.extract(pages, { paper: 'form' });
    expect(pairs.value).toEqual([
      ['Delivery', 'by courier'],
      ['Smoker', 'no'],
    ]);
  });
});

async function textOf(bytes: Uint8Array): Promise<string> {
  const pdf = await openTextPdf(bytes);
  let raster: Raster | undefined;
  const { text } = await withDrawnBoxes(await pdf.readPage(1), async () => {
    raster = await openPdfRaster(bytes);
    return raster;
  });
  await raster?.close();
  await pdf.close();
  return text;
}

/** Boxes before and behind what they are for, every second one ticked. */
function drawForm(pdf: PDFKit.PDFDocument, frame: Draw, tick: Draw): void {
  const box = (x: number, y: number, ticked: boolean) => {
    pdf.save().lineWidth(1);
    frame(pdf, x, y);
    pdf.restore();
    if (ticked) tick(pdf, x, y);
    pdf.font('Helvetica').fontSize(11).fillColor('black');
  };
  pdf.font('Helvetica').fontSize(11);
  pdf.text('Delivery', 60, 100, { lineBreak: false });
  box(180, 99, false);
  pdf.text('by post', 196, 100, { lineBreak: false });
  box(280, 99, true);
  pdf.text('by courier', 296, 100, { lineBreak: false });
  pdf.text('Smoker', 60, 130, { lineBreak: false });
  pdf.text('yes', 180, 130, { lineBreak: false });
  box(204, 129, false);
  pdf.text('no', 280, 130, { lineBreak: false });
  box(300, 129, true);
}

function drawSquare(pdf: PDFKit.PDFDocument, x: number, y: number): void {
  pdf.rect(x, y, SIDE, SIDE).stroke();
}

function drawFilledFrame(pdf: PDFKit.PDFDocument, x: number, y: number): void {
  pdf
    .rect(x, y, SIDE, SIDE)
    .rect(x + 1, y + 1, SIDE - 2, SIDE - 2)
    .fill('even-odd');
}

function sides(pdf: PDFKit.PDFDocument, x: number, y: number): PDFKit.PDFDocument {
  return pdf
    .moveTo(x, y)
    .lineTo(x + SIDE, y)
    .moveTo(x, y + SIDE)
    .lineTo(x + SIDE, y + SIDE)
    .moveTo(x, y)
    .lineTo(x, y + SIDE)
    .moveTo(x + SIDE, y)
    .lineTo(x + SIDE, y + SIDE);
}

function drawSides(pdf: PDFKit.PDFDocument, x: number, y: number): void {
  for (const [fromX, fromY, toX, toY] of [
    [x, y, x + SIDE, y],
    [x, y + SIDE, x + SIDE, y + SIDE],
    [x, y, x, y + SIDE],
    [x + SIDE, y, x + SIDE, y + SIDE],
  ] as const)
    pdf.moveTo(fromX, fromY).lineTo(toX, toY).stroke();
}

function drawThinSides(pdf: PDFKit.PDFDocument, x: number, y: number): void {
  pdf.rect(x, y, SIDE, 0.75).fill();
  pdf.rect(x, y + SIDE - 0.75, SIDE, 0.75).fill();
  pdf.rect(x, y, 0.75, SIDE).fill();
  pdf.rect(x + SIDE - 0.75, y, 0.75, SIDE).fill();
}

function cross(pdf: PDFKit.PDFDocument, x: number, y: number, side: number): PDFKit.PDFDocument {
  return pdf
    .moveTo(x, y)
    .lineTo(x + side, y + side)
    .moveTo(x + side, y)
    .lineTo(x, y + side);
}

function drawSwing(pdf: PDFKit.PDFDocument, x: number, y: number): void {
  pdf
    .moveTo(x + 2, y + 4)
    .lineTo(x + 5, y + 9)
    .lineTo(x + 14, y - 5)
    .stroke();
}

function drawSign(pdf: PDFKit.PDFDocument, x: number, y: number): void {
  pdf.font('ZapfDingbats').text('4', x + 1.5, y + 9.5, { lineBreak: false });
}

function drawTable(pdf: PDFKit.PDFDocument): void {
  pdf.font('Helvetica').fontSize(10);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 5; column++) pdf.rect(100 + 16 * column, 100 + 16 * row, 16, 16).stroke();
    pdf.text(`Article ${row}`, 190, 104 + 16 * row, { lineBreak: false });
  }
}

function drawRows(pdf: PDFKit.PDFDocument): void {
  pdf.font('Helvetica').fontSize(10);
  for (let row = 0; row < 4; row++) {
    pdf.rect(100, 100 + 30 * row, 14, 14).stroke();
    pdf.rect(114, 100 + 30 * row, 200, 14).stroke();
    pdf.text(`Article ${row}`, 118, 103 + 30 * row, { lineBreak: false });
  }
}

function drawPattern(pdf: PDFKit.PDFDocument): void {
  pdf.font('Helvetica').fontSize(11).text('Pattern', 16, 100, { lineBreak: false });
  for (let at = 0; at < 700; at++) drawSquare(pdf, 60 + 18 * (at % 25), 99 + 18 * Math.floor(at / 25));
}

function drawComb(pdf: PDFKit.PDFDocument): void {
  pdf.font('Helvetica').fontSize(11).text('Account', 60, 100, { lineBreak: false });
  for (let cell = 0; cell < 8; cell++) pdf.rect(110 + 15 * cell, 98, 13, 13).stroke();
}

function drawItems(pdf: PDFKit.PDFDocument, draw: (x: number, y: number, at: number) => unknown, size = 11): void {
  pdf.font('Helvetica').fontSize(size);
  for (let at = 0; at < 3; at++) {
    const y = 100 + 24 * at;
    draw(60, y, at);
    pdf.fillColor('black').text(`Item of the list`, 78, y + 1, { lineBreak: false });
  }
}

function drawEmblem(pdf: PDFKit.PDFDocument, x: number, y: number): void {
  pdf.rect(x, y, SIDE, SIDE).fill('navy');
  pdf.rect(x + 3, y + 3, 2, 6).fill('white');
}

function drawNumbered(pdf: PDFKit.PDFDocument, x: number, y: number, at: number): void {
  pdf.rect(x, y, SIDE, SIDE).stroke();
  pdf.text(String(at + 1), x + 2.5, y + 1.3, { lineBreak: false });
}
