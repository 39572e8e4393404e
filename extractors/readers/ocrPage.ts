import { type Rectangle, type Rotation, type Size, scaleRectangle, turnSize } from './geometry.ts';
import type { Grey } from './grey.ts';
import { type Fragment, type PageReading, pageReading } from './layout.ts';
import type { OcrEngine, OcrWord, Segmentation } from './ocr.ts';
import { type Prepared, prepare } from './prepare.ts';

/** Below this share of confidently read letters a page gets a second look: turned, or segmented otherwise. */
const DOUBTFUL = 0.6;
const CONFIDENT = 0.6;
const SURE_OF_ORIENTATION = 1;

interface Look {
  readonly prepared: Prepared;
  readonly lines: OcrWord[][];
}

/** Reads a picture of a page. `paper` is the page's size in the pixels its boxes shall have, before it is turned. */
export async function readByOcr(engine: OcrEngine, image: Grey, paper: Size, number: number): Promise<PageReading> {
  const { prepared, lines } = await bestLook(engine, image);
  const { rotation, upright } = prepared;
  const size = turnSize(paper, rotation);
  const onPaper = (box: Rectangle) =>
    scaleRectangle(prepared.toUpright(box), size.width / upright.width, size.height / upright.height);
  const toFragment = (word: OcrWord): Fragment => ({
    ...onPaper(word),
    text: word.text,
    confidence: Math.round(word.confidence * 1000) / 1000,
    angle: 0,
    continues: false,
  });
  const kept = lines.map((line) => line.filter(isWorthKeeping).map(toFragment)).filter((line) => line.length > 0);
  return pageReading(kept, { number, ...size, source: 'ocr', rotation });
}

async function bestLook(engine: OcrEngine, image: Grey): Promise<Look> {
  const first = await lookAt(engine, await prepare(image), 'page');
  if (confidentShare(first.lines) >= DOUBTFUL) return first;
  const second = await secondLook(engine, image, first);
  return confidentLetters(second.lines) > confidentLetters(first.lines) ? second : first;
}

/** Where the first look leaves doubt: turned, if the engine's compass says so; else as one block of text. */
async function secondLook(engine: OcrEngine, image: Grey, { prepared }: Look): Promise<Look> {
  const { rotation, confidence } = await engine.orientation(prepared.image);
  if (rotation === 0 || confidence < SURE_OF_ORIENTATION) return lookAt(engine, prepared, 'block');
  const turned = ((prepared.rotation + rotation) % 360) as Rotation;
  return lookAt(engine, await prepare(image, turned), 'page');
}

async function lookAt(engine: OcrEngine, prepared: Prepared, segmentation: Segmentation): Promise<Look> {
  return { prepared, lines: await engine.read(prepared.image, { dpi: prepared.dpi, segmentation }) };
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
