import type { Page, Statement } from '#core';
import { type Doubt, type ReadResult, XML_READER } from './readers/index.ts';
import { asksForMoney, invoiceMarks } from './splitting/moneyAsked.ts';
import { saysItGoesOn } from './splitting/saysItGoesOn.ts';
import { splitPages } from './splitting/splitPages.ts';
import { classify, type PaperType } from './types/classify.ts';

/** What is read of a paper: its pages, its data, and why that may not be all. */
type Read = Pick<ReadResult, 'pages' | 'statements' | 'doubts'>;

/** What goes along with papers of other kinds and is not keyed then: a time sheet, the receipts of what is charged. */
const COMPANIONS: readonly PaperType[] = ['letter', 'form', 'receipt'];

const PAPER_ATTACHED: Doubt = 'paper-attached';
const SEVERAL_PAPERS: Doubt = 'several-papers';

/**
 * A paper without what came along with it, attached to its PDF or sent with the same mail: terms and time sheets have
 * names, days and sums that are not the paper's. Where there is another paper that should be keyed as well, beside it or
 * among its own pages, that is a doubt: nobody else would.
 */
export function paperItself<R extends Read>(read: R): R {
  return doubtingPile(ofMail(withoutAttached(read)));
}

function withoutAttached<R extends Read>(read: R): R {
  const files = Map.groupBy(read.pages, ({ attached }) => attached);
  const own = files.get(undefined);
  if (!own || files.size === 1) return read;
  const statements = Map.groupBy(read.statements, ({ attached }) => attached);
  const dataOf = (file: number | undefined) => statements.get(file) ?? [];
  const paper = { pages: own, statements: dataOf(undefined) };
  files.delete(undefined);
  const leftOut = Array.from(files, ([file, pages]) => ({ pages, statements: dataOf(file) }));
  const doubts = doubtsOf(paper, leftOut);
  return { ...read, ...paper, doubts: [...read.doubts, ...doubts] };
}

/** Files that are one paper, such as sheets that were scanned each by itself. */
interface Paper {
  readonly pages: readonly Page[];
  readonly statements: readonly Statement[];
}

/** What is amiss where only `paper` is extracted, and these are left out. */
function doubtsOf(paper: Paper, leftOut: readonly Paper[]): Doubt[] {
  if (leftOut.length === 0) return [];
  const kind = classify(paper.pages, paper.statements).type;
  const marks = invoiceMarks(paper.pages);
  return leftOut.some((file) => mayHoldPaper(file, kind, marks)) ? [PAPER_ATTACHED] : [];
}

/** Several papers scanned into one file would be keyed as one, of the fields of all. */
function doubtingPile<R extends Read>(read: R): R {
  const printed = read.pages.filter((page) => !isOfData(page));
  const files = Map.groupBy(printed, ({ sent }) => sent);
  return [...files.values()].some(isPile) ? { ...read, doubts: [...read.doubts, SEVERAL_PAPERS] } : read;
}

function isPile(pages: readonly Page[]): boolean {
  const [first, ...rest] = partsOf(pages);
  if (!first || rest.length === 0) return false;
  const kind = classify(pages).type;
  const others = rest.filter((part) => isWorthKeying(part, kind, invoiceMarks(first)));
  return others.length > (isWorthKeying(first, kind, invoiceMarks(rest.flat())) ? 0 : 1);
}

/** Whether somebody should key what a file holds, or any part of it: an invoice may follow a letter. */
function mayHoldPaper(file: Paper, beside: PaperType | 'unknown', marks: ReadonlySet<string>): boolean {
  return isKeyed(file, beside) || partsOf(file.pages).some((part) => isWorthKeying(part, beside, marks));
}

/** The pages of each part of a file that may be a paper by itself. */
function partsOf(pages: readonly Page[]): Page[][] {
  return splitPages(pages).map(({ from, to }) => pages.filter(({ number }) => number >= from && number <= to));
}

function isWorthKeying(pages: readonly Page[], beside: PaperType | 'unknown', marks: ReadonlySet<string>): boolean {
  return isKeyed({ pages, statements: [] }, beside) || (isUnknown(pages) && asksForMoney(pages, marks));
}

function isKeyed({ pages, statements }: Paper, beside: PaperType | 'unknown' = 'unknown'): boolean {
  const { type } = classify(pages, statements);
  return statements.length > 0 || (type !== 'unknown' && (type === beside || !COMPANIONS.includes(type)));
}

function isUnknown(pages: readonly Page[]): boolean {
  return classify(pages).type === 'unknown';
}

/**
 * What is written in a mail, the first paper to be keyed that came with it, and e-invoices, which have no other picture;
 * all of it where nothing looks like such a paper.
 */
function ofMail<R extends Read>(read: R): R {
  const papers = papersSent(read);
  if (papers.length < 2) return read;
  const printed = papers.find((paper) => !isData(paper) && isKeyed(paper));
  const kept = papers.filter((paper) => paper === printed || isData(paper));
  const itself = printed ?? kept[0];
  if (!itself) return read;
  const isKept = ({ sent }: Pick<Page, 'sent'>) =>
    sent === undefined || kept.some(({ pages }) => pages.some((page) => page.sent === sent));
  const leftOut = papers.filter((paper) => !kept.includes(paper));
  return {
    ...read,
    pages: read.pages.filter(isKept),
    statements: read.statements.filter(isKept),
    doubts: [...read.doubts, ...doubtsOf(itself, leftOut)],
  };
}

function papersSent({ pages, statements }: Read): Paper[] {
  const sent = pages.filter((page) => page.sent !== undefined);
  const papers: { pages: Page[]; statements: Statement[] }[] = [];
  for (const [at, page] of sent.entries()) {
    const before = sent[at - 1];
    const isFirst = page.number === page.sent;
    if (!before || (isFirst && isApart(before, page))) papers.push({ pages: [], statements: [] });
    const paper = papers.at(-1)!;
    paper.pages.push(page);
    if (isFirst) paper.statements.push(...statements.filter((one) => one.sent === page.sent));
  }
  return papers;
}

/**
 * A file is a paper of its own unless it says otherwise. Data are no sheet of what is printed; of pictures sent one by one
 * a later sheet may look like anything.
 */
function isApart(before: Page, page: Page): boolean {
  if (isOfData(before) || isOfData(page)) return true;
  return !(before.source === 'ocr' && page.source === 'ocr') && !saysItGoesOn(before, page);
}

function isOfData({ by }: Page): boolean {
  return by === XML_READER;
}

function isData({ pages }: Paper): boolean {
  return pages.every(isOfData);
}
