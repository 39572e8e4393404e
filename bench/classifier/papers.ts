import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '#core';
import { makeJunk, planBatch, type Seeded, seeded } from '#demo';
import { findSets, ReadError, type Readers } from '#extractors';

/** Pages whose kind is known. Papers of one family (a seller, a layout) never stand on both sides of a test. */
export interface KnownPaper {
  readonly type: string;
  readonly family: string;
  readonly pages: readonly Page[];
}

/** Digital papers of the demo's maker, and its letter and advertisement. */
export async function madePapers(readers: Readers, seed: number, count: number): Promise<KnownPaper[]> {
  const papers: KnownPaper[] = [];
  for (const plan of planBatch({ seed, count })) {
    const { pages } = await readers.read(await plan.drawPdf());
    papers.push({ type: plan.truth.type, family: `made ${plan.how.vendor}`, pages });
  }
  for (const { truth, bytes } of await makeJunk(seed)) {
    if (truth.answer !== 'rejected') continue;
    const { pages } = await readers.read(bytes);
    papers.push({ type: truth.what === 'letter' ? 'letter' : 'unknown', family: `junk ${truth.what}`, pages });
  }
  return papers;
}

/** What gives the kind of a public document away: the field only such papers have. */
const MARKS: readonly (readonly [field: string, type: string])[] = [
  ['contract_num', 'advertising-order'],
  ['company', 'receipt'],
  ['invoice_number', 'invoice'],
  ['invoice_date', 'invoice'],
];

/** Public documents under a folder of sets; what has no fields is of no kind that is read. Those that cannot be read are left out. */
export async function publicPapers(readers: Readers, root: string): Promise<KnownPaper[]> {
  const papers: KnownPaper[] = [];
  for (const { truths } of await findSets(root)) {
    for (const { file, fields } of truths) {
      const type = MARKS.find(([field]) => field in fields)?.[1] ?? 'unknown';
      const family = String(fields['seller'] ?? fields['company'] ?? fields['contract_num'] ?? file);
      const pages = await readers.read(new Uint8Array(await readFile(join(root, file)))).then(
        (reading) => reading.pages,
        (error: unknown) => {
          if (error instanceof ReadError) return null;
          throw error;
        },
      );
      if (pages) papers.push({ type, family, pages });
    }
  }
  return papers;
}

const LOOKALIKES: readonly (readonly [string, string])[] = [
  ['o', '0'],
  ['l', '1'],
  ['i', 'l'],
  ['e', 'c'],
  ['m', 'rn'],
  ['B', '8'],
  ['S', '5'],
  ['ü', 'u'],
  ['ä', 'a'],
  ['t', 'f'],
];

/** The same paper as a bad scan would give it: letters taken for others, words lost. */
export function smudged({ type, family, pages }: KnownPaper, seed: string): KnownPaper {
  const chance = seeded(`smudge ${seed}`);
  const share = chance.between(0.02, 0.2);
  const worn = pages.map(
    (page): Page => ({
      ...page,
      source: 'ocr',
      words: page.words
        .filter(() => !chance.chance(share / 4))
        .map((word) =>
          chance.chance(2 * share) ? { ...word, text: misread(word.text, chance), confidence: 0.6 } : word,
        ),
    }),
  );
  return { type, family, pages: worn };
}

function misread(text: string, chance: Seeded): string {
  const [right, wrong] = chance.pick(LOOKALIKES);
  return text.includes(right) ? text.replace(right, wrong) : chance.chance(0.5) ? text.slice(0, -1) || text : text;
}
