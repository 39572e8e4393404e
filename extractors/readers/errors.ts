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

/** A paper that cannot be read. It concerns this one paper: the next one is read as usual. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly kind: ReadErrorKind;

  constructor(kind: ReadErrorKind, message: string = MESSAGES[kind], options: { cause?: unknown } = {}) {
    super(message, options);
    this.kind = kind;
  }
}
