import type { Page } from '#core';
import type { Desk, Paper } from './desk.ts';
import { ReadError } from './errors.ts';
import type { Job } from './messages.ts';
import { LETTER, readPlainText } from './plainText.ts';
import { openPdfRaster } from './raster.ts';
import { openRaster } from './readDocument.ts';

/** A letter of Courier is so many times as wide as the type is high. */
const COURIER_WIDTH = 0.6;
const DESCENT = 0.3;

/** A WebP picture of an upright page, on which the page's boxes can be drawn. */
export async function picture(job: Extract<Job, { kind: 'picture' }>, desk: Desk): Promise<Uint8Array> {
  desk.step('image');
  const raster = await openRaster(job.paper, desk.limits);
  if (!raster) return typedPicture(job.paper, job.number, job.width);
  try {
    if (job.number > raster.pages) throw new ReadError('unsupported');
    return await raster.picture(job.number, job.width, job.rotation);
  } finally {
    await raster.close();
  }
}

/** Plain text has no picture of its own: its words are set where its reader says they stand. */
async function typedPicture({ bytes }: Paper, number: number, width: number): Promise<Uint8Array> {
  const page = readPlainText(bytes)[number - 1]?.page;
  if (!page) throw new ReadError('unsupported');
  const raster = await openPdfRaster(typeset(page));
  try {
    return await raster.picture(1, width, 0);
  } finally {
    await raster.close();
  }
}

/** The smallest PDF that shows a page's words in Courier, a pixel to the point. */
function typeset({ width, height, words }: Page): Uint8Array {
  const size = LETTER.width / COURIER_WIDTH;
  const shown = words.map(({ x0, y1, text }) => {
    const hex = Buffer.from(text, 'latin1').toString('hex');
    return `1 0 0 1 ${x0} ${height - y1 + LETTER.height * DESCENT} Tm <${hex}> Tj`;
  });
  const content = `BT /F ${size} Tf ${shown.join(' ')} ET`;
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 ${width} ${height}] >>`,
    `<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F ${font} >> >> >>`,
    `<< /Length ${content.length} >> stream\n${content}\nendstream`,
  ];
  // Without a table of offsets: the rasteriser finds the objects by looking.
  const body = objects.map((object, index) => `${index + 1} 0 obj ${object} endobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n`, 'latin1');
}
