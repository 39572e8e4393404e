import PDFDocument from 'pdfkit';
import type { ScanDamage } from '../damage.ts';
import { bytesOf } from '../draw/sheet.ts';
import type { Seeded } from '../seeded.ts';
import { asSharp, fromSharp, layPaper, type Picture, turnedCorners } from './picture.ts';
import type { Rasteriser } from './raster.ts';
import { crease, develop, dim, openVeil, type Veil } from './veil.ts';

/** A PDF as an office scanner makes it: pictures of pages, no text. */
export async function scanPdf(
  pdf: Uint8Array,
  damage: ScanDamage,
  made: Date,
  chance: Seeded,
  raster: Rasteriser,
): Promise<Uint8Array> {
  const channels = damage.tone === 'colour' ? 3 : 1;
  const scanned: ScannedPage[] = [];
  for await (const page of raster.pages(pdf, damage.dpi, channels)) {
    const { width, height } = page;
    scanned.push({ image: await scanPage(page, damage, chance), width, height });
  }
  return bindPages(scanned, damage, made);
}

async function scanPage(page: Picture, damage: ScanDamage, chance: Seeded): Promise<Buffer> {
  const { width, height, channels } = page;
  const corners = turnedCorners(0, 0, width, height, damage.skew + chance.between(-0.1, 0.1));
  let picture = await layPaper(page, { width, height, corners, curl: 0, under: [238, 238, 238] });
  if (damage.blur >= 0.3) picture = await fromSharp(asSharp(picture).blur(damage.blur), channels);
  const veil = openVeil(picture);
  shadeEdge(veil, chance);
  if (damage.fold)
    for (const at of [1 / 3, 2 / 3]) crease(veil, at + chance.between(-0.01, 0.01), 0.07, chance.between(-0.01, 0.01));
  if (damage.streak) streak(veil, chance.between(0.2, 0.95));
  const developed = await develop(picture, veil, { noise: damage.noise, specks: damage.specks, chance });
  return encode(developed, damage);
}

/** The lid never shuts quite tight at one edge. */
function shadeEdge(veil: Veil, chance: Seeded): void {
  const [left, depth] = [chance.chance(0.5), chance.between(0.05, 0.25)];
  dim(veil, (x) => 1 - depth * Math.exp(-(left ? x : 1 - x) * 60));
}

/** Dirt on the glass, drawn along the page as it feeds. */
function streak(veil: Veil, at: number): void {
  dim(veil, (x) => 1 - 0.13 * Math.exp(-(((x - at) * veil.width) ** 2) / 0.3));
}

function encode(picture: Picture, damage: ScanDamage): Promise<Buffer> {
  const turned = asSharp(picture).rotate(damage.rotation);
  if (damage.tone === 'black-white') return turned.threshold(168).png({ compressionLevel: 9 }).toBuffer();
  return turned.withMetadata({ density: damage.dpi }).jpeg({ quality: damage.quality }).toBuffer();
}

interface ScannedPage {
  readonly image: Buffer;
  readonly width: number;
  readonly height: number;
}

function bindPages(pages: readonly ScannedPage[], damage: ScanDamage, made: Date): Promise<Uint8Array> {
  const info = { Title: 'Scan', Creator: 'Scan to PDF', Producer: 'Scan to PDF', CreationDate: made };
  const doc = new PDFDocument({ autoFirstPage: false, margin: 0, info });
  for (const page of pages) {
    const [width, height] = [(page.width * 72) / damage.dpi, (page.height * 72) / damage.dpi];
    doc.addPage({ size: [width, height], margin: 0 }).image(page.image, 0, 0, { width, height });
  }
  return bytesOf(doc);
}
