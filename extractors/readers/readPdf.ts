import { SystemException, type Word } from '#core';
import { openBoundedRaster } from './boundedRaster.ts';
import { allowedPages, type Desk, ocrPixels, type Paper } from './desk.ts';
import { ReadError } from './errors.ts';
import { type Rotation, turnRectangle } from './geometry.ts';
import type { Grey } from './grey.ts';
import { checkedLayer, uncheckedLayer, withoutWords } from './hiddenLayer.ts';
import { withDrawnBoxes } from './layerBoxes.ts';
import { type PageReading, type PaperReading, unreadPage } from './layout.ts';
import type { Limits } from './limits.ts';
import { mixedPage } from './mixedPage.ts';
import { readByOcr } from './ocrPage.ts';
import { isSamePlace } from './pageFusion.ts';
import { hasDarkGround, hasUnreadInk, isSeen, look, showsInk, showsUnreadText, wordlessPart } from './pageLook.ts';
import type { TextPdf, TypedPage } from './pdfText.ts';
import { PIXELS_PER_POINT } from './printedPage.ts';
import { openPdfRaster, type Raster } from './raster.ts';
import { isSensible } from './usable.ts';

/** From so many words on a text layer is taken for the page; below, the page's ink is looked at. */
const PLENTY_OF_WORDS = 40;
/** From this share of drawn places without words on, a page is looked at however many words it has elsewhere. */
const LARGELY_DRAWN = 0.15;

/** A PDF page by page: its text layer where that says what the page shows, OCR where it does not. */
export async function readPdf(paper: Paper, pdf: TextPdf, desk: Desk): Promise<Omit<PaperReading, 'statements'>> {
  const doubts = new Set(pdf.doubts);
  const pages: PageReading[] = [];
  let raster: Raster | undefined;
  const picture = async () => {
    desk.step('image');
    raster ??= await openBoundedRaster({ ...paper, bytes: pdf.bytes }, desk);
    return raster;
  };
  try {
    for (let number = 1; number <= pdf.pages; number++) {
      desk.step('text');
      const typed = await pdf.readPage(number).catch(() => undefined);
      const { reading, isPartly, isUnchecked } = await readPage(number, typed, picture, desk).catch(
        (error: unknown) => {
          // A fault of the engine's, not of this page's; and what a page may not have, its paper may not have.
          if (error instanceof SystemException || isTooLarge(error)) throw error;
          // Its text layer was no more than a part of what it shows.
          return typed ? { ...unchecked(typed, typed.unprinted), isPartly: true } : whole(typed);
        },
      );
      const isEmpty = reading?.page.words.length === 0;
      const isUnread = reading?.page.unread === true;
      const hasInk = isEmpty && !isUnread && (await isInked(number, picture));
      if (hasInk || isPartly) doubts.add('ink-without-words');
      if (isUnchecked) doubts.add('layer-unchecked');
      if (typed?.page.notes) doubts.add('commented');
      if (isUnread || typed?.keepsFile) doubts.add('attachment-unread');
      // What a file that was cut has left of a page may be its bare frame.
      const isBareFrame = isEmpty && !isUnread && !hasInk && doubts.has('cut-short');
      if (reading && !isBareFrame) pages.push(withNotes(reading, typed));
      else doubts.add('page-lost');
    }
    if (pages.length === 0) throw new ReadError('corrupt');
    return { pages, doubts: [...doubts] };
  } finally {
    await raster?.close();
  }
}

/** Whether any page of a PDF has a word or ink, the words asked first. */
export async function showsAnything(pdf: TextPdf, password: string | undefined, limits: Limits): Promise<boolean> {
  const pages = allowedPages(pdf.pages, limits);
  const raster = await openPdfRaster(pdf.bytes, password, limits.pixels).catch(() => undefined);
  try {
    for (let number = 1; number <= pages; number++) {
      const typed = await pdf.readPage(number).catch(() => undefined);
      if (typed && typed.page.words.length > 0) return true;
      if (raster && (await isInked(number, async () => raster))) return true;
    }
    return false;
  } finally {
    await raster?.close();
  }
}

interface SeenPage {
  readonly reading: PageReading | undefined;
  /** A large part of it shows what may be text, and no word was found there. */
  readonly isPartly?: true;
  /** Some of its words are what another engine read, and pixels neither bear them out nor speak against them. */
  readonly isUnchecked?: true;
}

function whole(reading: PageReading | undefined): SeenPage {
  return { reading };
}

function unchecked(page: PageReading, claims: ReadonlySet<Word>): SeenPage {
  return claims.size > 0 ? { reading: uncheckedLayer(page, claims), isUnchecked: true } : whole(page);
}

/** With the words of its layer, unseen ones too: they tell what kind of paper it may be. */
function leftUnread(typed: TypedPage): SeenPage {
  const { reading } = unchecked(typed, typed.unprinted);
  return { reading: reading && { ...reading, page: { ...reading.page, unread: true } } };
}

async function readPage(
  number: number,
  layer: TypedPage | undefined,
  picture: () => Promise<Raster>,
  desk: Desk,
): Promise<SeenPage> {
  if (!layer) return whole(await readScan(await picture(), number, desk));
  if (!isSensible(wordsOf(withoutWords(layer, layer.unprinted)))) {
    const scanned = await readScan(await picture(), number, desk);
    return scanned.page.unread ? leftUnread(layer) : whole(scanned);
  }
  const typed = await withDrawnBoxes(layer, picture);
  const printed = withoutWords(typed, typed.unprinted);
  const wordless = wordlessPart(typed.drawn, printed.page);
  const isDrawn = wordless.share >= LARGELY_DRAWN;
  const isPlain = typed.unprinted.size === 0 && typed.pale.size === 0;
  if (hasPlenty(printed) && isPlain && !isDrawn) return whole(typed);
  const raster = await picture();
  const image = await look(raster, typed.page);
  const seen = isPlain ? printed : withoutUnseen(image, printed, typed.pale);
  const claims = claimsOver(image, typed, seen);
  const showsText = isDrawn && showsUnreadText(image, wordless, typed.page);
  if (claims.size === 0 && !showsText && (hasPlenty(seen) || !hasUnreadInk(image, seen))) {
    // A page that shows nothing and says something may have lost its picture.
    return seen.page.words.length > 0 ? whole(seen) : unchecked(withoutWords(typed, typed.pale), typed.unprinted);
  }
  const scanned = await readScan(raster, number, desk);
  if (scanned.page.unread) return leftUnread(typed);
  const pixels = claims.size > 0 ? checkedLayer(withoutWords(typed, complement(typed, claims)), scanned) : scanned;
  if (!pixels) return unchecked(withoutWords(typed, complement(typed, claims, seen.page.words)), claims);
  const reading = seen.page.words.length === 0 ? pixels : mixedPage(seen, pixels);
  return { reading, ...(showsText && reading === seen && { isPartly: true }) };
}

/** A page as its pixels show it, or unread. */
async function readScan(raster: Raster, number: number, desk: Desk): Promise<PageReading> {
  const { width, height } = await raster.size(number);
  const paper = { width: Math.round(width * PIXELS_PER_POINT), height: Math.round(height * PIXELS_PER_POINT) };
  if (desk.mayRecognise?.() === false) return unreadPage({ number, ...paper });
  return readByOcr(desk.engine, await ocrPixels(raster, number), paper, number);
}

/** A page read by its pixels may be turned otherwise than its text layer. */
function withNotes(reading: PageReading, typed: TypedPage | undefined): PageReading {
  if (!typed?.page.notes) return reading;
  const turn = ((reading.page.rotation - typed.page.rotation + 360) % 360) as Rotation;
  const turned = typed.page.notes.map((note) => ({ ...note, ...turnRectangle(note, typed.page, turn) }));
  return { ...reading, page: { ...reading.page, notes: turned } };
}

function hasPlenty(reading: PageReading): boolean {
  return reading.page.words.length >= PLENTY_OF_WORDS;
}

function wordsOf(reading: PageReading): string[] {
  return reading.page.words.map((word) => word.text);
}

/** A page without a word is blank only where its picture is: what shows ink could not be read. */
async function isInked(number: number, picture: () => Promise<Raster>): Promise<boolean> {
  return picture().then(
    async (raster) => showsInk(await look(raster, { number, rotation: 0 })),
    () => true,
  );
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ReadError && error.kind === 'too-large';
}

/**
 * The print without the words of which the page's picture shows nothing: laid over no scan, or white on white. Where it
 * shows nothing of any word that is dark, it is the picture that failed.
 */
function withoutUnseen(image: Grey, printed: PageReading, pale: ReadonlySet<Word>): PageReading {
  const { page } = printed;
  const isUnseen = (word: Word) => !isSeen(word, page, image) || (pale.has(word) && !hasDarkGround(word, page, image));
  const unseen = new Set(page.words.filter(isUnseen));
  return withoutWords(printed, unseen.size < page.words.length ? unseen : pale);
}

/** The unprinted words in whose place the picture shows something that no printed word explains. */
function claimsOver(image: Grey, { page, unprinted }: TypedPage, seen: PageReading): Set<Word> {
  const shows = (word: Word) => isSeen(word, page, image) && !seen.page.words.some((own) => isSamePlace(own, word));
  return new Set([...unprinted].filter(shows));
}

/** The words of a page that are not among those to be kept. */
function complement({ page }: PageReading, ...kept: readonly Iterable<Word>[]): Set<Word> {
  const staying = new Set(kept.flatMap((some) => [...some]));
  return new Set(page.words.filter((word) => !staying.has(word)));
}
