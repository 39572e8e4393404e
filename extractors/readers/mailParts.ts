import type { Paper } from './desk.ts';
import { ReadError } from './errors.ts';
import type { PageReading } from './layout.ts';
import { MAIL_READER, MOST_ATTACHMENTS, parseMail } from './mail.ts';
import { setPages } from './plainText.ts';

/** Mails in mails in mails are followed so far. */
const MOST_DEPTH = 3;

/** What is attached to a mail and can be opened: its pages are the mail's from `first` on. */
export interface MailPart {
  readonly paper: Paper;
  /** How it is called where it cannot be read. */
  readonly name: string;
  readonly first: number;
  readonly pages: number;
}

/** A mail page by page, before any attachment is read. */
export interface MailParts {
  /** What is written in the mail itself, and which attachments cannot be opened. */
  readonly own: readonly PageReading[];
  readonly parts: readonly MailPart[];
  readonly pages: number;
  readonly isWhole: boolean;
}

/** Counts the pages of a paper without reading it; rejects with a `ReadError` where it cannot be opened. */
export type CountPages = (paper: Paper, depth: number) => Promise<number>;

/**
 * Which pages a mail has: readings, pictures and second readings all go by this list, so that a page's number means the
 * same page to each, whatever may fail later. `depth` counts the mails around it.
 */
export async function partsOfMail(paper: Paper, depth: number, countPages: CountPages): Promise<MailParts> {
  const { head, body, attachments } = await parseMail(paper.bytes);
  const opened: Omit<MailPart, 'first'>[] = [];
  const unread: string[] = [];
  for (const [index, { mime, bytes }] of attachments.entries()) {
    const part = { bytes, password: paper.password };
    const isAllowed = depth < MOST_DEPTH && index < MOST_ATTACHMENTS;
    const pages = isAllowed ? await countPages(part, depth + 1).catch(refused) : undefined;
    const name = `Attachment ${index + 1} (${mime})`;
    if (pages === undefined) unread.push(sayUnread(name));
    else opened.push({ paper: part, name, pages });
  }
  const own = withHead(setPages([head.join('\n'), body, ...unread].join('\n\n'), MAIL_READER), head);
  let first = own.length + 1;
  const parts = opened.map((part) => {
    const placed = { ...part, first };
    first += part.pages;
    return placed;
  });
  return { own, parts, pages: first - 1, isWhole: unread.length === 0 };
}

export function sayUnread(name: string): string {
  return `${name} cannot be read.`;
}

export function refused(error: unknown): undefined {
  if (!(error instanceof ReadError)) throw error;
}

function withHead([page, ...rest]: readonly PageReading[], head: readonly string[]): PageReading[] {
  if (!page) return [];
  const words = head.flatMap((line) => line.match(/\S+/gu) ?? []).length;
  return [{ ...page, page: { ...page.page, head: Math.min(words, page.page.words.length) } }, ...rest];
}
