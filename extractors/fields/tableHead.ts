import { parseCurrency } from './currency.ts';
import { bare, columnEntryFor, type Entry, entryFor, type Label } from './labels.ts';
import { boxAround, type Layout, type Line, type Segment, type Token } from './lines.ts';
import type { LabelName } from './vocabulary.ts';

export const NUMBER_ROLES = ['quantity', 'unit_price', 'line_total', 'tax_rate', 'discount_column'] as const;
const TEXT_ROLES = ['description', 'position', 'article', 'unit'] as const;
export type Role = (typeof NUMBER_ROLES)[number] | (typeof TEXT_ROLES)[number];
const ROLES: readonly Role[] = [...TEXT_ROLES, ...NUMBER_ROLES];

/** A column by its head. Columns that no word here names have no role; they keep what is theirs from the others. */
export interface Column {
  readonly role: Role | null;
  /** Heads set in two lines can name what stands in a row's first line, and below it what stands in its second. */
  readonly below: Role | null;
  /** Without a role, but named no less like the lines' totals than the column that has this role. */
  readonly alike: boolean;
  readonly x0: number;
  readonly x1: number;
}

export interface TableHead {
  readonly page: number;
  /** Indices of the first line of the head and of the last. */
  readonly first: number;
  readonly last: number;
  readonly columns: readonly Column[];
}

/** Words set over one another, by the line they stand in. */
type Stack = readonly { readonly line: number; readonly tokens: readonly Token[] }[];

/** Which columns make a head: `named` at least two that only goods have, `plain` a description and an amount as well. */
export type Heads = 'named' | 'plain';

/** Heads of tables of goods: lines, alone or with close neighbours, that name columns of such a table. */
export function findTableHeads(layout: Layout, labels: readonly Label[], heads: Heads = 'named'): TableHead[] {
  const found = layout.lines.flatMap((line) => {
    const head = headAround(line, layout, labels, heads);
    return head ? [head] : [];
  });
  return found.filter(
    (head) => !found.some((other) => other !== head && overlaps(other, head) && isFuller(other, head, found)),
  );
}

function overlaps(a: TableHead, b: TableHead): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** More columns named, else more lines of a head set in several. */
function isFuller(a: TableHead, b: TableHead, order: readonly TableHead[]): boolean {
  const gain = rolesOf(a.columns).length - rolesOf(b.columns).length || a.last - a.first - (b.last - b.first);
  return gain > 0 || (gain === 0 && order.indexOf(a) < order.indexOf(b));
}

function rolesOf(columns: readonly Column[]): Role[] {
  return columns.flatMap(({ role, below }) => [role, below].filter((each) => each !== null));
}

function headAround(line: Line, layout: Layout, labels: readonly Label[], heads: Heads): TableHead | null {
  const own = labels.filter((label) => label.line === line);
  if (carriesNumbers(line) || !own.some((label) => roleNames(label).length > 0)) return null;
  const columnsWith = (lines: readonly Line[]) =>
    columnsOf(stacksOf(line, own, lines, layout.textHeight), line.index, layout.ocr);
  const around = withoutGoods(line, neighbours(line, layout), columnsWith);
  const columns = columnsWith(around);
  if (!isHead(rolesOf(columns), heads)) return null;
  const lines = [line, ...around].map(({ index }) => index);
  return { page: line.page, first: Math.min(...lines), last: Math.max(...lines), columns };
}

/** What tells a table of goods from any other. */
const TOLD: readonly Role[] = ['description', 'quantity', 'unit_price', 'line_total'];

function isHead(roles: readonly Role[], heads: Heads): boolean {
  const told = roles.filter((role) => TOLD.includes(role));
  const plain = heads === 'plain' && told.includes('description') && told.includes('line_total');
  return told.length >= (told.includes('quantity') ? 2 : 3) || plain;
}

function roleNames({ names, weak }: Entry): Role[] {
  return ROLES.filter((role) => names.includes(role) || weak.includes(role));
}

function carriesNumbers(line: Line): boolean {
  return line.tokens.some((token) => /\d[.,]\d|^\d+$/.test(token.text));
}

const REACH = 3;

/** Lines so close above and below that they can be parts of the same head. */
function neighbours(line: Line, layout: Layout): Line[] {
  const near: Line[] = [];
  for (const step of [-1, 1]) {
    let edge = line;
    for (let i = 1; i <= REACH; i++) {
      const next = layout.lines[line.index + step * i];
      if (!next || next.page !== line.page || carriesNumbers(next)) break;
      const gap = step > 0 ? next.y0 - edge.y1 : edge.y0 - next.y1;
      if (gap > 0.5 * layout.textHeight) break;
      near.push(next);
      edge = next;
    }
  }
  return near;
}

/** Right under a head, lines that stand only below the goods' names and name no column are the first row's own. */
function withoutGoods(line: Line, around: readonly Line[], columnsWith: (lines: readonly Line[]) => Column[]): Line[] {
  const lines = around.toSorted((a, b) => a.index - b.index);
  const rest = lines.slice(0, -1);
  const last = lines.at(-1);
  if (!last || last.index < line.index) return lines;
  const columns = columnsWith(rest);
  const over = columns.filter(({ x0, x1 }) => Math.min(x1, last.x1) > Math.max(x0, last.x0));
  const isGoods = over.length === 1 && over[0]?.role === 'description' && last.segments.length === 1;
  const saysMore = String(rolesOf(columns)) !== String(rolesOf(columnsWith(lines)));
  return isGoods && !saysMore ? withoutGoods(line, rest, columnsWith) : lines;
}

function stacksOf(line: Line, own: readonly Label[], around: readonly Line[], height: number): Stack[] {
  const stacks = ownParts(line, own).map((tokens) => [{ line: line.index, tokens }]);
  for (const part of around.flatMap(({ index, segments }) => segments.map(({ tokens }) => ({ line: index, tokens })))) {
    const box = boxAround(part.tokens);
    const over = stacks.filter((stack) => {
      const other = boxAround(stack.flatMap(({ tokens }) => tokens));
      return Math.min(box.x1, other.x1) - Math.max(box.x0, other.x0) > -0.3 * height;
    });
    if (over.length === 1) over[0]!.push(part);
    else if (over.length === 0) stacks.push([part]);
  }
  return unbroken(
    stacks.map((stack) => stack.toSorted((a, b) => a.line - b.line)),
    height,
  );
}

/** `Unit pric` over `e`: a word that names something alone can be the start of a longer name, broken into the next line. */
function unbroken(stacks: readonly Stack[], height: number): Stack[] {
  const whole: Stack[] = [];
  for (const stack of stacks.toSorted((a, b) => left(a) - left(b))) {
    const before = whole.at(-1);
    const joined = before && stack.length > 1 && isBeside(before, stack, height) ? merged(before, stack) : null;
    if (joined && withRole(textOf(joined), false)) whole[whole.length - 1] = joined;
    else whole.push(stack);
  }
  return whole;
}

function isBeside(before: Stack, stack: Stack, height: number): boolean {
  const end = Math.max(...before.flatMap(({ tokens }) => tokens.map((token) => token.x1)));
  return before[0]?.line === stack[0]?.line && left(stack) - end < 0.8 * height;
}

function merged(a: Stack, b: Stack): Stack {
  const lines = Map.groupBy([...a, ...b], ({ line }) => line);
  return [...lines].map(([line, parts]) => ({ line, tokens: parts.flatMap(({ tokens }) => tokens) }));
}

function textOf(stack: Stack): string {
  return stack.map(({ tokens }) => plainText(tokens)).join('');
}

function plainText(tokens: readonly Token[]): string {
  const words = tokens.filter(({ text }) => !isAside(text));
  return (words.length > 0 ? words : tokens).map(({ text }) => text).join('');
}

/** The columns' names: what stands together and names one as a whole, else the line's labels and what stands between them. */
function ownParts(line: Line, own: readonly Label[]): (readonly Token[])[] {
  const whole = line.segments.filter(({ tokens }) => isClose(tokens) && withRole(plainText(tokens), false));
  const parts: Token[][] = [];
  let last: Label | Segment | undefined;
  for (const token of line.tokens) {
    const home = [...whole, ...own, ...line.segments].find(({ tokens }) => tokens.includes(token));
    const sign = isAside(token.text);
    if (parts.length > 0 && (sign || home === last)) parts.at(-1)?.push(token);
    else parts.push([token]);
    if (!sign) last = home;
  }
  return parts;
}

/** Words of one name, no wider apart than words are. */
function isClose(tokens: readonly Token[]): boolean {
  return tokens.every((token, i) => i === 0 || token.x0 - tokens[i - 1]!.x1 < 0.8 * (token.y1 - token.y0));
}

/** What stands beside a column's name and names nothing: a sign, a currency, a bracket. */
function isAside(text: string): boolean {
  const currency = /^\p{Lu}{2,3}$/u.test(text) && parseCurrency(text) !== null;
  return currency || !/[\p{L}#%]/u.test(text) || /^\(.*\)$/.test(text);
}

interface Named {
  readonly stack: Stack;
  readonly whole: Entry | null;
  readonly below: Entry | null;
}

function columnsOf(stacks: readonly Stack[], anchor: number, ocr: boolean): Column[] {
  const named = stacks.map((stack) => nameOf(stack, anchor, ocr)).sort((a, b) => left(a.stack) - left(b.stack));
  const plainest = named.toSorted((a, b) => (a.whole?.weak.length ?? 0) - (b.whole?.weak.length ?? 0));
  const roles = new Map<Named, Role>();
  for (const surely of [true, false]) {
    for (const each of plainest.filter((one) => !roles.has(one))) {
      const role = each.whole && roleOf(each.whole, new Set(roles.values()), surely);
      if (role) roles.set(each, role);
    }
  }
  const total = named.find((each) => roles.get(each) === 'line_total');
  return named.flatMap((each) => {
    const role = roles.get(each) ?? null;
    const below = each.below ? roleOf(each.below, new Set(roles.values()), true) : null;
    if (role === null && below === null && !each.stack.some(({ line }) => line === anchor)) return [];
    const { x0, x1 } = boxAround(each.stack.flatMap(({ tokens }) => tokens));
    const alike = role === null && total !== undefined && isTotal(each, isTotal(total, true));
    return [{ role, below, alike, x0, x1 }];
  });
}

function isTotal({ whole }: Named, surely: boolean): boolean {
  return whole !== null && (whole.names.includes('line_total') || (!surely && whole.weak.includes('line_total')));
}

function left(stack: Stack): number {
  return Math.min(...stack.flatMap(({ tokens }) => tokens.map((token) => token.x0)));
}

/** By all its lines together (`Positions-` / `betrag`), else by the line that speaks for the head, else by any of them. */
function nameOf(stack: Stack, anchor: number, ocr: boolean): Named {
  const texts = stack.map(({ tokens }) => plainText(tokens));
  const own = stack.findIndex(({ line }) => line === anchor);
  const entries = texts.map((text) => withRole(text, ocr));
  const named = texts.filter((text) => !isAside(text));
  const joined = stack.length > 1 ? withRole(named.join(''), ocr) : null;
  if (joined) return { stack, whole: joined, below: null };
  const at = own >= 0 && entries[own] ? own : entries.findIndex((entry) => entry !== null);
  const lower = entries.find((entry, i) => i > Math.max(own, 0) && entry?.names.includes('description')) ?? null;
  return { stack, whole: at > own && entries[at] === lower ? null : (entries[at] ?? null), below: lower };
}

/** What a column's name may say besides: what its numbers are for each of, that its amounts are without tax or with it. */
const QUALIFIED =
  /(?:(?:pro|per|je|par)\p{L}{1,8}|ht|ttc|net|netto|brutto|gross|(?:excl?|incl?|excluding|including|ohne|inkl|exkl|zzgl|before|hors|sans)(?:vat|tax|taxes|mwst|ust|btw|tva|iva|gst))$/u;

/** By its name as it stands, else by its name without what it says besides. */
function withRole(text: string, ocr: boolean): Entry | null {
  const name = bare(text);
  for (const each of [name, name.replace(QUALIFIED, ''), bare(text.replace(/\/[^/]*$/, ''))]) {
    const known = [entryFor(each, ocr), columnEntryFor(each)];
    const entry = known.find((one) => one !== null && roleNames(one).length > 0);
    if (entry) return entry;
  }
  return null;
}

function roleOf(entry: Entry, used: ReadonlySet<Role>, surely: boolean): Role | null {
  const names: readonly LabelName[] = surely ? entry.names : entry.weak;
  const roles = ROLES.filter((role) => names.includes(role) && !used.has(role));
  return roles.includes('position') && used.size === 0
    ? 'position'
    : (roles.find((role) => role !== 'position') ?? null);
}
