import { readFileSync } from 'node:fs';

export interface Tally {
  /** Values read with this evidence on papers with truth, and how many of them were right. */
  readonly n: number;
  readonly right: number;
}

/** Frequencies measured by `fit.ts`: the unit of trust is the kind of value and the kind of evidence. */
export interface Calibration {
  readonly origin: Readonly<Record<string, unknown>>;
  /** By `kind|evidence+evidence`. */
  readonly values: Readonly<Record<string, Tally>>;
  /** By `extractor.field|medium`, and whether a label asked for it: how often the paper truly lacked what was not found. */
  readonly absence: Readonly<Record<string, Tally>>;
}

/** Fewer labels than this say too little: whatever they say, a person looks. */
const ENOUGH_LABELS = 59;
/** The most that evidence with too few labels can be worth. */
const UNPROVEN = 0.9;
/** What evidence never seen in the fitting is worth. */
const UNKNOWN = 0.5;

let shipped: Calibration | undefined;

/** The table that comes with this version, read once when first asked for. */
export function shippedCalibration(): Calibration {
  shipped ??= JSON.parse(readFileSync(new URL('./table.json', import.meta.url), 'utf8')) as Calibration;
  return shipped;
}

export function evidenceKey(kind: string, evidence: readonly string[]): string {
  return `${kind}|${[...new Set(evidence)].sort().join('+')}`;
}

/** Kinds that are read sign by sign: what one piece of evidence is worth for one of them it is worth for the others. */
const READ_BY_SIGN = ['identifier', 'date', 'money', 'quantity'];

/**
 * By the labels of this kind of value. Where they are too few, and none of them was wrong, by those of all kinds that are
 * read alike.
 */
export function probabilityOfValue(calibration: Calibration, kind: string, evidence: readonly string[]): number {
  const own = calibration.values[evidenceKey(kind, evidence)];
  if (speaksForItself(own) || !READ_BY_SIGN.includes(kind)) return trust(own);
  return trust(sum(READ_BY_SIGN.flatMap((each) => calibration.values[evidenceKey(each, evidence)] ?? [])));
}

function speaksForItself(tally: Tally | undefined): boolean {
  return tally !== undefined && (tally.n >= ENOUGH_LABELS || tally.right < tally.n);
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(({ n, right }, more) => ({ n: n + more.n, right: right + more.right }), { n: 0, right: 0 });
}

export function absenceKey(
  extractor: string,
  field: string,
  medium: 'text' | 'ocr',
  evidence: readonly string[],
): string {
  return [`${extractor}.${field}`, medium, ...evidence].join('|');
}

/** By the labels of this field on this medium. Where they are too few, and none of them was wrong, with those of the other. */
export function probabilityOfAbsence(calibration: Calibration, key: string): number {
  const own = calibration.absence[key];
  if (!own || speaksForItself(own)) return trust(own);
  const media = ['text', 'ocr'].map((medium) => key.replace(/\|(text|ocr)/, `|${medium}`));
  return trust(sum(media.flatMap((each) => calibration.absence[each] ?? [])));
}

/** The expected share of right values, with the doubt that few labels leave (Jeffreys). */
function trust(tally: Tally | undefined): number {
  if (!tally || tally.n === 0) return UNKNOWN;
  const share = (tally.right + 0.5) / (tally.n + 1);
  return tally.n < ENOUGH_LABELS ? Math.min(share, UNPROVEN) : share;
}
