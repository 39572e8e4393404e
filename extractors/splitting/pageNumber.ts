import type { Layout, Segment } from '../fields/lines.ts';

/** What a page says of its own place: `3` of `4`, or `3` alone. */
export interface PageNumber {
  readonly page: number;
  readonly of: number | undefined;
}

const NAMED =
  /(?:\b(?:page|pg|seite|blatt|sheet|pagina|página|strona|sida|side)|\bp\.)\s*[:.]?\s*(\d{1,3})(?:\s*(?:of|von|van|de|di|sur|av|z|\/|\|)\s*(\d{1,3}))?(?!\d)/i;
const OF_ALL = /^[-–—(\s]*(\d{1,3})\s*(?:of|von|\/)\s*(\d{1,3})[-–—)\s]*$/i;
const ALONE = /^[-–—\s]+(\d{1,3})[-–—\s]+$/;
/** Numbers without a word for page count only this near to the page's upper or lower edge. */
const MARGIN = 0.12;

/** The page number printed on a page; undefined where there is none. A number beyond its own total is none. */
export function pageNumberOf({ lines, pages }: Layout): PageNumber | undefined {
  const height = pages[0]?.height ?? 0;
  for (const segment of lines.flatMap((line) => line.segments)) {
    const atEdge = segment.y1 < MARGIN * height || segment.y0 > (1 - MARGIN) * height;
    const found = named(segment) ?? (atEdge ? bare(segment) : undefined);
    if (found) return found;
  }
  return undefined;
}

function named({ text }: Segment): PageNumber | undefined {
  const match = NAMED.exec(text);
  return match ? sensible(match[1], match[2]) : undefined;
}

function bare({ text }: Segment): PageNumber | undefined {
  const match = OF_ALL.exec(text) ?? ALONE.exec(text);
  return match ? sensible(match[1], match[2]) : undefined;
}

function sensible(page: string | undefined, of: string | undefined): PageNumber | undefined {
  const [number, total] = [Number(page), of === undefined ? undefined : Number(of)];
  if (number < 1 || (total !== undefined && total < number)) return undefined;
  return { page: number, of: total };
}
