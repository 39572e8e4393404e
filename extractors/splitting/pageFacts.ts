import type { Page } from '#core';
import { bare } from '../fields/labels.ts';
import type { Line } from '../fields/lines.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import { type Classification, classify } from '../types/classify.ts';
import { type PageNumber, pageNumberOf } from './pageNumber.ts';

/** What one page says about which paper it belongs to. */
export interface PageFacts {
  readonly page: Page;
  readonly blank: boolean;
  readonly number: PageNumber | undefined;
  /** What kind of paper the page would be, if it were one. */
  readonly kind: Classification;
  /** Words of the upper and of the lower edge: letterhead and footer. */
  readonly head: ReadonlySet<string>;
  readonly foot: ReadonlySet<string>;
  /** Numbers that stand for papers, orders and customers, from the upper half. */
  readonly numbers: ReadonlySet<string>;
  /** VAT numbers and IBANs: whose paper it is. */
  readonly parties: ReadonlySet<string>;
  readonly dated: boolean;
  readonly numbered: boolean;
  readonly totalled: boolean;
  /** Says that sums or text go on from the page before, or onto the next. */
  readonly carriesIn: boolean;
  readonly carriesOut: boolean;
}

const FEWEST_WORDS = 4;
const EDGE = 0.14;
const HALF = 0.5;
const CARRIED = /ubertrag|carriedforward|broughtforward|continued|fortsetzung|report(?:er)?$|suite$/;
const NUMBER_LABELS = ['invoice_number', 'delivery_note_number', 'order_number'] as const;

export function pageFacts(page: Page): PageFacts {
  const sheet = readSheet([page]);
  const { lines } = sheet.layout;
  const upper = lines.filter(({ y1 }) => y1 < HALF * page.height);
  const named = (names: readonly string[]) =>
    sheet.labels.some(({ line, names: own }) => upper.includes(line) && own.some((name) => names.includes(name)));
  return {
    page,
    blank: page.words.length < FEWEST_WORDS,
    number: pageNumberOf(sheet.layout),
    kind: classify([page]),
    head: wordsOf(lines.filter(({ y1 }) => y1 < EDGE * page.height)),
    foot: wordsOf(lines.filter(({ y0 }) => y0 > (1 - EDGE) * page.height)),
    numbers: numbersOf(sheet, upper),
    parties: new Set([...sheet.ibans, ...sheet.vatIds].map(({ value }) => value)),
    dated: named(['invoice_date', 'order_date', 'delivery_date', 'other_date']),
    numbered: named(NUMBER_LABELS),
    totalled: sheet.labels.some(({ names }) => names.includes('total') || names.includes('amount_due')),
    carriesIn: upper.some(saysCarried),
    carriesOut: lines.slice(-6).some(saysCarried),
  };
}

function wordsOf(lines: readonly Line[]): Set<string> {
  const words = lines.flatMap(({ tokens }) => tokens.map(({ text }) => bare(text)));
  return new Set(words.filter((word) => word.length >= 3 && !/^\d+$/.test(word)));
}

function numbersOf({ identifiers }: Sheet, upper: readonly Line[]): Set<string> {
  const near = identifiers.filter(({ line }) => upper.includes(line)).map(({ value }) => bare(value));
  return new Set(near.filter((value) => value.length >= 5 && (value.match(/\d/g)?.length ?? 0) >= 3));
}

function saysCarried({ text }: Line): boolean {
  return CARRIED.test(bare(text));
}
