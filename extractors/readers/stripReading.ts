import type { Rectangle } from './geometry.ts';
import type { OcrEngine, OcrWord } from './ocr.ts';
import { type Packed, type PackManner, pack } from './packing.ts';
import type { Prepared } from './prepare.ts';
import type { Strip } from './strips.ts';

/** A strip and what an engine says stands there, left to right, in the prepared page's pixels. */
export interface ReadStrip {
  readonly strip: Strip;
  readonly words: readonly OcrWord[];
}

export interface StripManner extends PackManner {
  readonly language?: string | undefined;
}

const DPI = 300;

/** Shows the engine nothing but the strips, as many as go into a picture, and puts its words back where they stand on the page. */
export async function readStrips(
  engine: OcrEngine,
  { image, letterHeight }: Prepared,
  strips: readonly Strip[],
  manner: StripManner,
): Promise<ReadStrip[]> {
  const usual = usualCapital(strips) || letterHeight;
  const read: ReadStrip[] = [];
  while (read.length < strips.length) {
    read.push(...(await readPacked(engine, pack(image, strips.slice(read.length), usual, manner), manner)));
  }
  return read;
}

async function readPacked(engine: OcrEngine, packed: Packed, { language }: StripManner): Promise<ReadStrip[]> {
  const { strips } = packed;
  const lines = await engine.read(packed.image, { dpi: DPI, segmentation: 'block', language });
  const words: OcrWord[][] = strips.map(() => []);
  for (const word of lines.flat()) {
    const place = packed.unpack(word);
    if (place) words[place.index]!.push({ ...word, ...tightened(place.box, strips[place.index]!) });
  }
  return strips.map((strip, index) => ({ strip, words: words[index]!.sort((a, b) => a.x0 - b.x0) }));
}

/** Half of the page's letters stand in strips at least so high. */
function usualCapital(strips: readonly Strip[]): number {
  const sorted = strips.toSorted((a, b) => a.height - b.height);
  const half = sorted.reduce((sum, strip) => sum + strip.marks.length, 0) / 2;
  let seen = 0;
  return (
    sorted.find((strip) => {
      seen += strip.marks.length;
      return seen >= half;
    })?.height ?? 0
  );
}

/**
 * A word's box from its own ink, as far as it can be told: sideways the marks whose middle it covers; up and down the
 * strip's capitals and foot line, and what reaches beyond them. Engines place the ends of words by guess.
 */
function tightened(box: Rectangle, strip: Strip): Rectangle {
  const own = strip.marks.filter(({ x0, x1 }) => x0 < box.x1 && x1 > box.x0 && covers(box, (x0 + x1) / 2));
  if (own.length === 0) return box;
  const middle = (box.x0 + box.x1) / 2;
  const foot = strip.foot + strip.slope * (middle - (strip.x0 + strip.x1) / 2);
  return {
    x0: own.reduce((least, mark) => Math.min(least, mark.x0), Number.POSITIVE_INFINITY),
    y0: own.reduce((least, mark) => Math.min(least, mark.y0), foot - strip.height),
    x1: own.reduce((most, mark) => Math.max(most, mark.x1), 0),
    y1: own.reduce((most, mark) => Math.max(most, mark.y1), foot),
  };
}

function covers(box: Rectangle, x: number): boolean {
  return x >= box.x0 && x <= box.x1;
}
