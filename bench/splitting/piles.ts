import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { planBatch } from '#demo';
import { findSets, jointsOf, type PageFacts, pageFacts, ReadError, type Readers, type SplitClues } from '#extractors';

/** A paper whose pages belong together. Papers of one family never stand on both sides of a test. */
export interface WholePaper {
  readonly family: string;
  readonly pages: readonly PageFacts[];
}

/** Digital papers of the demo's maker; a vendor is a family. */
export async function madePapers(readers: Readers, seed: number, count: number): Promise<WholePaper[]> {
  const papers: WholePaper[] = [];
  for (const plan of planBatch({ seed, count })) {
    const { pages } = await readers.read(await plan.drawPdf());
    papers.push({ family: plan.how.vendor, pages: pages.map(pageFacts) });
  }
  return papers;
}

const SETS = ['adbuy', 'invoices'];

/** Public papers of several kinds and layouts; each seller or advertiser is a family. */
export async function publicPapers(readers: Readers, root: string): Promise<WholePaper[]> {
  const sets = (await findSets(root)).filter(({ name }) => SETS.includes(name));
  const papers: WholePaper[] = [];
  for (const { file, fields } of sets.flatMap(({ truths }) => truths)) {
    try {
      const { pages } = await readers.read(await readFile(path.join(root, file)));
      papers.push({ family: String(fields['seller'] ?? fields['advertiser'] ?? file), pages: pages.map(pageFacts) });
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
    }
  }
  return papers;
}

/** The place between two pages of a pile, and whether a paper begins there. */
export interface Joint {
  readonly family: string;
  readonly clues: SplitClues;
  readonly first: boolean;
}

export interface Pile {
  readonly pages: readonly PageFacts[];
  /** Places, counted from 0, at which papers begin. */
  readonly starts: ReadonlySet<number>;
  readonly families: readonly string[];
}

const BLANK_BETWEEN = 0.15;
const BLANK_WITHIN = 0.03;

/** Papers in an order by chance, or next to those of their family, some with blank sheets between or within them. */
export function makePile(papers: readonly WholePaper[], chance: () => number, sorted: boolean): Pile {
  const order = papers.map((paper) => ({ paper, key: chance() }));
  order.sort((a, b) => (sorted ? a.paper.family.localeCompare(b.paper.family) : a.key - b.key));
  const sheets = order.flatMap(({ paper: { pages, family } }) => {
    const own = pages.flatMap((page, i) => {
      const sheet = { page, first: i === 0, family };
      return i > 0 && chance() < BLANK_WITHIN ? [blankOf(page, family), sheet] : [sheet];
    });
    return chance() < BLANK_BETWEEN ? [...own, blankOf(pages[0]!, family)] : own;
  });
  return {
    pages: sheets.map(({ page }) => page),
    starts: new Set(sheets.flatMap(({ first }, i) => (first ? [i] : []))),
    families: sheets.map(({ family }) => family),
  };
}

function blankOf({ page }: PageFacts, family: string): { page: PageFacts; first: boolean; family: string } {
  return { page: pageFacts({ ...page, words: [] }), first: false, family };
}

export function jointsOfPile({ pages, starts, families }: Pile): Joint[] {
  return jointsOf(pages).flatMap((clues, i) => (clues ? [{ clues, first: starts.has(i), family: families[i]! }] : []));
}
