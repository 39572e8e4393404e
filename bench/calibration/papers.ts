import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MadePaper, makeBatch, planBatch } from '#demo';
import { type EvalTruth, EXTRACT_KINDS, type ExtractAs, findSets, type LabelOrigin } from '#extractors';

/** A paper with its truth, and how it is to be read. */
export interface TruePaper {
  readonly origin: LabelOrigin;
  readonly set: string;
  readonly name: string;
  readonly family: string;
  readonly as: ExtractAs;
  readonly dayFirst: boolean;
  readonly bytes: () => Promise<Uint8Array>;
  /** What stands on the paper; null where it lacks the field, nothing where nobody knows. */
  readonly truth: Readonly<Record<string, unknown>>;
}

export interface MadeOptions {
  readonly seed: number;
  /** Digital papers are cheap, scans and photographs take seconds each: their numbers are chosen apart. */
  readonly digital: number;
  readonly batches: number;
}

const BATCH = 48;

/** Papers of the demo's maker: digital ones, then what batches of the demo's own mix hold of scans and photographs. */
export async function* madePapers({ seed, digital, batches }: MadeOptions): AsyncGenerator<TruePaper> {
  for (const plan of planBatch({ seed, count: digital })) {
    yield made(plan.name, plan.truth, () => plan.drawPdf());
  }
  for (let batch = 1; batch <= batches; batch++) {
    for await (const paper of makeBatch({ seed: seed + batch, count: BATCH })) {
      if (paper.how.medium !== 'digital') yield made(`${batch}/${paper.name}`, paper.truth, async () => paper.bytes);
    }
  }
}

function made(name: string, truth: MadePaper['truth'], bytes: () => Promise<Uint8Array>): TruePaper {
  const as = truth.type === 'invoice' ? 'invoice' : 'delivery-note';
  return { origin: 'demo', set: 'made', name, family: name, as, dayFirst: true, bytes, truth: comparable(truth) };
}

/** The truth in the shape of the draft: counts as texts, columns that delivery notes lack as null. */
function comparable(truth: MadePaper['truth']): Record<string, unknown> {
  if (truth.type === 'invoice') return { ...truth };
  const items = truth.items.map((item) => ({ ...item, unit_price: null, line_total: null }));
  return { ...truth, parcels: String(truth.parcels), items };
}

/** What gives a set's kind away: the field only papers of this kind have. */
const MARKS: readonly (readonly [field: string, as: string])[] = [
  ['contract_num', 'adbuy'],
  ['company', 'receipt'],
  ['invoice_number', 'invoice'],
  ['net_total', 'invoice'],
];

/** Public documents with truth, as `rekey eval` takes them; kinds no extractor reads yet are left out. */
export async function publicPapers(root: string): Promise<TruePaper[]> {
  const sets = await findSets(root);
  return sets.flatMap(({ name, truths }) => truths.flatMap((truth) => publicPaper(root, name, truth)));
}

function publicPaper(root: string, set: string, { file, fields, visible, dayfirst }: EvalTruth): TruePaper[] {
  const mark = MARKS.find(([field]) => field in fields)?.[1];
  const as = EXTRACT_KINDS.find((kind) => kind === mark);
  if (!as) return [];
  // A field the truth names that cannot be seen on the page is absent there.
  const known = Object.entries(fields).map(([field, value]) => [
    field,
    visible && !visible.includes(field) ? null : value,
  ]);
  const family = String(fields['seller'] ?? fields['company'] ?? file).toLowerCase();
  const bytes = async () => new Uint8Array(await readFile(join(root, file)));
  return [
    { origin: 'public', set, name: file, family, as, dayFirst: dayfirst, bytes, truth: Object.fromEntries(known) },
  ];
}
