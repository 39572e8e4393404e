import { isLabelText, type Label, strengthFor } from './labels.ts';
import { type Layout, type Line, type Segment, type Token, toSegment } from './lines.ts';
import {
  isAddressing,
  isCaptioned,
  isNameLike,
  isOfAddress,
  isTitle,
  joined,
  LEGAL_FORM,
  nameCandidate,
  wholeName,
} from './nameText.ts';
import type { Candidate } from './nearLabel.ts';
import type { LabelName } from './vocabulary.ts';

type Party = 'buyer' | 'seller' | 'ship_to';
const PARTIES: readonly LabelName[] = ['buyer', 'seller', 'ship_to'];

/**
 * Whether the label can head a party's block. People and banks are named beside their labels; only alone in a line do
 * these head one.
 */
function isHeading(label: Label): boolean {
  const alone = label.line.tokens.length === label.tokens.length;
  return PARTIES.some((name) => strengthFor(label, name) >= 0.6) || (alone && label.names.includes('other_party'));
}

/** Names that a label speaks for: beside it, in the row `Name: …` of the block it heads, or in the first lines of that block. */
export function labelledNames(layout: Layout, labels: readonly Label[], name: Party): Candidate<string>[] {
  return labels.flatMap((label) => {
    const strength = strengthFor(label, name);
    const colon = endsInColon(label);
    const segment = label.line.segments.find((part) => part.tokens.includes(label.tokens[0]!));
    const aloneInSegment = segment?.tokens.length === label.tokens.length;
    if (strength === 0 || (!colon && !aloneInSegment)) return [];
    const text = besideLabel(layout, labels, label) ?? nameOfBlock(layout, labels, label);
    return text ? [nameCandidate(text, label.line, strength, 'label')] : [];
  });
}

function endsInColon({ line, tokens, end }: Label): boolean {
  return /:$/.test(tokens.at(-1)!.text) || line.tokens[end]?.text === ':';
}

/** What stands beyond a column's gap is another column's where the label heads a block of its own. */
function besideLabel(layout: Layout, labels: readonly Label[], label: Label): Segment | null {
  const rest = label.line.tokens.slice(label.end).filter((token) => !/^[:#]$/.test(token.text));
  const segment = label.line.segments.find((part) => part.tokens.includes(rest[0]!));
  const tokens = beforeCaption(segment?.tokens.filter((token) => rest.includes(token)) ?? [], labels);
  const near = tokens[0] && tokens[0].x0 - label.tokens.at(-1)!.x1 < 25 * (tokens[0].y1 - tokens[0].y0);
  if (!near || !isNameLike(toSegment(tokens).text) || !endsInColon(label)) return null;
  const beside = toSegment(tokens);
  const beyondGap = !segment?.tokens.includes(label.tokens.at(-1)!);
  return beyondGap && headsBlock(layout, labels, label, beside) ? null : beside;
}

/** Words up to where the caption of another fact begins: `Harbour Inn  Invoice date: …`. */
function beforeCaption(tokens: readonly Token[], labels: readonly Label[]): readonly Token[] {
  const end = tokens.findIndex((token) => labels.some((each) => each.tokens[0] === token && endsInColon(each)));
  return end < 0 ? tokens : tokens.slice(0, end);
}

/**
 * A name right under the label, and below it its street or town. A legal form tells a company without them, and so does
 * what stands beside with a caption of its own, known or not.
 */
function headsBlock(layout: Layout, labels: readonly Label[], label: Label, beside: Segment): boolean {
  const height = layout.textHeight;
  const column = columnUnder(linesOfBlock(layout, labels, label), label, labels, height);
  const [first] = column;
  const start = column.findIndex((place) => isOpening(place, labels));
  const upToName = column.slice(0, start + 1);
  const isClose = first !== undefined && first.line.y0 - label.line.y1 < 1.5 * height;
  if (!isClose || start < 0 || upToName.some(({ segment }) => isOfAddress(segment.text))) return false;
  const company = LEGAL_FORM.test(column[start]!.segment.text) && !LEGAL_FORM.test(beside.text);
  return (
    company ||
    isCaptioned(beside.text) ||
    column.slice(start + 1, start + 6).some(({ segment }) => isOfAddress(segment.text))
  );
}

function nameOfBlock(layout: Layout, labels: readonly Label[], label: Label): Segment | null {
  const block = linesOfBlock(layout, labels, label);
  const row = block.find((line) => /^name:?$/i.test(line.tokens[0]!.text) && line.tokens.length > 1);
  return row ? nameInRow(row, layout, labels) : firstName(block, label, labels, layout.textHeight);
}

/** Lines below the label up to the next party's block. */
function linesOfBlock(layout: Layout, labels: readonly Label[], label: Label): Line[] {
  const { line } = label;
  const height = layout.textHeight;
  const below = layout.lines.filter(
    (each) => each.page === line.page && each.index > line.index && each.y0 - line.y1 < 11 * height,
  );
  const next = below.findIndex((each) => labels.some((other) => other.line === each && heads(other, label, height)));
  return next < 0 ? below : below.slice(0, next);
}

function heads(other: Label, label: Label, height: number): boolean {
  return isHeading(other) && Math.abs(other.tokens[0]!.x0 - label.tokens[0]!.x0) < 1.5 * height && opensSegment(other);
}

function opensSegment({ line, tokens }: Label): boolean {
  return line.segments.some((segment) => segment.tokens[0] === tokens[0]);
}

/** The value of `Name: …`; lines of the value's column that stand closer to this row than to another belong to it. */
function nameInRow(row: Line, layout: Layout, labels: readonly Label[]): Segment | null {
  const value = toSegment(beforeCaption(saidInRow(row, labels), labels));
  if (value.tokens.length === 0) return null;
  const height = layout.textHeight;
  const beside = (line: Line | undefined): line is Line =>
    line !== undefined &&
    line.page === row.page &&
    line.segments.length === 1 &&
    Math.abs(line.x0 - value.x0) < 0.5 * height &&
    isTitleOrName(line.text);
  const above = layout.lines[row.index - 1];
  const below = layout.lines[row.index + 1];
  const gap = (upper: Line | undefined, lower: Line | undefined) =>
    upper && lower && upper.page === lower.page ? lower.y0 - upper.y1 : Number.POSITIVE_INFINITY;
  const parts = [
    ...(beside(above) && gap(above, row) < gap(layout.lines[row.index - 2], above) ? [above] : []),
    value,
    ...(beside(below) && gap(row, below) < gap(below, layout.lines[row.index + 2]) ? [below] : []),
  ];
  return joined(parts);
}

/** What follows the row's own caption, over gaps within a name, up to a stretch of the row that opens with another caption. */
function saidInRow(row: Line, labels: readonly Label[]): readonly Token[] {
  const said = row.tokens.slice(1).filter((token) => token.text !== ':');
  const beyond = row.segments.filter((segment) => said.indexOf(segment.tokens[0]!) > 0);
  const other = beyond.find((part) => {
    const heads = /:$/.test(part.text) || (isLabelText(part.text) && part !== beyond.at(-1));
    return heads || isCaptioned(part.text) || isFact(row, part, labels);
  });
  return other ? said.slice(0, said.indexOf(other.tokens[0]!)) : said;
}

function isTitleOrName(text: string): boolean {
  return isTitle(text) || isNameLike(text);
}

/** A stretch of a column under a label, up to where another fact's caption begins. */
interface Place {
  readonly line: Line;
  readonly segment: Segment;
}

function columnUnder(block: readonly Line[], label: Label, labels: readonly Label[], height: number): Place[] {
  const left = label.tokens[0]!.x0;
  return block.flatMap((line) => {
    const segment = line.segments.find((part) => Math.abs(part.x0 - left) < 1.5 * height);
    if (!segment) return [];
    const name = beforeCaption(segment.tokens, labels);
    return [{ line, segment: name.length > 0 && name.length < segment.tokens.length ? toSegment(name) : segment }];
  });
}

/** The first name under the label, in its column: numbers, codes and facts with labels of their own are passed over. */
function firstName(block: readonly Line[], label: Label, labels: readonly Label[], height: number): Segment | null {
  const column = columnUnder(block, label, labels, height);
  const start = column.slice(0, 5).findIndex((place) => isOpening(place, labels));
  if (start < 0) return null;
  return wholeName(
    column.slice(start, start + 4).map(({ segment }) => segment),
    height,
  );
}

/** Whether a name can begin there. */
function isOpening({ line, segment }: Place, labels: readonly Label[]): boolean {
  return !isFact(line, segment, labels) && !isAddressing(segment.text) && isTitleOrName(segment.text);
}

/** `Number : 4711`: a label of any kind with its value behind it. */
function isFact(line: Line, segment: Segment, labels: readonly Label[]): boolean {
  const next = line.segments[line.segments.indexOf(segment) + 1];
  const known = labels.some((other) => other.line === line && segment.tokens.includes(other.tokens[0]!));
  return (next !== undefined && /^:/.test(next.text)) || (known && /:/.test(segment.text));
}

/** How many text heights below its heading a party's block can still go on. */
const BLOCK_REACH = 25;

/** Under whose heading a value stands: the nearest above it, not to its right. */
export function partyOver(
  layout: Layout,
  labels: readonly Label[],
  { line, tokens }: { readonly line: Line; readonly tokens: readonly Token[] },
): 'seller' | 'other' | null {
  const height = layout.textHeight;
  const left = tokens[0]?.x0 ?? 0;
  const headings = labels.filter((label) => {
    const drop = (line.y0 - label.line.y1) / height;
    const over = label.line.page === line.page && drop >= 0 && drop < BLOCK_REACH;
    return isHeading(label) && over && (label.tokens[0]?.x0 ?? 0) <= left + height && standsAlone(label);
  });
  const [nearest] = headings.toSorted((a, b) => b.line.index - a.line.index || b.start - a.start);
  if (!nearest) return null;
  return strengthFor(nearest, 'seller') >= 0.6 ? 'seller' : 'other';
}

function standsAlone({ line, tokens }: Label): boolean {
  return line.segments.some((segment) => segment.tokens.length === tokens.length && segment.tokens[0] === tokens[0]);
}
