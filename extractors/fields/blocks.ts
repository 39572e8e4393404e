import { boxAround, type Layout, type Segment } from './lines.ts';

/** Segments set under one another: an address, a letterhead, a footer's column. */
export interface Block {
  readonly segments: readonly Segment[];
  readonly page: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Gathers segments that stand close under one another and share an edge or their middle. */
export function findBlocks(layout: Layout): Block[] {
  const blocks: Segment[][] = [];
  for (const segment of layout.lines.flatMap((line) => line.segments)) {
    const home = blocks.find((block) => follows(block.at(-1)!, segment, layout.textHeight));
    if (home) home.push(segment);
    else blocks.push([segment]);
  }
  return blocks.map((segments) => ({ ...boxAround(segments), segments }));
}

function follows(above: Segment, below: Segment, height: number): boolean {
  const gap = below.y0 - above.y1;
  if (above.page !== below.page || gap < -0.5 * height || gap > 1.1 * height) return false;
  const ratio = (below.y1 - below.y0) / (above.y1 - above.y0);
  const edge = Math.min(Math.abs(above.x0 - below.x0), Math.abs(above.x1 - below.x1));
  const middle = Math.abs(above.x0 + above.x1 - below.x0 - below.x1) / 2;
  return ratio > 0.5 && ratio < 2 && (edge < 0.8 * height || middle < 0.8 * height);
}

const POSTCODES = [
  /(?<![\d.,/-])(?:[A-Z]{1,3}[- ])?\d{4,5},?\s+\p{Lu}\p{L}[\p{L}.'-]*/u,
  /\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b/,
  /\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b/,
  /\b\d{4}\s?[A-Z]{2},?\s+\p{Lu}\p{L}/u,
  /\b[A-Z]\d[\dW]\s[A-Z\d]{4}\b/,
];

/** Whether the text ends an address: a postcode with its town. */
export function hasPostcode(text: string): boolean {
  return POSTCODES.some((pattern) => pattern.test(text));
}

const STREET =
  /\b(?:jalan|jln|lorong|taman|lot|street|st\.|road|rd\b|avenue|ave\b|lane|persiaran|kawasan|bandar|kampung|plaza|floor|level|block|weg|platz|rue|chemin|drive|blvd|boulevard|seksyen|section|suite|unit)\b|[\p{L}-](?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer)(?![\p{L}])|\bno\.?\s?\d|^\d+[a-z]?,?\s+\p{L}/iu;

/** Whether the text is a street, a lot, a floor: the middle of an address. */
export function isStreet(text: string): boolean {
  return STREET.test(text) && /\d/.test(text);
}
