import { z } from 'zod';
import type { Sheet } from '../fields/sheet.ts';
import {
  type Anchor,
  anchorFit,
  anchorSchema,
  anchorsOf,
  falling,
  LABEL_WEIGHT,
  NEAR_ABOVE,
  type Occurrence,
  occurrences,
  WORDS_WEIGHT,
} from './anchors.ts';
import { type Inventory, inventoryOf, type Sighting, textOf, type Writing } from './sightings.ts';

/** Where a field's value stands and how it is written there. */
export const placeSchema = z.object({
  writing: z.object({
    kind: z.enum(['date', 'money', 'iban', 'vat-id', 'code', 'text']),
    order: z.enum(['day-first', 'month-first']).optional(),
    part: z.enum(['from', 'to']).optional(),
    prefix: z.string().optional(),
    suffix: z.string().optional(),
    lines: z.number().optional(),
    stop: z.string().optional(),
  }),
  anchors: z.array(anchorSchema),
  /** The page, counted from the first (1) and from the last (-1). */
  fromFirst: z.number(),
  fromLast: z.number(),
  /** Shares of the page's width and height. */
  x: z.number(),
  y: z.number(),
  /** The value's signs, digits as 9 and letters as a, runs as one: `a-9`. Empty for texts. */
  shape: z.string(),
  /** How much of a label its anchors are: 0 to 1, more where they name the field. */
  standing: z.number(),
});
export type Place = z.infer<typeof placeSchema>;

/** What stands where a lesson says. */
export interface Spot {
  readonly sighting: Sighting;
  /** 0 to 1: how much of the neighbourhood is as it was. */
  readonly fit: number;
}

/** The place of a value that was seen on this sheet. */
export function placeOf(sheet: Sheet, sighting: Sighting, writing: Writing): Place {
  const anchors = anchorsOf(sheet, sighting, inventoryOf(sheet, writing));
  const { box } = sighting;
  const page = pageOf(sheet, box.page);
  return {
    writing,
    anchors,
    fromFirst: box.page,
    fromLast: box.page - lastPage(sheet) - 1,
    x: box.x0 / page.width,
    y: box.y0 / page.height,
    shape: writing.kind === 'code' ? shapeOf(sighting.value) : '',
    standing: standingOf(anchors, sighting),
  };
}

const FREE_STANDING = 0.2;
/** In the midst of a text stands what is meant there only by chance. */
const MID_TEXT = 0.4;

function standingOf(anchors: readonly Anchor[], { tokens, line }: Sighting): number {
  const best = Math.max(FREE_STANDING, ...anchors.map(standingBy));
  const opens = line.segments.some((segment) => segment.tokens[0] === tokens[0]);
  const last = line.tokens[line.tokens.indexOf(tokens[0]!) - 1];
  return opens || last?.text.endsWith(':') || /\d/.test(textOf(tokens)) ? best : best * MID_TEXT;
}

function standingBy({ side, gap, weight }: Anchor): number {
  if (side === 'left') return weight >= LABEL_WEIGHT ? 1 : weight >= WORDS_WEIGHT ? 0.75 : 0;
  return gap <= NEAR_ABOVE ? 0.7 * Math.min(1, weight) : 0.3;
}

/** What stands at that place of another paper, the best fit first; each value's best spot once. */
export function seek(sheet: Sheet, place: Place): Spot[] {
  const best = new Map<string, Spot>();
  for (const spot of spotsAt(sheet, place)) {
    if (spot.fit > (best.get(spot.sighting.value)?.fit ?? 0)) best.set(spot.sighting.value, spot);
  }
  return [...best.values()].sort((a, b) => b.fit - a.fit);
}

/** Everything written like it, and how much of each one's neighbourhood is that place's. */
export function spotsAt(sheet: Sheet, place: Place): Spot[] {
  const inventory = inventoryOf(sheet, place.writing);
  const found = place.anchors.map((anchor) => ({ anchor, at: occurrences(sheet, anchor.words) }));
  return inventory.sightings.map((sighting) => ({ sighting, fit: fitOf(sheet, place, sighting, inventory, found) }));
}

const PAGE_WEIGHT = 0.2;
const POINT_WEIGHT = 0.3;
const SHAPE_WEIGHT = 0.3;
/** Without one good anchor nothing stands where it stood, whatever else fits. */
const GOOD_ANCHOR = 0.6;

function fitOf(
  sheet: Sheet,
  place: Place,
  sighting: Sighting,
  inventory: Inventory,
  found: readonly { readonly anchor: Anchor; readonly at: readonly Occurrence[] }[],
): number {
  const fits = found.map(({ anchor, at }) =>
    at.reduce((best, each) => Math.max(best, anchorFit(sheet, anchor, each, sighting, inventory)), 0),
  );
  const point = pointFit(sheet, place, sighting);
  if (found.length > 0 ? Math.max(...fits) < GOOD_ANCHOR : point < GOOD_ANCHOR) return 0;
  const { page } = sighting.box;
  const samePage = page === place.fromFirst || page - lastPage(sheet) - 1 === place.fromLast ? 1 : 0;
  const parts: [weight: number, fit: number][] = [
    ...found.map(({ anchor }, i): [number, number] => [anchor.weight, fits[i]!]),
    [PAGE_WEIGHT, samePage],
    [POINT_WEIGHT, point],
  ];
  if (place.shape) parts.push([SHAPE_WEIGHT, shapeOf(sighting.value) === place.shape ? 1 : 0]);
  const mean =
    parts.reduce((sum, [weight, fit]) => sum + weight * fit, 0) / parts.reduce((sum, [weight]) => sum + weight, 0);
  // One good label says more than several words of other values that changed.
  const best = Math.max(
    found.length > 0 ? 0 : point,
    ...found.map(({ anchor }, i) => Math.min(1, anchor.weight) * fits[i]!),
  );
  return (mean + best) / 2;
}

function pointFit(sheet: Sheet, place: Place, { box }: Sighting): number {
  const page = pageOf(sheet, box.page);
  return Math.min(
    falling(Math.abs(box.x0 / page.width - place.x), 0.012, 0.08),
    falling(Math.abs(box.y0 / page.height - place.y), 0.012, 0.08),
  );
}

function shapeOf(value: string): string {
  return value.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '9');
}

function pageOf({ layout }: Sheet, number: number) {
  return layout.pages.find((page) => page.number === number) ?? { width: 1, height: 1 };
}

function lastPage({ layout }: Sheet): number {
  return layout.pages.at(-1)?.number ?? 1;
}
