import type { Layout, Line, Token } from './lines.ts';
import { type LabelName, VOCABULARY } from './vocabulary.ts';

/** Words that name a field. One place may name several; `weak` names are words that also mean other things. */
export interface Label {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  readonly names: readonly LabelName[];
  readonly weak: readonly LabelName[];
  /** False where an engine's error was forgiven to find it. */
  readonly exact: boolean;
}

interface Entry {
  readonly names: LabelName[];
  readonly weak: LabelName[];
}

const MAX_WORDS = 5;

/** Letters, digits and the signs # and % of a text, lower case, without accents. */
export function bare(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}#%]/gu, '')
    .normalize('NFC');
}

const ENTRIES: ReadonlyMap<string, Entry> = buildEntries();

function buildEntries(): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const name of Object.keys(VOCABULARY) as LabelName[]) {
    for (const word of VOCABULARY[name].split(/\s+/)) {
      const plain = word.replace('~', '');
      const entry = entries.get(plain) ?? { names: [], weak: [] };
      (word.endsWith('~') ? entry.weak : entry.names).push(name);
      entries.set(plain, entry);
    }
  }
  return entries;
}

const BY_LENGTH: ReadonlyMap<number, readonly string[]> = Map.groupBy([...ENTRIES.keys()], (key) => key.length);

/** All labels of the paper, line by line, the longest at each place. */
export function findLabels(layout: Layout): Label[] {
  return layout.lines.flatMap((line) => labelsOfLine(line, layout.ocr));
}

export function labelsOfLine(line: Line, ocr: boolean): Label[] {
  const labels: Label[] = [];
  for (let start = 0; start < line.tokens.length; start++) {
    const label = longestLabelAt(line, start, ocr);
    if (!label) continue;
    labels.push(label);
    start = label.end - 1;
  }
  return labels;
}

/** Whether the text as a whole is a label and no value. */
export function isLabelText(text: string): boolean {
  return ENTRIES.has(bare(text));
}

function longestLabelAt(line: Line, start: number, ocr: boolean): Label | null {
  let best: Label | null = null;
  let joined = '';
  for (let end = start; end < line.tokens.length && end < start + MAX_WORDS; end++) {
    if (end > start && apart(line.tokens[end - 1]!, line.tokens[end]!)) break;
    const { text } = line.tokens[end]!;
    const part = end > start && /^\(\d+\)$/.test(text) ? '' : bare(text);
    joined += part;
    if (part === '' && end > start) continue;
    const hit = lookUp(joined, ocr);
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

function lookUp(joined: string, ocr: boolean): { entry: Entry; exact: boolean } | null {
  const exact = ENTRIES.get(joined) ?? compound(joined);
  if (exact) return { entry: exact, exact: true };
  if (!ocr || joined.length < 6) return null;
  const allowed = joined.length >= 12 ? 2 : 1;
  for (let length = joined.length - allowed; length <= joined.length + allowed; length++) {
    for (const key of BY_LENGTH.get(length) ?? []) {
      if (key.length >= 6 && distanceWithin(joined, key, allowed)) return { entry: ENTRIES.get(key)!, exact: false };
    }
  }
  return null;
}

/** German joins words: `Stromrechnung Nr.` and `Rechnung des Versorgers Nr.` name the invoice's number as well. */
function compound(joined: string): Entry | undefined {
  const names = /^\p{L}*rechnung\p{L}*(nr|nummer)$/u.test(joined) && !/bestell|auftrag|kunde|liefer/.test(joined);
  return names ? ENTRIES.get('rechnungsnummer') : undefined;
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
export function strengthFor(label: Label, name: LabelName): number {
  const strength = label.names.includes(name) ? 1 : label.weak.includes(name) ? 0.6 : 0;
  return label.exact ? strength : 0.85 * strength;
}
