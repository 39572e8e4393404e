import sharp from 'sharp';
import { ReadError } from './errors.ts';
import type { Job } from './messages.ts';
import { LETTER, readPlainText } from './plainText.ts';
import { type Desk, openRaster, type Paper } from './readDocument.ts';

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
  const words = page.words.map(
    ({ x0, y1, text }) => `<text x="${x0}" y="${y1 - LETTER.height * 0.25}">${escaped(text)}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${page.width}" height="${page.height}">
    <rect width="100%" height="100%" fill="white"/><g font-family="monospace" font-size="20">${words.join('')}</g></svg>`;
  return sharp(Buffer.from(svg))
    .resize({ width: Math.round(width) })
    .webp({ quality: 82 })
    .toBuffer();
}

function escaped(text: string): string {
  return text.replace(/[^\x20-\x7e]|[<>&"]/gu, (letter) => `&#${letter.codePointAt(0)};`);
}
