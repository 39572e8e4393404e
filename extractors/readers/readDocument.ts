import type { Page } from '#core';
import { type Beside, desksBeside } from './beside.ts';
import type { Desk, Paper } from './desk.ts';
import type { ReadableType } from './detect.ts';
import { ReadError } from './errors.ts';
import { type JoinedPart, joinRasters } from './joinedRaster.ts';
import type { Doubt, PageReading, PaperReading } from './layout.ts';
import { sayUnread } from './mail.ts';
import { openOwnRaster, typeOf } from './openDocument.ts';
import { type PaperPart, partsOf, refused, withDocument } from './paperParts.ts';
import { openPdfiumText } from './pdfiumText.ts';
import { setPages, TEXT_READER } from './plainText.ts';
import type { Raster } from './raster.ts';

const UNREAD: readonly Doubt[] = ['attachment-unread'];

export interface Probe {
  readonly mime: ReadableType;
  readonly pages: number;
}

/**
 * A paper's own pages, then those of each file within it: of a mail's and of a PDF's attachments, and of theirs. One that
 * cannot be read (a Word file, a picture cut short) is a doubt; the others are read all the same.
 */
export function readDocument(paper: Paper, desk: Desk, beside: Beside = 'all'): Promise<PaperReading> {
  return withDocument(paper, desk, async (document) => {
    const parts = await partsOf(document, paper, desk);
    const deskFor = desksBeside(beside, desk);
    const isWhole = parts.every(({ unread }) => unread.length === 0);
    const readings: PaperReading[] = [];
    for (const [at, part] of parts.entries()) {
      const read = at === 0 ? await document.read(part.unread) : await readPart(part, deskFor(part, at));
      readings.push(inPlace(read, part));
    }
    return {
      pages: readings.flatMap(({ pages }) => pages),
      statements: readings.flatMap(({ statements }) => statements),
      doubts: [...new Set([...readings.flatMap(({ doubts }) => doubts), ...(isWhole ? [] : UNREAD)])],
    };
  });
}

/** What a paper is and how many pages it has, without reading it. A probe is one step, whatever it opens. */
export function probeDocument(paper: Paper, desk: Desk): Promise<Probe> {
  const inOneStep = { ...desk, step: () => {} };
  return withDocument(paper, inOneStep, async (document) => {
    await document.check();
    const parts = await partsOf(document, paper, inOneStep);
    return { mime: document.mime, pages: parts.reduce((sum, { pages }) => sum + pages, 0) };
  });
}

/** The pixels of a paper's pages, for pictures and second readings. */
export async function openRaster(paper: Paper, desk: Desk): Promise<Raster> {
  if (!(await holdsFiles(paper, desk))) return openOwnRaster(paper, [], desk);
  const parts = await withDocument(paper, desk, (document) => partsOf(document, paper, desk));
  return joinRasters(parts.map((part) => pictures(part, desk)));
}

/** Opened when one of its pages is asked for, within the bounds of pixels. Of one that cannot be read there is no picture. */
function pictures({ paper, pages, unread }: PaperPart, desk: Desk): JoinedPart {
  const open = () => {
    desk.step('image');
    return openOwnRaster(paper, unread, desk).catch(refused);
  };
  return { pages, open: async () => (await open()) ?? withoutPages };
}

const withoutPages: Raster = {
  pages: 0,
  ocrScale: 1,
  size: unsupported,
  grey: unsupported,
  picture: unsupported,
  close: async () => {},
};

async function unsupported(): Promise<never> {
  throw new ReadError('unsupported');
}

/** Told quickly: a picture of a page that nothing follows needs no text layer. A damaged PDF may hold some. */
async function holdsFiles(paper: Paper, { limits }: Desk): Promise<boolean> {
  const mime = await typeOf(paper, limits);
  if (mime !== 'application/pdf') return mime === 'message/rfc822';
  const pdf = await openPdfiumText(paper.bytes, paper.password).catch(refused);
  try {
    return pdf?.holdsFiles() ?? true;
  } finally {
    pdf?.close();
  }
}

/** A file of which only its reading shows that it cannot be read says so in its place. */
async function readPart(part: PaperPart, desk: Desk): Promise<PaperReading> {
  desk.step('text');
  const read = await withDocument(part.paper, desk, (document) => document.read(part.unread)).catch(refused);
  return read ?? { pages: setPages(sayUnread(part.name), TEXT_READER), statements: [], doubts: UNREAD };
}

/** Where a page or data of a file within a paper come from. */
type Origin = Pick<Page, 'attached' | 'sent'>;

function inPlace({ pages, statements, doubts }: PaperReading, { first, isAttached }: PaperPart): PaperReading {
  if (first === 1) return { pages, statements, doubts };
  const origin: Origin = isAttached ? { attached: first } : { sent: first };
  return {
    pages: pages.map((page) => pageFrom(first, page, origin)),
    statements: statements.map((statement) => ({ ...statement, ...origin })),
    doubts,
  };
}

function pageFrom(first: number, { page, text }: PageReading, origin: Origin): PageReading {
  const number = first + page.number - 1;
  return { text, page: { ...page, ...origin, number, words: page.words.map((word) => ({ ...word, page: number })) } };
}
