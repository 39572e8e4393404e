import { parseCurrency, withoutCurrency } from './currency.ts';
import type { Layout, Line, Token } from './lines.ts';
import { COLUMN_WORDS, type LabelName, SHORT_NAMES, VOCABULARY } from './vocabulary.ts';

/** Words that name a field. One place may name several; `weak` names are words that also mean other things. */
export interface Label<N extends string = LabelName> {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  readonly names: readonly N[];
  readonly weak: readonly N[];
  /** False where an engine's error was forgiven to find it. */
  readonly exact: boolean;
}

/** What a text names, surely and less surely. */
export interface Entry<N extends string = LabelName> {
  readonly names: readonly N[];
  readonly weak: readonly N[];
}

/** Bare label texts and the names they stand for. */
export interface Lexicon<N extends string> {
  readonly entries: ReadonlyMap<string, Entry<N>>;
  readonly byLength: ReadonlyMap<number, readonly string[]>;
}

const MAX_WORDS = 5;

/** Letters, digits and the signs # and % of a text, lower case, without accents. */
export function bare(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replace(/[^\p{L}\p{N}#%]/gu, '')
    .normalize('NFC');
}

/** A lexicon of label texts by name; a text that ends in `~` says its name less surely. */
export function lexiconOf<N extends string>(texts: Iterable<readonly [name: N, text: string]>): Lexicon<N> {
  const entries = new Map<string, { names: N[]; weak: N[] }>();
  for (const [name, text] of texts) {
    const plain = bare(text);
    if (plain === '') continue;
    const entry = entries.get(plain) ?? { names: [], weak: [] };
    (text.endsWith('~') ? entry.weak : entry.names).push(name);
    entries.set(plain, entry);
  }
  return { entries, byLength: Map.groupBy([...entries.keys()], (key) => key.length) };
}

/** The names of `VOCABULARY`, each with its words. */
export const VOCABULARY_TEXTS: readonly (readonly [LabelName, string])[] = textsOf(VOCABULARY);

function textsOf(words: Partial<Readonly<Record<LabelName, string>>>): [LabelName, string][] {
  const names = Object.keys(words) as LabelName[];
  return names.flatMap((name) => (words[name] ?? '').split(/\s+/).map((word): [LabelName, string] => [name, word]));
}

const SHIPPED = lexiconOf(VOCABULARY_TEXTS);
const COLUMNS = lexiconOf(textsOf(COLUMN_WORDS));

/** All labels of the paper, line by line, the longest at each place. */
export function findLabels(layout: Layout): Label[] {
  const labels = findLabelsOf(SHIPPED, layout);
  return labels.filter((label) => !SHORT_NAMES.has(bare(textOf(label.tokens))) || isWhole(label, labels));
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

const SUMS: readonly LabelName[] = ['net_total', 'tax_total', 'total', 'amount_due'];

const AMOUNT = /\d[.,]\d{2}/;

/** Whether the label's phrase goes on with an amount or the name of a sum, or ends on a line without numbers or with one of money. */
function isWhole({ line, end, tokens }: Label, labels: readonly Label[]): boolean {
  const phrase = line.segments.find((segment) => segment.tokens.includes(tokens[0]!))?.tokens ?? [];
  const behind = line.tokens.slice(end);
  const isWord = (text: string) => AMOUNT.test(text) || /\p{L}{2}/u.test(withoutCurrency(text));
  const next = behind.find((token) => phrase.includes(token) && isWord(token.text));
  if (!next)
    return behind.some(({ text }) => AMOUNT.test(text) || parseCurrency(text) !== null) || !/\d/.test(textOf(behind));
  const sum = labels.some((each) => each.tokens[0] === next && SUMS.some((name) => strengthFor(each, name) > 0));
  return sum || AMOUNT.test(next.text);
}

/** All labels of a lexicon of one's own. */
export function findLabelsOf<N extends string>(lexicon: Lexicon<N>, layout: Layout): Label<N>[] {
  return layout.lines.flatMap((line) => labelsIn(lexicon, line, layout.ocr));
}

function labelsIn<N extends string>(lexicon: Lexicon<N>, line: Line, ocr: boolean): Label<N>[] {
  const labels: Label<N>[] = [];
  for (let start = 0; start < line.tokens.length; start++) {
    const label = longestLabelAt(lexicon, line, start, ocr);
    if (!label) continue;
    labels.push(label);
    start = label.end - 1;
  }
  return labels;
}

/** What a text names as a whole; null where it is no label. */
export function entryFor(text: string, ocr: boolean): Entry | null {
  return lookUp(SHIPPED, bare(text), ocr)?.entry ?? null;
}

/** What a text names where it stands over a column of goods, and nowhere else; null where that is nothing. */
export function columnEntryFor(text: string): Entry | null {
  return COLUMNS.entries.get(bare(text)) ?? null;
}

/** Whether the text as a whole is a label and no value. */
export function isLabelText(text: string): boolean {
  return SHIPPED.entries.has(bare(text));
}

function longestLabelAt<N extends string>(
  lexicon: Lexicon<N>,
  line: Line,
  start: number,
  ocr: boolean,
): Label<N> | null {
  let best: Label<N> | null = null;
  let joined = '';
  for (let end = start; end < line.tokens.length && end < start + MAX_WORDS; end++) {
    if (end > start && apart(line.tokens[end - 1]!, line.tokens[end]!)) break;
    const { text } = line.tokens[end]!;
    const part = end > start && /^\(\d+\)$/.test(text) ? '' : bare(text);
    joined += part;
    if (part === '' && end > start) continue;
    const hit = lookUp(lexicon, joined, ocr);
    if (hit && (hit.exact || !best?.exact)) {
      const tokens = line.tokens.slice(start, end + 1);
      best = { line, start, end: end + 1, tokens, names: hit.entry.names, weak: hit.entry.weak, exact: hit.exact };
    }
  }
  return best;
}

function apart(left: Token, right: Token): boolean {
  return right.x0 - left.x1 > 1.1 * Math.max(left.y1 - left.y0, right.y1 - right.y0);
}

function lookUp<N extends string>(
  { entries, byLength }: Lexicon<N>,
  joined: string,
  ocr: boolean,
): { entry: Entry<N>; exact: boolean } | null {
  const exact = entries.get(joined) ?? compound(entries, joined);
  if (exact) return { entry: exact, exact: true };
  if (!ocr || joined.length < 6) return null;
  const allowed = joined.length >= 12 ? 2 : 1;
  for (let length = joined.length - allowed; length <= joined.length + allowed; length++) {
    for (const key of byLength.get(length) ?? []) {
      if (key.length >= 6 && distanceWithin(joined, key, allowed)) return { entry: entries.get(key)!, exact: false };
    }
  }
  return null;
}

/** German joins words: `Stromrechnung Nr.` and `Rechnung des Versorgers Nr.` name the invoice's number as well. */
function compound<E>(entries: ReadonlyMap<string, E>, joined: string): E | undefined {
  const names = /^\p{L}*rechnung\p{L}*(nr|nummer)$/u.test(joined) && !/bestell|auftrag|kunde|liefer/.test(joined);
  return names ? entries.get('rechnungsnummer') : undefined;
}

/** Whether `a` becomes `b` by at most `limit` changed, added or dropped letters. */
export function distanceWithin(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    if (Math.min(...next) > limit) return false;
    row = next;
  }
  return row[b.length]! <= limit;
}

/** How surely a label names the field: 1, less for weak words and forgiven errors, 0 for another field's label. */
export function strengthFor<N extends string>(label: Label<N>, name: N): number {
  const strength = label.names.includes(name) ? 1 : label.weak.includes(name) ? 0.6 : 0;
  return label.exact ? strength : 0.85 * strength;
}
