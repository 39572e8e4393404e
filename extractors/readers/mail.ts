import PostalMime, { type Address, type Attachment } from 'postal-mime';
import { ReadError } from './errors.ts';
import { textOfHtml } from './html.ts';
import type { PageReading } from './layout.ts';
import { setPages } from './plainText.ts';

/** As values of a mail's own text are marked. */
const MAIL_READER = 'postal-mime 4.0.0';

/** A mail as papers: what is written in it, and what is attached, by content only. */
export interface Mail {
  /** Sender, receivers, date and subject, a line each, as far as it says them. */
  readonly head: readonly string[];
  readonly body: string;
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
  const body = mail.text?.trim() ? mail.text : textOfHtml(mail.html ?? '');
  const attached = mail.attachments.filter((part) => !isOfBody(part));
  return {
    head,
    body,
    attachments: attached.map(({ mimeType, content }) => ({ mime: mimeType, bytes: bytesOf(content) })),
  };
}

/** What is written in a mail, set on pages, and below it which of its attachments are not read. */
export function mailPages({ head, body }: Mail, unread: readonly string[]): PageReading[] {
  const pages = setPages([head.join('\n'), body, ...unread.map(sayUnread)].join('\n\n'), MAIL_READER);
  const words = head.flatMap((line) => line.match(/\S+/gu) ?? []).length;
  return pages.map((one, index) =>
    index > 0 ? one : { ...one, page: { ...one.page, head: Math.min(words, one.page.words.length) } },
  );
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
