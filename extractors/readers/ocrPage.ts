import { type Rotation, type Size, scaleRectangle, turnSize } from './geometry.ts';
import { type Grey, turn } from './grey.ts';
import { type Line, type PageReading, pageReading } from './layout.ts';
import type { OcrEngine, OcrWord, Segmentation } from './ocr.ts';
import { type Prepared, prepare } from './prepare.ts';

/** Below this share of confidently read letters a page gets a second look: turned, or segmented otherwise. */
const DOUBTFUL = 0.6;
const CONFIDENT = 0.6;
const SURE_OF_ORIENTATION = 1;

interface Look {
  readonly rotation: Rotation;
  readonly upright: Size;
  readonly prepared: Prepared;
  readonly lines: OcrWord[][];
}

/** Reads a picture of a page. `paper` is the page's size in the pixels its boxes shall have, before it is turned. */
export async function readByOcr(engine: OcrEngine, image: Grey, paper: Size, number: number): Promise<PageReading> {
  const look = await bestLook(engine, image);
  const size = turnSize(paper, look.rotation);
  const byX = size.width / look.upright.width;
  const byY = size.height / look.upright.height;
  const lines: Line[] = look.lines.map((line) =>
    line.filter(isWorthKeeping).map((word) => ({
      ...scaleRectangle(look.prepared.toOriginal(word), byX, byY),
      text: word.text,
      confidence: Math.round(word.confidence * 1000) / 1000,
      angle: 0,
      continues: false,
    })),
  );
  const kept = lines.filter((line) => line.length > 0);
  return pageReading(kept, { number, ...size, source: 'ocr', rotation: look.rotation });
}

async function bestLook(engine: OcrEngine, image: Grey): Promise<Look> {
  const first = await lookAt(engine, image, 0, 'page');
  if (confidentShare(first.lines) >= DOUBTFUL) return first;
  const { rotation, confidence } = await engine.orientation(first.prepared.image);
  const isTurned = rotation !== 0 && confidence >= SURE_OF_ORIENTATION;
  const second = isTurned
    ? await lookAt(engine, image, rotation, 'page')
    : { ...first, lines: await readPrepared(engine, first.prepared, 'block') };
  return confidentLetters(second.lines) > confidentLetters(first.lines) ? second : first;
}

async function lookAt(engine: OcrEngine, image: Grey, rotation: Rotation, segmentation: Segmentation): Promise<Look> {
  const upright = await turn(image, rotation);
  const prepared = await prepare(upright);
  return { rotation, upright, prepared, lines: await readPrepared(engine, prepared, segmentation) };
}

function readPrepared(engine: OcrEngine, { image, dpi }: Prepared, segmentation: Segmentation): Promise<OcrWord[][]> {
  return engine.read(image, { dpi, segmentation });
}

function letterCount(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function confidentLetters(lines: readonly OcrWord[][]): number {
  const sure = lines.flat().filter((word) => word.confidence >= CONFIDENT);
  return sure.reduce((sum, word) => sum + letterCount(word.text), 0);
}

function confidentShare(lines: readonly OcrWord[][]): number {
  const all = lines.flat().reduce((sum, word) => sum + letterCount(word.text), 0);
  return all === 0 ? 0 : confidentLetters(lines) / all;
}

/** Rules, specks and stains come back as stray marks the engine itself does not believe in. */
function isWorthKeeping({ text, confidence }: OcrWord): boolean {
  return confidence >= (letterCount(text) > 0 ? 0.05 : 0.5);
}
