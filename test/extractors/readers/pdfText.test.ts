import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openTextPdf } from '../../../extractors/readers/pdfText.ts';
import { PDF_JS, PDFIUM } from '../../../extractors/readers/printedPage.ts';
import { drawLetter, findWord, lettersRead, makePdf, overlap, rawPdf } from './papers.ts';

async function readFirst(bytes: Uint8Array, password?: string) {
  const pdf = await openTextPdf(bytes, password);
  try {
    return await pdf.readPage(1);
  } finally {
    await pdf.close();
  }
}

/** Draws words one by one, so that their places are known, and the same words as one run. */
function drawMeasured(
  pdf: PDFKit.PDFDocument,
  words: string[],
  x: number,
  y: number,
): Map<string, { x0: number; x1: number }> {
  pdf.text(words.join(' '), x, y, { lineBreak: false });
  const places = new Map<string, { x0: number; x1: number }>();
  let at = x;
  for (const word of words) {
    const width = pdf.widthOfString(word);
    places.set(word, { x0: at * 2, x1: (at + width) * 2 });
    at += width + pdf.widthOfString(' ');
  }
  return places;
}

describe('text layer of a PDF', () => {
  it.each(['Helvetica', 'Times-Roman', 'Courier', 'Helvetica-Bold'])('gives each word its box in %s', async (font) => {
    let places = new Map<string, { x0: number; x1: number }>();
    const pdf = await makePdf((page) => {
      page.font(font).fontSize(11);
      places = drawMeasured(page, ['Invoice', 'No.', '2024-00117', 'illicit', 'MWMWM', '1.234,56'], 60, 200);
    });
    const { page, text } = await readFirst(pdf);
    expect(text).toBe('Invoice No. 2024-00117 illicit MWMWM 1.234,56');
    expect(page).toMatchObject({ number: 1, width: 1191, height: 1684, source: 'text', rotation: 0 });
    for (const [word, { x0, x1 }] of places) {
      const found = findWord(page, word);
      expect(found.confidence).toBe(1);
      expect(overlap(found, { ...found, x0, x1 }), word).toBeGreaterThan(0.75);
      expect(overlap(found, { ...found, y0: 400, y1: 422 }), word).toBeGreaterThan(0.6);
    }
  });

  it('says what read it, in the version that is installed', async () => {
    const { page } = await readFirst(await makePdf(drawLetter));
    expect(page.by).toBe(PDFIUM);
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    expect([PDFIUM, PDF_JS]).toEqual([
      `pdfium ${dependencies['@hyzyla/pdfium']}`,
      `pdf.js ${dependencies['pdfjs-dist']}`,
    ]);
  });

  it('turns boxes with the page', async () => {
    const upright = await readFirst(await makePdf(drawLetter));
    const turned = await readFirst(
      await makePdf((page) => {
        Object.assign(page.page.dictionary.data, { Rotate: 90 });
        drawTurned(page);
      }),
    );
    expect(turned.page).toMatchObject({ width: 1684, height: 1191, rotation: 0 });
    expect(turned.text).toBe(upright.text);
    expect(overlap(findWord(turned.page, 'Northwind'), findWord(upright.page, 'Northwind'))).toBeGreaterThan(0.8);
  });

  it('stands a page upright whose text runs sideways', async () => {
    const upright = await readFirst(await makePdf(drawLetter));
    const sideways = await readFirst(await makePdf(drawTurned));
    expect(sideways.page).toMatchObject({ width: 1684, height: 1191, rotation: 90 });
    expect(sideways.text).toBe(upright.text);
    expect(overlap(findWord(sideways.page, '979.40'), findWord(upright.page, '979.40'))).toBeGreaterThan(0.8);
  });

  it('reads columns line by line, left before right', async () => {
    const { text } = await readFirst(
      await makePdf((page) => {
        page.text('Amount', 400, 100).text('Total', 400, 120);
        page.text('Description', 60, 100).text('Copy paper', 60, 120);
      }),
    );
    expect(text).toBe('Description Amount\nCopy paper Total');
  });

  it('reads what was typed into form fields', async () => {
    const { page } = await readFirst(
      await makePdf((form) => {
        form.font('Helvetica').initForm();
        form.text('Name', 60, 100);
        form.formText('name', 120, 95, 200, 20, { value: 'Ada Lovelace' });
      }),
    );
    const first = findWord(page, 'Ada');
    expect(overlap(first, { x0: 240, y0: 190, x1: 640, y1: 230 })).toBeGreaterThan(0.02);
    expect(findWord(page, 'Lovelace').x0).toBeGreaterThan(first.x1);
  });

  it('shows boxes of a form as signs, ticked ones with a cross', async () => {
    const { text } = await readFirst(
      await makePdf((form) => {
        form.font('Helvetica').initForm();
        form.text('Priority', 60, 100, { lineBreak: false });
        form.formCheckbox('low', 140, 98, 14, 14);
        form.text('low', 160, 100, { lineBreak: false });
        form.formCheckbox('high', 220, 98, 14, 14, { value: 'Yes' });
        form.text('high', 240, 100, { lineBreak: false });
      }),
    );
    expect(text).toBe('Priority ☐ low ☒ high');
  });

  it('goes by the value of a box that knows what it stands for, not by its drawn mark', async () => {
    const box = (name: string, value: string, x: number) =>
      `<< /Type /Annot /Subtype /Widget /FT /Btn /F 4 /T (${name}) /Rect [${x} 100 ${x + 14} 114] /V /${value} /AS /${value}
        /AP << /N << /Paid 7 0 R /Off 7 0 R >> >> >>`;
    const mark = 'BT /F 12 Tf 4 5 Td (4) Tj ET';
    const { text } = await readFirst(
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] >> >>',
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Annots [4 0 R 5 0 R] >>',
        box('cash', 'Paid', 50),
        box('cheque', 'Off', 150),
        '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>',
        `<< /Type /XObject /Subtype /Form /BBox [0 0 14 14] /Resources << /Font << /F 6 0 R >> >> /Length ${mark.length} >>
stream\n${mark}\nendstream`,
      ]),
    );
    expect(text).toBe('☒ ☐');
  });

  it('reads what is only drawn in a field, as the caption of a button', async () => {
    const caption = 'BT /F 12 Tf 4 5 Td (Send order) Tj ET';
    const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
    const { page } = await readFirst(
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>',
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Annots [4 0 R] >>',
        '<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /F 4 /T (send) /Rect [50 100 150 120] /AP << /N 5 0 R >> >>',
        `<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F ${font} >> >> /Length ${caption.length} >>
stream\n${caption}\nendstream`,
      ]),
    );
    expect(page.words.map((word) => word.text)).toEqual(['Send', 'order']);
    expect(page.words[0]).toMatchObject({ x0: expect.closeTo(100, -1), y0: expect.closeTo(360, -2) });
  });

  it('reads what was typed or stamped on top of the page, and neither comments nor what is hidden', async () => {
    const stamp = 'BT /F 12 Tf 4 5 Td (PAID 3 MAY) Tj ET';
    const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
    const printed = 'BT /F 12 Tf 50 250 Td (Invoice 4711) Tj ET';
    const typed = (text: string, more: string) =>
      `<< /Type /Annot /Subtype /FreeText /Rect [50 150 250 170] /DA (/Helv 12 Tf 0 g) /Contents (${text}) ${more} >>`;
    const { page } = await readFirst(
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 9 0 R /Resources << /Font << /F ${font} >> >>
          /Annots [4 0 R 5 0 R 6 0 R 7 0 R] >>`,
        typed('cost centre 77', '/F 4'),
        typed('unseen', '/F 2'),
        '<< /Type /Annot /Subtype /Stamp /F 4 /Rect [50 100 150 120] /AP << /N 8 0 R >> >>',
        '<< /Type /Annot /Subtype /Text /F 4 /Rect [50 50 70 70] /Contents (call them) >>',
        `<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F ${font} >> >> /Length ${stamp.length} >>
stream\n${stamp}\nendstream`,
        `<< /Length ${printed.length} >>\nstream\n${printed}\nendstream`,
      ]),
    );
    expect(page.words.map(({ text }) => text)).toEqual('Invoice 4711 cost centre 77 PAID 3 MAY'.split(' '));
    expect(page.words.find(({ text }) => text === 'cost')?.y0).toBeCloseTo(260, -2);
  });

  it('opens encrypted files with their password only', async () => {
    const secret = await makePdf(drawLetter, { userPassword: 'sesame', pdfVersion: '1.7' });
    await expect(readFirst(secret)).rejects.toMatchObject({ kind: 'password' });
    await expect(readFirst(secret, 'wrong')).rejects.toMatchObject({ kind: 'password' });
    expect(lettersRead((await readFirst(secret, 'sesame')).text)).toBe(1);
  });

  it('leaves out what is set beside the page', async () => {
    const { text } = await readFirst(
      await makePdf((page) => {
        page.text('Seen', 60, 100, { lineBreak: false });
        page.text('Unseen', -300, 100, { lineBreak: false });
      }),
    );
    expect(text).toBe('Seen');
  });

  it('tells what has no ink, and what is as pale as paper', async () => {
    const { unprinted, pale } = await readFirst(
      await makePdf((page) => {
        page.text('Plain', 60, 100, { lineBreak: false });
        page.fillColor('#ffffff').text('White', 60, 140, { lineBreak: false });
        page.fillColor('#000000').fillOpacity(0).text('Glass', 60, 160, { lineBreak: false }).fillOpacity(1);
        page.text('Outlined', 60, 200, { lineBreak: false, stroke: true });
        page.addContent('3 Tr').text('Unprinted', 60, 180, { lineBreak: false });
        page.addContent('7 Tr').text('Clipping', 60, 220, { lineBreak: false });
      }),
    );
    expect([...unprinted].map(({ text }) => text).sort()).toEqual(['Clipping', 'Glass', 'Unprinted']);
    expect([...pale].map(({ text }) => text)).toEqual(['White']);
  });

  it('tells what lies under a picture that shows nothing of it', async () => {
    const [solid, glass] = await Promise.all(
      [1, 0.1].map((alpha) =>
        sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 200, g: 0, b: 0, alpha } } })
          .png()
          .toBuffer(),
      ),
    );
    const { unprinted } = await readFirst(
      await makePdf((page) => {
        page.image(solid!, 50, 290, { width: 200, height: 40 }).text('Over', 60, 300, { lineBreak: false });
        page.text('Under', 60, 100, { lineBreak: false }).image(solid!, 50, 90, { width: 200, height: 40 });
        page.text('Watermarked', 60, 200, { lineBreak: false }).image(glass!, 50, 190, { width: 200, height: 40 });
      }),
    );
    expect([...unprinted].map(({ text }) => text)).toEqual(['Under']);
  });
});

/** The letter on a portrait page, its lines running from bottom to top. */
function drawTurned(page: PDFKit.PDFDocument): void {
  page.translate(0, page.page.height).rotate(-90, { origin: [0, 0] });
  drawLetter(page);
}
