import { fileTypeFromBuffer } from 'file-type';

export type ReadableType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/tiff' | 'image/webp' | 'text/plain';

const IMAGES: readonly string[] = ['image/jpeg', 'image/png', 'image/tiff', 'image/webp'];
const PDF_HEADER = '%PDF-';
const JUNK_BEFORE_HEADER = 1024;

/** The kind of document by its content, never by its name; undefined for what cannot be read. */
export async function detectType(bytes: Uint8Array): Promise<ReadableType | undefined> {
  if (bytes.length === 0) return undefined;
  if (latin1(bytes.subarray(0, JUNK_BEFORE_HEADER)).includes(PDF_HEADER)) return 'application/pdf';
  const found = await fileTypeFromBuffer(bytes);
  if (found) return isImage(found.mime) ? found.mime : undefined;
  return isPlainText(bytes) ? 'text/plain' : undefined;
}

function isImage(mime: string): mime is Exclude<ReadableType, 'application/pdf' | 'text/plain'> {
  return IMAGES.includes(mime);
}

/** Some letters or digits, hardly any control characters, and neither markup nor a mail. */
function isPlainText(bytes: Uint8Array): boolean {
  const start = latin1(bytes.subarray(0, 65_536));
  if (
    /^\s*<(?:!doctype|html|\?xml|svg)/iu.test(start) ||
    /^(?:received|return-path|mime-version|from|subject):/iu.test(start)
  ) {
    return false;
  }
  const controls = start.match(/[^\t\n\f\r\x20-\x7e\x80-\xff]/gu)?.length ?? 0;
  const high = start.match(/[\x80-\xff]/gu)?.length ?? 0;
  return /[a-z0-9]/iu.test(start) && controls === 0 && (isUtf8(bytes) || high < start.length * 0.3);
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
