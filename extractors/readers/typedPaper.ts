import type { Statement } from '#core';
import type { ReadableType } from './detect.ts';
import { decodeXml, readEInvoice, sheetText, XML_READER } from './eInvoice/index.ts';
import { ReadError } from './errors.ts';
import { HTML_READER, textOfHtml } from './html.ts';
import type { Doubt } from './layout.ts';
import { decodeText, TEXT_READER } from './plainText.ts';

/** Papers that are letters and have no picture of their own: they are set on pages. */
export type TypedType = Extract<ReadableType, 'text/plain' | 'text/html' | 'application/xml'>;

export function isTyped(mime: ReadableType): mime is TypedType {
  return mime === 'text/plain' || mime === 'text/html' || mime === 'application/xml';
}

/** What is written on it, not yet set on pages. */
export interface TypedPaper {
  readonly text: string;
  /** What found the text. */
  readonly by: string;
  readonly statements: readonly Statement[];
  readonly doubts: readonly Doubt[];
}

export function openTypedPaper(mime: TypedType, bytes: Uint8Array): TypedPaper {
  if (mime === 'application/xml') return openXml(bytes);
  if (mime === 'text/plain') return { text: decodeText(bytes), by: TEXT_READER, statements: [], doubts: [] };
  const { text, isWhole } = textOfHtml(decodeXml(bytes));
  return { text, by: HTML_READER, statements: [], doubts: isWhole ? [] : ['cut-short'] };
}

/** An e-invoice without a printed page: what it states, and a page that shows it. */
function openXml(bytes: Uint8Array): TypedPaper {
  const statement = readEInvoice(bytes, 'file');
  if (!statement) throw new ReadError('unsupported');
  return { text: sheetText(statement), by: XML_READER, statements: [statement], doubts: [] };
}
