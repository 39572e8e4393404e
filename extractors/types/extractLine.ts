import type { Draft, Page, Reading, Source } from '#core';
import type { Gate } from '../confidence/gate.ts';
import type { Doubt } from '../readers/index.ts';
import { advertisingOrderExtractor } from './adbuy.ts';
import { classify } from './classify.ts';
import { deliveryNoteExtractor } from './deliveryNote.ts';
import type { ExtractContext, Extractor } from './extractor.ts';
import { formExtractor } from './form.ts';
import { invoiceExtractor } from './invoice.ts';
import type { PaperItem } from './papers.ts';
import { receiptExtractor } from './receipt.ts';

/** What a paper may be said to be; `auto` has it classified. */
export const EXTRACT_KINDS = ['invoice', 'delivery-note', 'receipt', 'adbuy', 'form', 'auto'] as const;
export type ExtractAs = (typeof EXTRACT_KINDS)[number];
/** What reads a kind of paper of one's own. */
export type OwnExtractor = Extractor<Record<string, unknown>>;

export interface ExtractedField {
  readonly value: string;
  readonly conf: number;
  readonly page: number | null;
  readonly box: readonly [number, number, number, number] | null;
  readonly absent: number;
  /** What the value was read from: a text layer, pixels, the paper's own data. */
  readonly reader: Source['reader'] | null;
  /** The reader with its version, and the extractor's rule that made the value; null where they do not say. */
  readonly by: string | null;
  readonly rule: string | null;
}

/** A line of `rekey extract`, a fixed format that others script against. */
export interface ExtractLine {
  readonly file: string;
  readonly ms: number;
  readonly type: string;
  readonly fields: Readonly<Record<string, ExtractedField>>;
  readonly items: readonly PaperItem[];
  readonly kv: readonly (readonly [string, string])[];
  readonly route: 'auto' | 'human';
  /** Why what was read may not be all that the paper says; left out where nothing is amiss. */
  readonly doubts?: readonly Doubt[];
  readonly error: string | null;
  readonly error_kind: string | null;
}

/** What extraction made of one paper. */
export interface Extracted {
  readonly type: string;
  readonly draft: Draft<Record<string, unknown>>;
}

/** Reads a paper as the kind asked for, or as the kind it looks like. */
export async function extractAs(
  as: ExtractAs | OwnExtractor,
  pages: readonly Page[],
  context: ExtractContext,
): Promise<Extracted> {
  if (typeof as !== 'string') return { type: as.name, draft: await as.extract(pages, context) };
  const type = as === 'auto' ? classify(pages).type : as;
  const extractor = SHIPPED.find(({ name, accepts }) => name === type || accepts.includes(type));
  return { type, draft: await (extractor ?? formExtractor).extract(pages, context) };
}

const SHIPPED: readonly OwnExtractor[] = [
  invoiceExtractor,
  deliveryNoteExtractor,
  receiptExtractor,
  advertisingOrderExtractor,
  formExtractor,
];

/** What a paper says beyond what could be read of it nobody knows: with a doubt it goes to a person, however sure its fields. */
export function toExtractLine(
  file: string,
  ms: number,
  { type, draft }: Extracted,
  gate: Pick<Gate, 'accepts'>,
  doubts: readonly Doubt[],
): ExtractLine {
  const readings = Object.entries(draft).filter(([name]) => name !== 'items' && name !== 'pairs');
  const fields = Object.fromEntries(readings.flatMap(([name, reading]) => fieldOf(name, reading)));
  const trusted = readings.length > 0 && readings.every(([, reading]) => gate.accepts(reading));
  return {
    ...{ file, ms, type, fields },
    items: listOf<PaperItem>(draft['items']),
    kv: listOf<[string, string]>(draft['pairs']),
    route: trusted && doubts.length === 0 ? 'auto' : 'human',
    ...(doubts.length > 0 && { doubts }),
    error: null,
    error_kind: null,
  };
}

/** The line of a paper that could not be read. */
export function toFailedExtractLine(
  file: string,
  ms: number,
  error: { message: string; kind: string | null },
): ExtractLine {
  const empty = { type: 'unknown', fields: {}, items: [], kv: [], route: 'human' } as const;
  return { file, ms, ...empty, error: error.message, error_kind: error.kind };
}

function fieldOf(name: string, reading: Reading<unknown>): [string, ExtractedField][] {
  if (typeof reading.value !== 'string') return [];
  const source = reading.sources[0];
  return [
    [
      name,
      {
        value: reading.value,
        conf: rounded(reading.probability),
        page: source?.page ?? null,
        box: source ? [source.x0, source.y0, source.x1, source.y1] : null,
        absent: rounded(reading.absent),
        reader: source?.reader ?? null,
        by: source?.by ?? null,
        rule: reading.rule ?? null,
      },
    ],
  ];
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

function listOf<E>(reading: Reading<unknown> | undefined): readonly E[] {
  return Array.isArray(reading?.value) ? reading.value : [];
}
