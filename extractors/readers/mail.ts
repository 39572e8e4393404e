import PostalMime, { type Address, type Attachment } from 'postal-mime';
import { ReadError } from './errors.ts';
import { textOfHtml } from './html.ts';
import type { Doubt, PageReading } from './layout.ts';
import { countPages, setPages } from './plainText.ts';

/** As values of a mail's own text are marked. */
const MAIL_READER = 'postal-mime 4.0.0';

/** A mail as papers: what is written in it, and what is attached, by content only. */
export interface Mail {
  /** Sender, receivers, date and subject, a line each, as far as it says them. */
  readonly head: readonly string[];
  readonly body: string;
  readonly doubts: readonly Doubt[];
  readonly attachments: readonly { readonly mime: string; readonly bytes: Uint8Array }[];
}

const MOST_NESTING = 20;
const MOST_HEAD_BYTES = 1_000_000;

/** Rejects with a `ReadError` where its parts hold parts beyond reason, or its head is endless. */
export async function parseMail(bytes: Uint8Array): Promise<Mail> {
  const limits = { maxNestingDepth: MOST_NESTING, maxHeadersSize: MOST_HEAD_BYTES };
  const mail = await PostalMime.parse(bytes, limits).catch((cause: unknown) => {
    throw new ReadError('corrupt', undefined, { cause });
  });
  const said = [
    ['From', named(mail.from)],
    ['To', mail.to?.map(named).join(', ')],
    ['Date', mail.date],
    ['Subject', mail.subject],
  ];
  const head = said.flatMap(([name, value]) => (value ? [`${name}: ${value.replace(/\s+/gu, ' ')}`] : []));
  const { text: body, isWhole } = mail.text?.trim() ? { text: mail.text, isWhole: true } : textOfHtml(mail.html ?? '');
  const attached = mail.attachments.filter((part) => !isOfBody(part));
  return {
    head,
    body,
    doubts: isWhole ? [] : ['cut-short'],
    attachments: attached.map(({ mimeType, content }) => ({ mime: mimeType, bytes: bytesOf(content) })),
  };
}

/** What is written in a mail, set on pages, and below it which of its attachments are not read. */
export function mailPages(mail: Mail, unread: readonly string[]): PageReading[] {
  const pages = setPages(mailText(mail, unread), MAIL_READER);
  const { head } = mail;
  const words = head.flatMap((line) => line.match(/\S+/gu) ?? []).length;
  return pages.map((one, index) =>
    index > 0 ? one : { ...one, page: { ...one.page, head: Math.min(words, one.page.words.length) } },
  );
}

/** How many pages `mailPages` makes, without the cost of their words. */
export function countMailPages(mail: Mail, unread: readonly string[]): number {
  return countPages(mailText(mail, unread));
}

function mailText({ head, body }: Mail, unread: readonly string[]): string {
  return [head.join('\n'), body, ...unread.map(sayUnread)].join('\n\n');
}

export function sayUnread(name: string): string {
  return `${name} cannot be read.`;
}

/** Pictures that belong to the body, such as a logo in a signature, are no papers of their own. */
function isOfBody({ related, disposition, mimeType }: Attachment): boolean {
  return related === true && disposition !== 'attachment' && mimeType.startsWith('image/');
}

function named(address: Address | undefined): string {
  if (!address) return '';
  if (address.group) return address.group.map(named).join(', ');
  return address.name ? `${address.name} <${address.address}>` : (address.address ?? '');
}

function bytesOf(content: string | ArrayBuffer | Uint8Array): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
