import type { OcrWord } from './ocr.ts';
import type { ReadStrip } from './stripReading.ts';

const SAME_ROW = 0.5;

/** The words of strips as lines: rows from top to bottom, strips of a row from left to right. */
export function inReadingOrder(read: readonly ReadStrip[]): (readonly OcrWord[])[] {
  const rows: { middle: number; height: number; strips: ReadStrip[] }[] = [];
  for (const one of read.toSorted((a, b) => footOf(a) - footOf(b))) {
    const { height } = one.strip;
    const row = rows
      .slice(-3)
      .find((last) => Math.abs(footOf(one) - last.middle) < SAME_ROW * Math.min(height, last.height));
    if (row) row.strips.push(one);
    else rows.push({ middle: footOf(one), height, strips: [one] });
  }
  return rows.map(({ strips }) => strips.sort((a, b) => a.strip.x0 - b.strip.x0).flatMap(({ words }) => words));
}

function footOf({ strip }: ReadStrip): number {
  return strip.foot;
}
