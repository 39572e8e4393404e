import type { Statement } from '#core';
import { allowedPages, type Desk, type Paper } from './desk.ts';
import { ReadError } from './errors.ts';
import { joinRasters } from './joinedRaster.ts';
import type { Doubt, PageReading, PaperReading } from './layout.ts';
import { MAIL_READER } from './mail.ts';
import { type CountPages, type MailPart, partsOfMail, refused, sayUnread } from './mailParts.ts';
import { setPages } from './plainText.ts';
import { openPdfRaster, type Raster } from './raster.ts';
import { typeset } from './typeset.ts';

export type ReadPart = (paper: Paper, desk: Desk, depth: number) => Promise<PaperReading>;

/**
 * A mail's own pages, then those of each attachment. One that cannot be read (a Word file, a picture cut short) is
 * named in its place or on the mail's own page; the others are read all the same.
 */
export async function readMail(
  paper: Paper,
  desk: Desk,
  depth: number,
  countPages: CountPages,
  readPart: ReadPart,
): Promise<PaperReading> {
  desk.step('text');
  const { own, parts, pages: count, isWhole } = await partsOfMail(paper, depth, countPages);
  allowedPages(count, desk.limits);
  const pages = [...own];
  const statements: Statement[] = [];
  const doubts = new Set<Doubt>(isWhole ? [] : ['attachment-unread']);
  for (const part of parts) {
    const read = await readPart(part.paper, desk, depth + 1).catch(refused);
    if (!read) doubts.add('attachment-unread');
    for (const doubt of read?.doubts ?? []) doubts.add(doubt);
    statements.push(...(read?.statements ?? []));
    pages.push(...(read?.pages ?? setPages(sayUnread(part.name), MAIL_READER)).map((page) => inPlace(page, part)));
  }
  return { pages, statements, doubts: [...doubts] };
}

/** The pictures of the same pages: the mail's own, set in type, and those of each attachment. */
export async function openMailRaster(
  paper: Paper,
  depth: number,
  countPages: CountPages,
  openPart: (paper: Paper, depth: number) => Promise<Raster>,
): Promise<Raster> {
  const { own, parts } = await partsOfMail(paper, depth, countPages);
  const rasters = [{ raster: await openPdfRaster(typeset(own)), pages: own.length }];
  for (const { paper: part, pages } of parts) {
    const raster = await openPart(part, depth + 1).catch((error: unknown) => refused(error) ?? withoutPages);
    rasters.push({ raster, pages });
  }
  return joinRasters(rasters);
}

/** In the place of a part of which there is no picture. */
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

function inPlace({ page, text }: PageReading, { first }: MailPart): PageReading {
  const number = first + page.number - 1;
  return { text, page: { ...page, number, words: page.words.map((word) => ({ ...word, page: number })) } };
}
