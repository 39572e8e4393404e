import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Size } from '../../../extractors/readers/geometry.ts';
import { type Grey, tilt } from '../../../extractors/readers/grey.ts';
import { groundOf, lightPrintDarkened, withoutSurround } from '../../../extractors/readers/ground.ts';
import { DEFAULT_OCR, openOcr } from '../../../extractors/readers/ocr.ts';
import { readByOcr } from '../../../extractors/readers/ocrPage.ts';
import { openPdfRaster } from '../../../extractors/readers/raster.ts';
import { drawLetter, lettersRead, makePdf } from './papers.ts';

const INK = 128;
const HEADS = [
  ['Article', 60, 150],
  ['Qty', 211, 50],
  ['Unit price', 262, 90],
  ['Amount due', 353, 87],
] as const;

/** A letter over the head of a table: its cells in `ground` with words in `letters`, white lines between them. */
function drawTable(pdf: PDFKit.PDFDocument, ground: string, letters: string): void {
  drawLetter(pdf.fillColor('#000000'));
  for (const [, x, width] of HEADS) pdf.rect(x, 280, width, 18).fill(ground);
  pdf.font('Helvetica-Bold').fontSize(9).fillColor(letters);
  for (const [word, x] of HEADS) pdf.text(word, x + 6, 286, { lineBreak: false });
}

describe('light print on a dark ground', () => {
  it.each([
    ['#000000', 75],
    ['#1f4e79', 100],
    ['#c62828', 150],
    ['#43a047', 200],
    ['#222222', 300],
  ])('on %s at %i dots per inch becomes what it would be in black on white', async (ground, dpi) => {
    const light = await pixels((pdf) => drawTable(pdf, ground, '#ffffff'), dpi);
    const dark = await pixels((pdf) => drawTable(pdf, '#ffffff', '#000000'), dpi);
    const found = await groundOf(light);
    expect(found?.shades).not.toContain('surround');
    expect(inkAlike(lightPrintDarkened(light, found!), dark)).toBeGreaterThan(0.9);
  });

  it('stands in a band that runs out of the page', async () => {
    const draw = (ground: string, letters: string) => (pdf: PDFKit.PDFDocument) => {
      drawLetter(pdf.fillColor('#000000'));
      pdf.rect(-5, -5, 490, 50).fill(ground);
      pdf.font('Helvetica-Bold').fontSize(22).fillColor(letters).text('3M Harbour Supplies', 30, 16);
    };
    const light = await pixels(draw('#101010', '#ffffff'), 150);
    const found = await groundOf(light);
    expect(found?.shades).not.toContain('surround');
    const dark = await pixels(draw('#ffffff', '#000000'), 150);
    expect(inkAlike(lightPrintDarkened(light, found!), dark)).toBeGreaterThan(0.9);
  });

  it('leaves the dark print in white boxes on the same ground as it is', async () => {
    const draw = (ground: string, letters: string) => (pdf: PDFKit.PDFDocument) => {
      pdf.rect(20, 20, 440, 200).fill(ground);
      pdf.font('Helvetica').fontSize(11).fillColor(letters).text('Name of the account', 40, 60, { lineBreak: false });
      pdf.rect(200, 52, 220, 24).fill('#ffffff').fillColor('#000000');
      pdf.text('Margaret Holloway', 210, 60, { lineBreak: false });
    };
    const light = await pixels(draw('#37474f', '#ffffff'), 150);
    const dark = await pixels(draw('#ffffff', '#000000'), 150);
    expect(inkAlike(lightPrintDarkened(light, (await groundOf(light))!), dark)).toBeGreaterThan(0.9);
  });

  it.each([
    ['#ef6c00', 100],
    ['#43a047', 150],
    ['#1e88e5', 120],
    ['#1f5fa9', 150],
  ])('leaves dark print on the same ground, %s at %i dots per inch, as it is', async (ground, dpi) => {
    const draw = (band: string, letters: string) => (pdf: PDFKit.PDFDocument) => {
      pdf.rect(40, 280, 400, 34).fill(band).font('Helvetica-Bold').fontSize(14);
      pdf.fillColor(letters).text('RECHNUNG', 60, 291, { lineBreak: false });
      pdf.fillColor('#000000').text('Nr. 4711-08, Mai', 220, 291, { lineBreak: false });
    };
    const light = await pixels(draw(ground, '#ffffff'), dpi);
    const dark = await pixels(draw('#ffffff', '#000000'), dpi);
    expect(inkAlike(lightPrintDarkened(light, (await groundOf(light))!), dark)).toBeGreaterThan(0.9);
  });

  it.each([
    [34, 34],
    [51, 34],
    [68, 34],
    [85, 34],
    [102, 34],
    [60, 20],
    [85, 60],
  ])('leaves a white box of %i by %i points and the dark print in it as they are', async (across, down) => {
    const draw = (ground: string, letters: string) => (pdf: PDFKit.PDFDocument) => {
      pdf.rect(20, 20, 440, 200).fill(ground);
      pdf.font('Helvetica').fontSize(11).fillColor(letters).text('Amount due', 40, 60, { lineBreak: false });
      pdf.rect(200, 52, across, down).fill('#ffffff').fillColor('#000000');
      pdf.text('1.234,50'.slice(0, across / 8), 206, 58, { lineBreak: false });
      pdf.rect(330, 52, across, down).fill('#ffffff');
    };
    const light = await pixels(draw('#37474f', '#ffffff'), 150);
    const dark = await pixels(draw('#ffffff', '#000000'), 150);
    expect(inkAlike(lightPrintDarkened(light, (await groundOf(light))!), dark)).toBeGreaterThan(0.9);
  });

  it.each([75, 150, 300])('makes no ink of empty boxes to be ticked at %i dots per inch', async (dpi) => {
    const draw = (ground: string, letters: string) => (pdf: PDFKit.PDFDocument) => {
      pdf.rect(20, 20, 440, 100).fill(ground);
      pdf.font('Helvetica').fontSize(11).fillColor(letters).text('Paid in cash', 60, 60, { lineBreak: false });
      pdf.text('By invoice', 220, 60, { lineBreak: false });
      for (const x of [42, 202]) pdf.rect(x, 58, 11, 11).fill('#ffffff');
    };
    const light = await pixels(draw('#37474f', '#ffffff'), dpi);
    const dark = await pixels(draw('#ffffff', '#000000'), dpi);
    expect(inkAlike(lightPrintDarkened(light, (await groundOf(light))!), dark)).toBeGreaterThan(0.8);
  });

  it('is none in bold letters, rules, boxes, or a page in the shadow', async () => {
    const page = await pixels((pdf) => {
      drawLetter(pdf);
      pdf.font('Helvetica-Bold').fontSize(44).text('BOOK 8008', 60, 20, { lineBreak: false });
      pdf.lineWidth(4).rect(60, 280, 300, 30).stroke().rect(400, 280, 12, 12).fillAndStroke('#000000');
    }, 150);
    expect(await groundOf(page)).toBeUndefined();
    const shaded = page.data.map((value, at) => value * (0.4 + (0.6 * (at % page.width)) / page.width));
    expect(await groundOf({ ...page, data: shaded })).toBeUndefined();
  });

  it('is read', async () => {
    const engine = openOcr({ ...DEFAULT_OCR, languages: ['eng'] });
    const picture = await pixels((pdf) => drawTable(pdf, '#1f4e79', '#ffffff'), 100);
    const { text } = await readByOcr(engine, picture, picture, 1);
    await engine.close();
    expect(text.split('\n').at(-1)).toBe('Article Qty Unit price Amount due');
  });
});

describe('what lies around the paper', () => {
  const strip = fc.oneof(fc.constant(0), fc.integer({ min: 6, max: 50 }));
  const bed = fc.record({
    ...{ left: strip, top: strip, right: strip },
    bottom: fc.integer({ min: 30, max: 50 }),
    dark: fc.integer({ min: 5, max: 55 }),
    seed: fc.nat(),
  });

  it('becomes white with all its specks, and the paper stays', async () => {
    const page = await pixels(drawLetter, 75);
    await fc.assert(
      fc.asyncProperty(bed, async (around) => {
        const picture = onBed(page, around);
        const found = await groundOf(picture);
        const clean = withoutSurround(lightPrintDarkened(picture, found!), found!);
        expect(Buffer.compare(part(clean, around, page), page.data)).toBe(0);
        // A pixel in the picture's very corner may be cut off by a speck.
        expect(inkOf(clean) - inkOf(page)).toBeLessThanOrEqual(4);
      }),
      { numRuns: 8 },
    );
  });

  it('is found where the paper lies askew', async () => {
    const page = await pixels(drawLetter, 100);
    const wide = onBed(page, { left: 60, top: 60, right: 60, bottom: 60, dark: 20, seed: 3 });
    // Negative, so that the corners that come with the turn are as dark as the bed.
    const { data, ...size } = await tilt({ ...wide, data: wide.data.map((value) => 255 - value) }, 4);
    const picture = { ...size, data: data.map((value) => 255 - value) };
    const found = (await groundOf(picture))!;
    const clean = withoutSurround(picture, found);
    const straight = await tilt(page, 4);
    expect(inkOf(clean) / inkOf(straight)).toBeGreaterThan(0.97);
    expect(inkOf(clean) / inkOf(straight)).toBeLessThan(1.03);
  });

  it('ends where paper lies in a shadow beside it', async () => {
    const page = await pixels(drawLetter, 100);
    const around = { left: 200, top: 120, right: 200, bottom: 120, dark: 10, seed: 5 };
    const shaded = page.data.map((value, at) => value * Math.max(0.42, Math.min(1, (at % page.width) / 300 - 0.3)));
    const picture = onBed({ ...page, data: shaded }, around);
    const clean = withoutSurround(picture, (await groundOf(picture))!);
    const inner = { width: page.width - 6, height: page.height - 6 };
    const read = part(clean, { left: 203, top: 123 }, inner);
    expect(Buffer.compare(read, part({ ...page, data: shaded }, { left: 3, top: 3 }, inner))).toBe(0);
  });

  it('is wood too, whose grain is no print', async () => {
    const page = await pixels(drawLetter, 100);
    const picture = onBed(page, { left: 200, top: 120, right: 200, bottom: 120, dark: 20, seed: 4 });
    const wood = picture.data.map((value, at) => {
      const [x, y] = [at % picture.width, Math.floor(at / picture.width)];
      return value < 60 ? 45 + 30 * Math.sin(x / 40 + 6 * Math.sin(y / 9)) * noise(y >> 2, 8) : value;
    });
    expect((await groundOf({ ...picture, data: wood }))?.shades).toContain('surround');
  });

  it('is no paper in a shade that lies on a dark table before a window', async () => {
    const page = await pixels(drawLetter, 100);
    const around = { left: 200, top: 120, right: 200, bottom: 120, dark: 20, seed: 9 };
    const picture = onBed({ ...page, data: page.data.map((value) => 25 + value * 0.2) }, around);
    // An eighth of the picture.
    picture.data.fill(250, 0, Math.floor(picture.height / 8) * picture.width);
    const found = await groundOf(picture);
    expect(found?.shades ?? []).not.toContain('surround');
  });

  it('costs a page none of its words', async () => {
    const engine = openOcr({ ...DEFAULT_OCR, languages: ['eng'] });
    const page = await pixels(drawLetter, 150);
    const picture = onBed(page, { left: 120, top: 80, right: 40, bottom: 300, dark: 30, seed: 11 });
    const { text, page: read } = await readByOcr(engine, picture, picture, 1);
    await engine.close();
    expect(lettersRead(text)).toBeGreaterThan(0.98);
    const outside = read.words.filter(({ x0, y0, x1, y1 }) => {
      return x1 < 120 || y1 < 80 || x0 > 120 + page.width || y0 > 80 + page.height;
    });
    expect(outside).toEqual([]);
  });
});

interface Bed {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly dark: number;
  readonly seed: number;
}

/** A page on a scanner's bed, with grain and bright specks. */
function onBed(page: Grey, { left, top, right, bottom, dark, seed }: Bed): Grey {
  const [width, height] = [page.width + left + right, page.height + top + bottom];
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const chance = noise(at, seed);
    return chance > 0.997 ? 230 : dark + 12 * chance;
  });
  for (let y = 0; y < page.height; y++) {
    data.set(page.data.subarray(y * page.width, (y + 1) * page.width), (y + top) * width + left);
  }
  return { data, width, height };
}

/** 0 to 1, the same for the same place. */
function noise(at: number, seed: number): number {
  const mixed = Math.imul((at + 1) ^ (seed * 7919), 2654435761) >>> 0;
  return (Math.imul(mixed ^ (mixed >>> 15), 2246822519) >>> 0) / 2 ** 32;
}

/** The pixels of a rectangle. */
function part(image: Grey, { left, top }: Pick<Bed, 'left' | 'top'>, { width, height }: Size): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const from = (y + top) * image.width + left;
    return image.data.subarray(from, from + width);
  });
  return Buffer.concat(rows);
}

function inkOf({ data }: Grey): number {
  return data.filter((value) => value < INK).length;
}

/** Of the ink that either shows, the share that both show. */
function inkAlike(a: Grey, b: Grey): number {
  let [both, either] = [0, 0];
  a.data.forEach((value, at) => {
    const [inA, inB] = [value < INK, b.data[at]! < INK];
    if (inA && inB) both++;
    if (inA || inB) either++;
  });
  return both / either;
}

async function pixels(draw: (pdf: PDFKit.PDFDocument) => void, dpi: number): Promise<Grey> {
  const raster = await openPdfRaster(await makePdf(draw, { size: [480, 340], margin: 0 }));
  const picture = await raster.grey(1, dpi / 72, 10_000_000);
  await raster.close();
  return { ...picture, data: Uint8Array.from(picture.data) };
}
