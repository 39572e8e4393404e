/** A word's place within a run of text, as shares (0 to 1) of the run's width. */
export interface Piece {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Widths of Helvetica in thousandths of its size, from the space to the tilde: most text fonts keep these proportions. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const OTHER_WIDTH = 556;
const WIDE_WIDTH = 1000;
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u;
const NO_WIDTH = /[\p{Mn}\p{Cf}]/u;

/** Splits a run at its spaces; the boxes follow from the widths its letters usually have, scaled to the run's own width. */
export function splitRun(run: string, monospaced = false): Piece[] {
  const total = widthOf(run, monospaced);
  if (total === 0) return [];
  const pieces: Piece[] = [];
  for (const match of run.matchAll(/\S+/gu)) {
    const from = widthOf(run.slice(0, match.index), monospaced);
    const to = from + widthOf(match[0], monospaced);
    if (to > from) pieces.push({ text: match[0], from: from / total, to: to / total });
  }
  return pieces;
}

function widthOf(text: string, monospaced: boolean): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter, monospaced);
  return width;
}

function letterWidth(letter: string, monospaced: boolean): number {
  if (NO_WIDTH.test(letter)) return 0;
  if (WIDE.test(letter)) return WIDE_WIDTH;
  if (monospaced) return OTHER_WIDTH;
  const plain = letter.normalize('NFD').charCodeAt(0);
  return WIDTHS[plain - 32] ?? OTHER_WIDTH;
}
