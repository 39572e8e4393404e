import { fileTypeFromBuffer } from 'file-type';
import { markedEncoding } from './characters.ts';
import { decodeXml } from './eInvoice/index.ts';

export type ReadableType =
  | 'application/pdf'
  | 'image/jpeg'
  | 'image/png'
  | 'image/tiff'
  | 'image/webp'
  | 'message/rfc822'
  | 'text/html'
  | 'text/plain'
  /** The XML of an e-invoice; no other XML can be read. */
  | 'application/xml';

type ImageType = Extract<ReadableType, `image/${string}`>;

const IMAGES: readonly string[] = ['image/jpeg', 'image/png', 'image/tiff', 'image/webp'];
const PDF_HEADER = '%PDF-';
const JUNK_BEFORE_HEADER = 1024;
const LOOK_BYTES = 65_536;
/** What a library may call a file that is written in letters: that it is a mail or a page, we see ourselves. */
const WRITTEN: readonly string[] = ['application/xml', 'text/html', 'message/rfc822', 'application/mbox'];
const PROLOG = String.raw`^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*`;
const EINVOICE = new RegExp(
  String.raw`${PROLOG}(?:<!DOCTYPE[^>]*>\s*)?<(?:[\w-]+:)?(?:CrossIndustryInvoice|CrossIndustryDocument|Invoice|CreditNote)[\s>]`,
  'u',
);
const HTML = new RegExp(
  String.raw`${PROLOG}<(?:!doctype html|html|head|body|title|meta|style|table|div|p|h[1-6]|ul|ol|section|article|main|center|font|span)[\s>]`,
  'iu',
);

/** The kind of document by its content, never by its name; undefined for what cannot be read. */
export async function detectType(bytes: Uint8Array): Promise<ReadableType | undefined> {
  if (bytes.length === 0) return undefined;
  const head = latin1(bytes.subarray(0, JUNK_BEFORE_HEADER));
  if (head.includes(PDF_HEADER) && !isArchive(head)) return 'application/pdf';
  const found = await fileTypeFromBuffer(bytes);
  if (found && isImage(found.mime)) return found.mime;
  const start = decodeXml(bytes.subarray(0, LOOK_BYTES));
  if (EINVOICE.test(start)) return 'application/xml';
  if (found && !WRITTEN.includes(found.mime)) return undefined;
  if (HTML.test(start)) return 'text/html';
  if (isMail(start)) return 'message/rfc822';
  return isPlainText(bytes) ? 'text/plain' : undefined;
}

/** Files stored one after the other (zip, tar): the first may be a PDF, and what follows it would be lost. */
function isArchive(head: string): boolean {
  return head.startsWith('PK\x03\x04') || head.startsWith('ustar', 257);
}

function isImage(mime: string): mime is ImageType {
  return IMAGES.includes(mime);
}

/** A block of header fields at the top: who, what, and one that only mails have; a date counts beside an address. */
function isMail(start: string): boolean {
  const head = start.replace(/^From .*\r?\n/u, '').split(/\r?\n\r?\n/u, 1)[0] ?? '';
  if (!/^[\w-]+:/u.test(head)) return false;
  const names = new Set(Array.from(head.matchAll(/^([\w-]+):/gmu), (match) => match[1]?.toLowerCase()));
  const has = (...wanted: string[]) => wanted.some((name) => names.has(name));
  const isAddressed = has('date') && /^(?:from|sender):.*@/imu.test(head);
  return (
    has('from', 'sender') &&
    has('subject', 'to', 'date') &&
    (isAddressed || has('message-id', 'mime-version', 'received'))
  );
}

/** Some letters or digits, hardly any control characters, and no markup. */
function isPlainText(bytes: Uint8Array): boolean {
  const wide = markedEncoding(bytes);
  const head = bytes.subarray(0, LOOK_BYTES);
  // What is cut off at the end may be half a letter.
  const start = wide ? new TextDecoder(wide).decode(head, { stream: true }) : latin1(head);
  if (/^\s*<(?:\?xml|svg)/iu.test(start)) return false;
  if (wide) return isWideText(start);
  const controls = start.match(/[^\t\n\f\r\x20-\x7e\x80-\xff]/gu)?.length ?? 0;
  const high = start.match(/[\x80-\xff]/gu)?.length ?? 0;
  return /[a-z0-9]/iu.test(start) && controls === 0 && (isUtf8(bytes) || high < start.length * 0.3);
}

/** Of two bytes to a letter: other data soon hold one that stands for none. */
function isWideText(start: string): boolean {
  return /[\p{L}\p{N}]/u.test(start) && !/[[\ufffd\p{Cc}\p{Cn}\p{Co}]--[\t\n\f\r]]/v.test(start);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
