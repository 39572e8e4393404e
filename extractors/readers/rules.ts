import type { Grey } from './grey.ts';

/** Ink that runs on for so many letter heights is a rule, not a letter. */
const LONGEST_STROKE = 6;
const THICKEST_RULE = 0.5;

/** The page without its rules; strokes that cross a rule stay whole. */
export function withoutRules(image: Grey, threshold: number, letterHeight: number): Grey {
  const { data, width, height } = image;
  const least = Math.max(30, LONGEST_STROKE * letterHeight);
  const thickest = Math.max(3, THICKEST_RULE * letterHeight);
  let cleaned: Uint8Array | undefined;
  const erase = (from: number, step: number, count: number, across: number, room: number, place: number) => {
    // `across` leads from one row of the run to the next; only thin runs are rules.
    cleaned ??= data.slice();
    for (let i = 0; i < count; i++) {
      const at = from + i * step;
      let above = 1;
      let below = 1;
      while (above <= thickest && place - above >= 0 && data[at - above * across]! < threshold) above++;
      while (below <= thickest && place + below < room && data[at + below * across]! < threshold) below++;
      if (above + below - 1 <= thickest) {
        for (let j = 1 - above; j < below; j++) cleaned[at + j * across] = 255;
        if (place - above >= 0) cleaned[at - above * across] = Math.max(cleaned[at - above * across]!, 200);
        if (place + below < room) cleaned[at + below * across] = Math.max(cleaned[at + below * across]!, 200);
      }
    }
  };
  for (let y = 0; y < height; y++) {
    let from = -1;
    for (let x = 0; x <= width; x++) {
      const ink = x < width && data[y * width + x]! < threshold;
      if (ink && from < 0) from = x;
      if (!ink && from >= 0) {
        if (x - from >= least) erase(y * width + from, 1, x - from, width, height, y);
        from = -1;
      }
    }
  }
  const runs = new Int32Array(width);
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      if (y < height && data[y * width + x]! < threshold) runs[x]!++;
      else {
        if (runs[x]! >= least) erase((y - runs[x]!) * width + x, width, runs[x]!, 1, width, x);
        runs[x] = 0;
      }
    }
  }
  return cleaned ? { data: cleaned, width, height } : image;
}
