import type { Statement } from '#core';
import { allowedPages, type Desk, type Paper } from './desk.ts';
import { ReadError } from './errors.ts';
import { joinRasters } from './joinedRaster.ts';
import type { Doubt, PageReading, PaperReading } from './layout.ts';
import { MOST_ATTACHMENTS, parseMail } from './mail.ts';
import { setPages } from './plainText.ts';
import { openPdfRaster, type Raster } from './raster.ts';
import { typeset } from './typeset.ts';

/** Mails in mails in mails are followed so far. */
const MOST_DEPTH = 3;

export type ReadPart = (paper: Paper, desk: Desk, depth: number) => Promise<PaperReading>;

/**
 * A mail's own pages, then those of each attachment. One that cannot be read (a Word file, a picture cut short) is
 * named on the mail's own page; the others are read all the same.
 */
export async function readMail(paper: Paper, desk: Desk, depth: number, readPart: ReadPart): Promise<PaperReading> {
  desk.step('text');
  const { text, attachments } = await parseMail(paper.bytes);
  const parts: PaperReading[] = [];
  const unread: string[] = [];
  for (const [index, { mime, bytes }] of attachments.entries()) {
    const isAllowed = depth < MOST_DEPTH && index < MOST_ATTACHMENTS;
    const part = isAllowed
      ? await readPart({ bytes, password: paper.password }, desk, depth + 1).catch(refused)
      : undefined;
    if (part) parts.push(part);
    else unread.push(`Attachment ${index + 1} (${mime}) cannot be read.`);
  }
  const own = setPages([text, ...unread].join('\n\n'));
  const pages = [own, ...parts.map((part) => part.pages)].flat().map(renumbered);
  allowedPages(pages.length, desk.limits);
  const doubts = new Set<Doubt>(parts.flatMap((part) => part.doubts));
  if (unread.length > 0) doubts.add('attachment-unread');
  const statements: Statement[] = parts.flatMap((part) => part.statements);
  return { pages, statements, doubts: [...doubts] };
}

/** The pictures of the same pages: the mail's own, set in type, and those of each attachment that can be read. */
export async function openMailRaster(
  paper: Paper,
  depth: number,
  openPart: (paper: Paper, depth: number) => Promise<Raster>,
): Promise<Raster> {
  const { text, attachments } = await parseMail(paper.bytes);
  const own = await openPdfRaster(typeset(setPages(text)));
  const parts: Raster[] = [];
  for (const { bytes } of depth < MOST_DEPTH ? attachments.slice(0, MOST_ATTACHMENTS) : []) {
    const part = await openPart({ bytes, password: paper.password }, depth + 1).catch(refused);
    if (part) parts.push(part);
  }
  return joinRasters([own, ...parts]);
}

function refused(error: unknown): undefined {
  if (!(error instanceof ReadError)) throw error;
}

function renumbered({ page, text }: PageReading, index: number): PageReading {
  const number = index + 1;
  return { text, page: { ...page, number, words: page.words.map((word) => ({ ...word, page: number })) } };
}
