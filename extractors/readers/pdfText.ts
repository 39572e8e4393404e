import type { Word } from '#core';
import { ReadError } from './errors.ts';
import { type Rectangle, type Rotation, type Size, turnRectangle, turnSize } from './geometry.ts';
import { type Doubt, type Fragment, letters, type PageReading, pageReading, readingOrder } from './layout.ts';
import { openPdfiumText, type PdfiumText } from './pdfiumText.ts';
import { openPdfJs, type PdfJs } from './pdfJs.ts';
import { PDF_JS, PDFIUM, type PrintedPage } from './printedPage.ts';
import { isCutShort, rebuildPdf } from './rebuildPdf.ts';

/** A PDF's structure and text layer. Opens no network connection and runs no code the document brings. */
export interface TextPdf {
  readonly pages: number;
  /** The bytes it is read from: those given, or what was made of them where they were damaged. */
  readonly bytes: Uint8Array;
  readonly doubts: readonly Doubt[];
  readPage(number: number): Promise<TypedPage>;
  /** The files attached to the document and pinned to its pages; undefined for one that is too large, or one too many. */
  files(): Promise<(Uint8Array | undefined)[]>;
  close(): Promise<void>;
}

/** A page's text layer, and what only a picture of the page tells. */
export interface TypedPage extends PageReading {
  /** Words that nobody sees, whatever the page's picture shows in their place. */
  readonly unprinted: ReadonlySet<Word>;
  /** Words as pale as paper. */
  readonly pale: ReadonlySet<Word>;
  /** Where something is drawn that may be text and is none of its words. */
  readonly drawn: readonly Rectangle[];
  /** Small squares standing free, which may be boxes to tick. */
  readonly squares: readonly Rectangle[];
  /** A file is pinned to it that is not among `files`. */
  readonly keepsFile: boolean;
}

/** From this share of letters without a meaning pdf.js is asked, which knows more of fonts that do not say. */
const UNMAPPED_SHARE = 0.02;

/**
 * Opens a PDF by what reads it best: pdfium, which is quick; pdf.js for what pdfium cannot open, for forms and odd
 * fonts; and where neither finds a page, or the file ends too early, from what its objects still hold.
 */
export async function openTextPdf(bytes: Uint8Array, password?: string): Promise<TextPdf> {
  const cutShort = isCutShort(bytes);
  const whole = await openBoth(bytes, password).catch((error: unknown) => refusal(error));
  if (whole instanceof ReadError && whole.kind === 'password') throw whole;
  const asItIs = whole instanceof ReadError ? undefined : whole;
  if (asItIs && !cutShort && (await hasWords(asItIs))) return textPdf(asItIs, bytes, []);

  const rebuilt = rebuildPdf(bytes);
  const repaired = rebuilt && (await openBoth(rebuilt, password).catch(() => undefined));
  if (repaired && (await holdsMore(repaired, asItIs, cutShort))) {
    await asItIs?.close();
    return textPdf(repaired, rebuilt, [cutShort ? 'cut-short' : 'repaired']);
  }
  await repaired?.close();
  if (!asItIs) throw refusal(whole);
  return textPdf(asItIs, bytes, cutShort ? ['cut-short'] : []);
}

/** Whether what was rebuilt of a file gives more of it than the file itself. */
async function holdsMore(repaired: BothReaders, asItIs: BothReaders | undefined, cutShort: boolean): Promise<boolean> {
  if (!asItIs) return true;
  return cutShort ? repaired.pages >= (await pagesThere(asItIs)) : hasWords(repaired);
}

interface BothReaders {
  readonly pages: number;
  readonly quick: PdfiumText | undefined;
  /** pdf.js, opened when it is first asked for. */
  thorough(): Promise<PdfJs>;
  close(): Promise<void>;
}

async function openBoth(bytes: Uint8Array, password: string | undefined): Promise<BothReaders> {
  const quick = await openPdfiumText(bytes, password).catch((error: unknown) => refusal(error));
  let opened: Promise<PdfJs> | undefined;
  const thorough = () => {
    opened ??= openPdfJs(bytes, password);
    return opened;
  };
  const usable = quick instanceof ReadError || quick.pages === 0 ? undefined : rememberingFirst(quick);
  const pages = usable?.pages ?? (await thorough()).pages;
  if (pages === 0) throw new ReadError('corrupt');
  return {
    pages,
    quick: usable,
    thorough,
    async close() {
      if (!(quick instanceof ReadError)) quick.close();
      await opened?.then(
        (reader) => reader.close(),
        () => undefined,
      );
    },
  };
}

/** The first page is read on opening, to see whether there is one. */
function rememberingFirst(quick: PdfiumText): PdfiumText {
  let first: PrintedPage | undefined;
  return {
    ...quick,
    readPage(number) {
      if (number !== 1) return quick.readPage(number);
      first ??= quick.readPage(1);
      return first;
    },
  };
}

/** Whether the first page has words. A page tree may promise pages that are none, and then they are empty. */
async function hasWords({ quick, thorough }: BothReaders): Promise<boolean> {
  const first = quickly(quick, 1);
  if (first && (first.fragments.length > 0 || first.hasForms)) return true;
  const reader = await thorough().catch(() => undefined);
  const page = await reader?.readPage(1).catch(() => undefined);
  return (page?.fragments.length ?? 0) > 0;
}

/** Pages that can be opened: what is left of a file may still claim all it once had. */
async function pagesThere({ pages, quick }: BothReaders): Promise<number> {
  if (!quick) return pages;
  let there = 0;
  for (let number = 1; number <= Math.min(pages, 1_000); number++) {
    try {
      if (quick.readPage(number).fragments.length > 0) there++;
    } catch {
      // A page that is gone.
    }
  }
  return there;
}

function textPdf(readers: BothReaders, bytes: Uint8Array, doubts: readonly Doubt[]): TextPdf {
  return {
    pages: readers.pages,
    bytes,
    doubts,
    readPage: async (number) => arranged(await readPage(readers, number), number),
    files: async () => readers.quick?.files() ?? (await readers.thorough()).files(),
    close: readers.close,
  };
}

interface Found {
  readonly page: PrintedPage;
  /** Which of the two found it. */
  readonly by: string;
  readonly filledIn: readonly Fragment[];
}

async function readPage({ quick, thorough }: BothReaders, number: number): Promise<Found> {
  const seen = quickly(quick, number);
  if (seen && !seen.hasForms && isReliable(seen)) return { page: seen, by: PDFIUM, filledIn: [] };
  const reader = await thorough().catch(() => undefined);
  if (!reader) return { page: orCorrupt(seen), by: PDFIUM, filledIn: [] };
  const filledIn = seen?.hasForms === false ? [] : await reader.readForms(number).catch(() => []);
  if (seen && isReliable(seen)) return { page: seen, by: PDFIUM, filledIn };
  const second = await reader.readPage(number).catch(() => undefined);
  const better = second && letters(second.fragments) > 0 ? second : (seen ?? second);
  const { drawn = [], squares = [], notes = [] } = seen ?? {};
  // Where pdfium does not read a page, neither has it searched it for files.
  const isMissed = quick !== undefined && !seen;
  const keepsFile = isMissed ? await reader.pinsFile(number).catch(() => true) : (seen ?? second)?.keepsFile === true;
  const page = { ...orCorrupt(better), drawn, squares, notes, keepsFile };
  if (better === second && seen && isMostlyUnprinted(seen)) return { page: unprinted(page), by: PDF_JS, filledIn };
  return { page, by: better === seen ? PDFIUM : PDF_JS, filledIn };
}

function quickly(quick: PdfiumText | undefined, number: number): PrintedPage | undefined {
  try {
    return quick?.readPage(number);
  } catch {
    return undefined;
  }
}

function isReliable({ fragments, unmapped }: PrintedPage): boolean {
  return fragments.length > 0 && unmapped <= letters(fragments) * UNMAPPED_SHARE;
}

/** pdf.js does not say what its words are drawn with: they are as the quick reader's of the same page. */
function isMostlyUnprinted({ fragments }: PrintedPage): boolean {
  return letters(fragments.filter(({ ink }) => ink === 'none')) > letters(fragments) / 2;
}

function unprinted(page: PrintedPage): PrintedPage {
  return { ...page, fragments: page.fragments.map((one) => ({ ...one, ink: 'none' })) };
}

function orCorrupt(page: PrintedPage | undefined): PrintedPage {
  if (!page) throw new ReadError('corrupt');
  return page;
}

function refusal(error: unknown): ReadError {
  return error instanceof ReadError ? error : new ReadError('corrupt', undefined, { cause: error });
}

/** Stood upright and in reading order, without what was set beside the page. */
function arranged(
  { page: { size, fragments: printed, drawn, squares, notes, keepsFile }, by, filledIn }: Found,
  number: number,
): TypedPage {
  const rotation = uprightRotation(printed);
  const onPage = [...printed, ...filledIn].filter((one) => touches(one, size));
  const fragments = onPage.map((one) => turnFragment(one, size, rotation));
  const upright = turnSize(size, rotation);
  const lines = readingOrder(fragments, upright);
  const reading = pageReading(lines, { number, ...upright, source: 'text', rotation });
  const turned = notes.map((note) => ({ ...note, ...turnRectangle(note, size, rotation) }));
  const page = { ...reading.page, by, ...(notes.length > 0 && { notes: turned }) };
  const inks = lines.flat().map(({ ink }) => ink);
  const wordsWith = (ink: Fragment['ink']) => new Set(page.words.filter((_, at) => inks[at] === ink));
  return {
    ...reading,
    page,
    unprinted: wordsWith('none'),
    pale: wordsWith('pale'),
    drawn: drawn.map((one) => turnRectangle(one, size, rotation)),
    squares: squares.map((one) => turnRectangle(one, size, rotation)),
    keepsFile,
  };
}

function touches({ x0, y0, x1, y1 }: Fragment, { width, height }: Size): boolean {
  return x1 > 0 && y1 > 0 && x0 < width && y0 < height;
}

/** The quarter turn after which most of the text stands upright; pages with little text stay as they are. */
function uprightRotation(fragments: readonly Fragment[]): Rotation {
  const all = letters(fragments);
  const turned = ([90, 180, 270] as const).find(
    (angle) => letters(fragments.filter((one) => one.angle === angle)) > Math.max(40, 0.6 * all),
  );
  return turned === undefined ? 0 : (((360 - turned) % 360) as Rotation);
}

function turnFragment(fragment: Fragment, page: Size, rotation: Rotation): Fragment {
  const angle = ((fragment.angle + rotation) % 360) as Rotation;
  return { ...fragment, ...turnRectangle(fragment, page, rotation), angle };
}
