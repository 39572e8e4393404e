/** Why a paper could not be read; batches and intake speak to people and scripts in these words. */
export type ReadErrorKind = 'password' | 'corrupt' | 'unsupported' | 'timeout' | 'too-large';

const MESSAGES: Record<ReadErrorKind, string> = {
  password: 'The document is encrypted: it needs a password, or another one than the one given.',
  corrupt: 'The document is damaged or cut short.',
  unsupported:
    "This is not a document that can be read (PDF, JPEG, PNG, TIFF, WebP, a mail, HTML, an e-invoice's XML or plain text).",
  timeout: 'Reading the document took longer than allowed.',
  'too-large': 'The document is larger than allowed (bytes, pages, pixels or memory).',
};

/** A limit that a paper passed: how much it may have or take, and how much it has where that is known. */
export interface PassedLimit {
  readonly of: 'pages' | 'bytes' | 'pixels' | 'megabytes' | 'seconds';
  readonly most: number;
  readonly has?: number;
}

const SAID: Record<PassedLimit['of'], (most: string, has: string) => string> = {
  pages: (most, has) => `The document has ${has} pages, more than the ${most} of REKEY_PAGES.`,
  bytes: (most, has) => `The document has ${has} bytes, more than the ${most} allowed.`,
  pixels: (most, has) => `A picture in the document has ${has} pixels, more than the ${most} allowed.`,
  megabytes: (most) => `Reading the document takes more than the ${most} MB of memory allowed.`,
  seconds: (most) => `Reading the document took longer than the ${most} s allowed.`,
};

/** A paper that cannot be read. It concerns this one paper: the next one is read as usual. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly kind: ReadErrorKind;
  /** Named in the message, where it is known which. */
  readonly limit: PassedLimit | undefined;

  constructor(kind: ReadErrorKind, limit?: PassedLimit, options: { cause?: unknown } = {}) {
    super(limit ? saidOf(limit) : MESSAGES[kind], options);
    this.kind = kind;
    this.limit = limit;
  }
}

export function limitPassed(limit: PassedLimit): ReadError {
  return new ReadError(limit.of === 'seconds' ? 'timeout' : 'too-large', limit);
}

function saidOf({ of, most, has }: PassedLimit): string {
  return SAID[of](grouped(most), has === undefined ? 'too many' : grouped(has));
}

/** `150,000,000`, wherever it is read. */
function grouped(count: number): string {
  return count.toLocaleString('en');
}
