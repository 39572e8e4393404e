import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_OCR, openOcr } from '../../../extractors/readers/ocr.ts';
import { readByOcr } from '../../../extractors/readers/ocrPage.ts';
import { prepare } from '../../../extractors/readers/prepare.ts';
import { openPdfRaster } from '../../../extractors/readers/raster.ts';
import { findTickBoxes, withBoxes } from '../../../extractors/readers/tickBoxes.ts';
import { drawLetter, makePdf } from './papers.ts';

const CHOICES = [
  ['Marital status', 'single', 'x', 'married', ''],
  ['Payment by', 'transfer', '', 'cheque', 'v'],
  ['Delivery to', 'the office', 'x', 'the warehouse', 'x'],
] as const;
const SIDE = 12;

describe('boxes on a picture of a form', () => {
  it.each([100, 150, 300])('are found with their ticks at %i dots per inch', async (dpi) => {
    const { boxes } = findTickBoxes(await prepare(await pixels(drawForm, dpi)));
    const inOrder = boxes.toSorted((a, b) => a.y0 - b.y0 || a.x0 - b.x0);
    expect(inOrder.map(({ ticked }) => ticked)).toEqual([true, false, false, true, true, true]);
    for (const { x0, x1 } of boxes) expect(Math.abs(x1 - x0 - ((SIDE + 1) * dpi) / 72)).toBeLessThan(0.04 * dpi);
  });

  it('are none on a letter, however large its letters', async () => {
    const letter = await pixels((pdf) => {
      drawLetter(pdf);
      pdf.font('Courier-Bold').fontSize(26).text('DO OBEY: 0 8 D Q H E', 60, 300);
    }, 150);
    expect(findTickBoxes(await prepare(letter)).boxes).toEqual([]);
  });

  it('are none where cells of a field stand side by side, a digit in each', async () => {
    const account = await pixels((pdf) => {
      pdf.font('Helvetica').fontSize(12).text('Account', 60, 80, { lineBreak: false });
      for (const [index, digit] of [...'471908'].entries()) {
        pdf
          .lineWidth(1)
          .rect(180 + 18 * index, 76, 16, 16)
          .stroke();
        pdf.text(digit, 184 + 18 * index, 80, { lineBreak: false });
      }
    }, 200);
    expect(findTickBoxes(await prepare(account)).boxes).toEqual([]);
  });

  it('stand as signs before what they are for', async () => {
    const engine = openOcr({ ...DEFAULT_OCR, languages: ['eng'] });
    const picture = await pixels(drawForm, 200);
    const { text } = await readByOcr(engine, picture, picture, 1);
    await engine.close();
    expect(text.replaceAll(/[ \t]+/g, ' ').split('\n')).toEqual([
      'Marital status ☒ single ☐ married',
      'Payment by ☐ transfer ☒ cheque',
      'Delivery to ☒ the office ☒ the warehouse',
    ]);
  });
});

describe('signs among words', () => {
  it('take the place of what was read in a box, and leave all other words', () => {
    const place = fc.record({ x0: fc.integer({ min: 0, max: 900 }), y0: fc.integer({ min: 0, max: 900 }) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 12 }), place, fc.boolean(), (places, at, ticked) => {
        const words = places.map(({ x0, y0 }) => ({ x0, y0, x1: x0 + 40, y1: y0 + 12, text: 'word', confidence: 0.9 }));
        const box = { x0: at.x0, y0: at.y0, x1: at.x0 + 30, y1: at.y0 + 30, ticked };
        const all = withBoxes([words], [box]).flat();
        const outside = words.filter(({ x0, y0 }) => !covers(box, x0 + 20, y0 + 6));
        expect(all.filter(({ text }) => text === 'word')).toHaveLength(outside.length);
        expect(all.filter(({ text }) => text === (ticked ? '☒' : '☐'))).toHaveLength(1);
      }),
    );
  });
});

function covers({ x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number }, x: number, y: number): boolean {
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

function drawForm(pdf: PDFKit.PDFDocument): void {
  pdf.font('Helvetica').fontSize(12);
  for (const [row, [question, first, firstTick, second, secondTick]] of CHOICES.entries()) {
    const y = 80 + 40 * row;
    pdf.text(question, 60, y, { lineBreak: false });
    drawChoice(pdf, 180, y, first, firstTick);
    drawChoice(pdf, 300, y, second, secondTick);
  }
}

function drawChoice(pdf: PDFKit.PDFDocument, x: number, y: number, option: string, tick: string): void {
  pdf
    .lineWidth(1)
    .rect(x, y - 2, SIDE, SIDE)
    .stroke();
  if (tick === 'x')
    pdf
      .moveTo(x + 2, y)
      .lineTo(x + 10, y + 8)
      .moveTo(x + 10, y)
      .lineTo(x + 2, y + 8)
      .stroke();
  if (tick === 'v')
    pdf
      .moveTo(x + 2, y + 4)
      .lineTo(x + 5, y + 8)
      .lineTo(x + 10, y)
      .stroke();
  pdf.text(option, x + SIDE + 8, y, { lineBreak: false });
}

async function pixels(draw: (pdf: PDFKit.PDFDocument) => void, dpi: number) {
  const raster = await openPdfRaster(await makePdf(draw, { size: [480, 360] }));
  const picture = await raster.grey(1, dpi / 72, 10_000_000);
  await raster.close();
  return picture;
}
