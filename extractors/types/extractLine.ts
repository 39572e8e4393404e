import type { Box, Draft, Page, Reading, Source } from '#core';
import type { Gate } from '../confidence/gate.ts';
import type { Doubt } from '../readers/index.ts';
import { advertisingOrderExtractor } from './adbuy.ts';
import { classify, likeliestKind } from './classify.ts';
import { deliveryNoteExtractor } from './deliveryNote.ts';
import type { ExtractContext, Extractor } from './extractor.ts';
import { formExtractor } from './form.ts';
import { invoiceExtractor } from './invoice.ts';
import type { PaperItem } from './papers.ts';
import { counted } from './pluggedIn.ts';
import { receiptExtractor } from './receipt.ts';

/** What a paper may be said to be; `auto` has it classified. */
export const EXTRACT_KINDS = ['invoice', 'delivery-note', 'receipt', 'adbuy', 'form', 'auto'] as const;
export type ExtractAs = (typeof EXTRACT_KINDS)[number];
/** What reads a kind of paper of one's own. */
export type OwnExtractor = Extractor<Record<string, unknown>>;

/** Where something stands in print; without page and box where it does not. */
export interface Printed {
  readonly page: number | null;
  readonly box: readonly [number, number, number, number] | null;
}

/** Where a value was read, and how sure that is. */
export interface Place extends Printed {
  /** Of an element of a list: that the whole list is right. */
  readonly conf: number;
  /** What the value was read from: a text layer, pixels, the paper's own data. */
  readonly reader: Source['reader'] | null;
  /** The reader with its version; null where it does not say. */
  readonly by: string | null;
}

export interface ExtractedField extends Place {
  readonly value: string;
  readonly absent: number;
  /** The extractor's rule that made the value; null where it does not say. */
  readonly rule: string | null;
}

/** The place of an element of a list; `seen` is how surely its faintest word was seen, null where it is not printed. */
export interface ListPlace extends Place {
  readonly seen: number | null;
  /** The extractor's rule that made the list; null where it does not say. */
  readonly rule: string | null;
  /** Of a row: where its printed cells stand, by their columns; left out where the extractor does not say. */
  readonly cells?: Readonly<Record<string, Printed>>;
}

/** What a line of `rekey extract` says of one paper. */
export interface PaperLine {
  readonly type: string;
  readonly fields: Readonly<Record<string, ExtractedField>>;
  readonly items: readonly (PaperItem & ListPlace)[];
  readonly kv: readonly (readonly [string, string])[];
  /** The places of the answers in `kv`, in their order. */
  readonly kv_places: readonly ListPlace[];
  /** Other lists, as an extractor of one's own has them: rows of a table, or plain values. */
  readonly lists?: Readonly<Record<string, readonly ({ readonly value: unknown } & ListPlace)[]>>;
  readonly route: 'auto' | 'human';
  /** The fields and lists, read or found absent, of which labels do not bear out the error budget; left out where there is none. */
  readonly untrusted?: readonly string[];
  /** Why what was read may not be all that the paper says; left out where nothing is amiss. */
  readonly doubts?: readonly Doubt[];
}

/** A line of `rekey extract`, a fixed format that others script against. */
export interface ExtractLine extends PaperLine {
  readonly file: string;
  readonly ms: number;
  readonly error: string | null;
  readonly error_kind: string | null;
}

/** What extraction made of one paper. */
export interface Extracted {
  readonly type: string;
  readonly draft: Draft<Record<string, unknown>>;
  /** What speaks against having read it as this; left out where nothing does. */
  readonly doubts?: readonly Doubt[];
}

/** Reads a paper as the kind asked for, or as the kind it looks like; where that is unsure, as the likeliest, in doubt. */
export async function extractAs(
  as: ExtractAs | OwnExtractor,
  pages: readonly Page[],
  context: ExtractContext,
): Promise<Extracted> {
  if (typeof as !== 'string') return { type: as.name, draft: counted(as, await as.extract(pages, context)) };
  const found = as === 'auto' ? classify(pages, context.statements) : undefined;
  const unsure = found && likeliestKind(found);
  const guessed = unsure ? extractorOf(unsure) : undefined;
  const type = guessed && unsure ? unsure : (found?.type ?? as);
  const extractor = guessed ?? extractorOf(type) ?? formExtractor;
  return { type, draft: await extractor.extract(pages, context), ...(guessed && { doubts: ['kind-unsure'] }) };
}

function extractorOf(kind: string): OwnExtractor | undefined {
  return SHIPPED.find(({ name, accepts }) => name === kind || accepts.includes(kind));
}

const SHIPPED: readonly OwnExtractor[] = [
  invoiceExtractor,
  deliveryNoteExtractor,
  receiptExtractor,
  advertisingOrderExtractor,
  formExtractor,
];

/** The line of a file that is one paper. */
export function toExtractLine(
  file: string,
  ms: number,
  extracted: Extracted,
  gate: Pick<Gate, 'accepts'>,
  doubts: readonly Doubt[],
): ExtractLine {
  return { file, ms, ...toPaperLine(extracted, gate, doubts), error: null, error_kind: null };
}

/**
 * What a paper says beyond what could be read of it nobody knows: with a doubt it goes to a person, however sure its
 * fields. Without one it passes only if every value of the line may, each list as a whole.
 */
export function toPaperLine(
  { type, draft }: Extracted,
  gate: Pick<Gate, 'accepts'>,
  doubts: readonly Doubt[],
): PaperLine {
  const readings = Object.entries(draft);
  const untrusted = readings.filter(([, reading]) => !gate.accepts(reading)).map(([name]) => name);
  const passes = readings.length > 0 && untrusted.length === 0 && doubts.length === 0;
  const { items, pairs, ...others } = draft;
  const lists = Object.entries(others).filter(([, { value }]) => Array.isArray(value));
  return {
    type,
    fields: Object.fromEntries(Object.entries(others).flatMap(([name, reading]) => fieldOf(name, reading))),
    items: elementsOf<PaperItem>(items).map((item, at) => ({ ...item, ...placeIn(items!, at) })),
    kv: elementsOf<[string, string]>(pairs),
    kv_places: elementsOf(pairs).map((_, at) => placeIn(pairs!, at)),
    ...(lists.length > 0 && { lists: Object.fromEntries(lists.map(([name, list]) => [name, placedIn(list)])) }),
    route: passes ? 'auto' : 'human',
    ...(untrusted.length > 0 && { untrusted }),
    ...(doubts.length > 0 && { doubts }),
  };
}

/** The line of a paper that could not be read. */
export function toFailedExtractLine(
  file: string,
  ms: number,
  error: { message: string; kind: string | null },
): ExtractLine {
  const empty = { type: 'unknown', fields: {}, items: [], kv: [], kv_places: [], route: 'human' } as const;
  return { file, ms, ...empty, error: error.message, error_kind: error.kind };
}

function fieldOf(name: string, reading: Reading<unknown>): [string, ExtractedField][] {
  const { value, sources, absent, rule = null } = reading;
  if (typeof value !== 'string') return [];
  const [source] = sources;
  return [[name, { value, ...placeOf(reading, source, source), absent: rounded(absent), rule }]];
}

function placedIn(list: Reading<unknown>): ({ value: unknown } & ListPlace)[] {
  return elementsOf<unknown>(list).map((value, at) => ({ value, ...placeIn(list, at) }));
}

function placeIn(list: Reading<unknown>, at: number): ListPlace {
  const part = list.parts?.[at] ?? undefined;
  const source = list.sources.find(({ reader, page }) => reader === 'data' || page === part?.page);
  const cells = Object.entries(part?.cells ?? {}).map(([name, box]) => [name, printedIn(box)]);
  return {
    ...placeOf(list, source, part),
    seen: part ? rounded(part.confidence) : null,
    rule: list.rule ?? null,
    ...(part?.cells && { cells: Object.fromEntries(cells) }),
  };
}

function placeOf({ probability }: Reading<unknown>, source: Source | undefined, box: Box | undefined): Place {
  return {
    conf: rounded(probability),
    ...printedIn(box),
    reader: source?.reader ?? null,
    by: source?.by ?? null,
  };
}

/** What data say without print has a source, and no box. */
function printedIn(box: Box | undefined): Printed {
  if (!box || box.x1 <= box.x0) return { page: null, box: null };
  return { page: box.page, box: [box.x0, box.y0, box.x1, box.y1] };
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

function elementsOf<E>(reading: Reading<unknown> | undefined): readonly E[] {
  return Array.isArray(reading?.value) ? reading.value : [];
}
