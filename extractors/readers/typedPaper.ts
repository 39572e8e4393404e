import type { ReadableType } from './detect.ts';
import { decodeXml, readEInvoice, sheetText, XML_READER } from './eInvoice/index.ts';
import { ReadError } from './errors.ts';
import { HTML_READER, textOfHtml } from './html.ts';
import type { PaperReading } from './layout.ts';
import { readPlainText, setPages } from './plainText.ts';

/** Papers that are letters and have no picture of their own: they are set on pages. */
export type TypedType = Extract<ReadableType, 'text/plain' | 'text/html' | 'application/xml'>;

export function isTyped(mime: ReadableType): mime is TypedType {
  return mime === 'text/plain' || mime === 'text/html' || mime === 'application/xml';
}

export function readTyped(mime: TypedType, bytes: Uint8Array): PaperReading {
  if (mime === 'application/xml') return readXml(bytes);
  const pages = mime === 'text/html' ? setPages(textOfHtml(decodeXml(bytes)), HTML_READER) : readPlainText(bytes);
  return { pages, statements: [], doubts: [] };
}

/** An e-invoice without a printed page: what it states, and a page that shows it. */
function readXml(bytes: Uint8Array): PaperReading {
  const statement = readEInvoice(bytes, 'file');
  if (!statement) throw new ReadError('unsupported');
  return { pages: setPages(sheetText(statement), XML_READER), statements: [statement], doubts: [] };
}
