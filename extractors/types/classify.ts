import { readFileSync } from 'node:fs';
import type { Page, Statement } from '#core';
import { isCreditNote } from '../readers/index.ts';
import { isTitledCredit, paperClues } from './paperClues.ts';

export const PAPER_TYPES = [
  'invoice',
  'credit-note',
  'delivery-note',
  'receipt',
  'order',
  'letter',
  'advertising-order',
  'form',
] as const;
export type PaperType = (typeof PAPER_TYPES)[number];

/** What a paper may be: one of the kinds, or none of them. */
export const PAPER_CLASSES = [...PAPER_TYPES, 'unknown'] as const;
type PaperClass = (typeof PAPER_CLASSES)[number];

export interface Classification {
  readonly type: PaperType | 'unknown';
  /** Calibrated probability, 0 to 1, that this is right. */
  readonly probability: number;
  /** Every kind with its share, the likeliest first; what is missing to 1 is the share of other papers. */
  readonly shares: readonly { readonly type: PaperType; readonly share: number }[];
}

/** A logistic regression for each class on `paperClues`, made by `bench/classifier`. */
export interface ClassifierWeights {
  readonly origin: Readonly<Record<string, unknown>>;
  readonly clues: readonly string[];
  /** By class: the weight of being so at all, then one for each clue. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** Divides the classes' log odds, so that shares are as often right as they say; fitted on papers held out. */
  readonly temperature: number;
}

/** Below this no kind is sure enough to be extracted as such. */
const LEAST_SHARE = 0.5;

/** What a sender's system says of its own paper can still be wrong. */
const STATED = 0.999;

/** Of papers under a credit note's title; a heading of a column may be such a word too. */
const TITLED = 0.9;

/**
 * What kind of paper this is, or `unknown` where it is none of the kinds or too little speaks for any. Taken for an
 * invoice a credit note would be paid: data that call the paper one are believed whatever is printed, and so is its title
 * however much else looks like an invoice's.
 */
export function classify(pages: readonly Page[], statements: readonly Statement[] = []): Classification {
  const clues = paperClues(pages);
  const shares = paperShares(clues, shippedWeights());
  const all = receiptWords(clues, shippedWeights()) < LEAST_RECEIPT_WORDS ? withoutReceipt(shares) : shares;
  const best = all[0]!;
  const kinds = all.flatMap(({ type, share }) => (type === 'unknown' ? [] : [{ type, share }]));
  if (statements.some(isCreditNote)) return { type: 'credit-note', probability: STATED, shares: kinds };
  if (best.type === 'invoice' && isTitledCredit(pages))
    return { type: 'credit-note', probability: TITLED, shares: kinds };
  if (best.type !== 'unknown' && best.share >= LEAST_SHARE) {
    return { type: best.type, probability: best.share, shares: kinds };
  }
  const probability = all.find(({ type }) => type === 'unknown')!.share;
  return { type: 'unknown', probability, shares: isTitledCredit(pages) ? asCredit(kinds) : kinds };
}

/** What a payslip and a trial balance have in common with a receipt. */
const NUMBERS: ReadonlySet<string> = new Set(['look:amounts', 'look:digits', 'look:colons']);

/** Public receipts have 1.6 or more, payslips and accounts up to 0.5. */
const LEAST_RECEIPT_WORDS = 1;

/** What words and labels, or a slip's narrow paper, say for a receipt rather than for none of the kinds, in log odds. */
function receiptWords(clues: Readonly<Record<string, number>>, { clues: names, weights }: ClassifierWeights): number {
  const [receipt, unknown] = [weights['receipt'] ?? [], weights['unknown'] ?? []];
  const said = names.map((name, i) => {
    return NUMBERS.has(name) ? 0 : (clues[name] ?? 0) * ((receipt[i + 1] ?? 0) - (unknown[i + 1] ?? 0));
  });
  return said.reduce((sum, each) => sum + Math.max(0, each), 0);
}

/** Numbers alone make no receipt: its share is that of none of the kinds. */
function withoutReceipt(shares: ReturnType<typeof paperShares>): ReturnType<typeof paperShares> {
  const receipt = shares.find(({ type }) => type === 'receipt')?.share ?? 0;
  const moved: Partial<Record<PaperClass, number>> = { receipt: -receipt, unknown: receipt };
  return shares
    .map(({ type, share }) => ({ type, share: share + (moved[type] ?? 0) }))
    .sort((a, b) => b.share - a.share);
}

/** The shares where none is an invoice's: what looks like one is a credit note. */
function asCredit(shares: Classification['shares']): Classification['shares'] {
  const invoice = shares.find(({ type }) => type === 'invoice')?.share ?? 0;
  const others = shares.filter(({ type }) => type !== 'invoice');
  return others
    .map(({ type, share }) => ({ type, share: type === 'credit-note' ? share + invoice : share }))
    .sort((a, b) => b.share - a.share);
}

/** None of these kinds may be this many times as likely as a kind, and the paper is still worth reading as that kind. */
const NOT_FAR_AHEAD = 2;

/** The kind that a paper too unsure to be of any is likeliest to be; null where that it is of none is far likelier. */
export function likeliestKind({ type, probability, shares }: Classification): PaperType | null {
  const [best] = shares;
  return type === 'unknown' && best && probability <= NOT_FAR_AHEAD * best.share ? best.type : null;
}

/** The share of each class, the greatest first; they add up to 1. */
export function paperShares(
  clues: Readonly<Record<string, number>>,
  { clues: names, weights, temperature }: Omit<ClassifierWeights, 'origin'>,
): { readonly type: PaperClass; readonly share: number }[] {
  const odds = PAPER_CLASSES.map((type) => {
    const [always = 0, ...own] = weights[type] ?? [];
    const sum = names.reduce((total, name, i) => total + (clues[name] ?? 0) * (own[i] ?? 0), always);
    return { type, odds: sum / temperature };
  });
  const most = Math.max(...odds.map((each) => each.odds));
  const powers = odds.map((each) => ({ type: each.type, power: Math.exp(each.odds - most) }));
  const whole = powers.reduce((sum, { power }) => sum + power, 0);
  return powers.map(({ type, power }) => ({ type, share: power / whole })).sort((a, b) => b.share - a.share);
}

let shipped: ClassifierWeights | undefined;

/** The weights that come with this version, read once when first asked for. */
function shippedWeights(): ClassifierWeights {
  shipped ??= JSON.parse(readFileSync(new URL('./classifier.json', import.meta.url), 'utf8')) as ClassifierWeights;
  return shipped;
}
