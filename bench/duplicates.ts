/**
 * How many papers that came twice are seen to be the same, and how many that did not are taken for it. Twice came what
 * has the number and the total of another, as a scan and the file it was made of: papers of the demo's maker, and of the
 * public ones in REKEY_EVAL_DATA those whose truth says both. Every paper is held against every other of its kind, as if
 * all had come within the days that are looked back.
 *
 *   node bench/duplicates.ts --made 240 --cache .rekey/readings
 */
import { parseArgs } from 'node:util';
import { type PaperLook, sha256, silentLogger } from '#core';
import { extractAs, isSamePaper, lookOf, openReaders, type Readers } from '#extractors';
import { madePapers, publicPapers, type TruePaper } from './calibration/papers.ts';

/** What makes a paper the record it is, by kind. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  invoice: ['invoice_number', 'total'],
  'delivery-note': ['delivery_note_number', 'seller'],
  adbuy: ['contract_num', 'gross_amount'],
};

interface Seen {
  readonly kind: string;
  readonly set: string;
  readonly identity: string;
  readonly scanned: boolean;
  readonly look: PaperLook;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { made: { type: 'string', default: '240' }, cache: { type: 'string' } } });
  const readers = openReaders({ workers: 1, cache: values.cache, log: silentLogger });
  const seen: Seen[] = [];
  try {
    for await (const paper of papers(Number(values.made))) seen.push(...(await look(paper, readers)));
  } finally {
    await readers.close();
  }
  report(seen);
}

async function* papers(made: number): AsyncGenerator<TruePaper> {
  yield* madePapers({ seed: 400_000, digital: made, batches: 0 });
  const folder = process.env['REKEY_EVAL_DATA'];
  if (folder) yield* await publicPapers(folder);
}

/** Nothing for papers whose truth does not tell which record they are. */
async function look(paper: TruePaper, readers: Readers): Promise<Seen[]> {
  const parts = IDENTITY[paper.as]?.map((field) => paper.truth[field]);
  if (!parts?.every((part) => typeof part === 'string')) return [];
  const bytes = await paper.bytes();
  const { pages } = await readers.read(bytes);
  const { draft } = await extractAs(paper.as, pages, { paper: sha256(bytes) });
  const document = { sha256: sha256(bytes), name: paper.name, mime: '' };
  const scanned = pages.some(({ source }) => source === 'ocr');
  const identity = parts.join(' ').replace('-', '');
  return [{ kind: paper.as, set: paper.set, identity, scanned, look: lookOf(document, pages, draft) }];
}

function report(seen: readonly Seen[]): void {
  const pairs = seen.flatMap((a, i) => seen.slice(i + 1).flatMap((b) => (a.kind === b.kind ? [{ a, b }] : [])));
  const rows = Map.groupBy(pairs, ({ a, b }) => {
    const came = a.identity === b.identity ? 'the same' : 'different';
    return `${came}, ${a.set === 'made' ? 'made' : 'public'}${a.scanned || b.scanned ? ', scanned' : ''}`;
  });
  console.table(
    Object.fromEntries(
      [...rows].sort().map(([name, all]) => {
        const taken = all.filter(({ a, b }) => isSamePaper(a.look, b.look)).length;
        return [name, { pairs: all.length, 'taken for the same': taken, '%': ((100 * taken) / all.length).toFixed(2) }];
      }),
    ),
  );
}

await main();
