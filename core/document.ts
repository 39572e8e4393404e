/** A box on a page image: pages count from 1, pixels from the top left corner of the upright page image. */
export interface Box {
  readonly page: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** One word as it stands on the page. `confidence` is 0 to 1; a text layer's words carry 1. */
export interface Word extends Box {
  readonly text: string;
  readonly confidence: number;
}

/** One page, whatever the paper was: a text layer and OCR give the same thing. Words stand in reading order. */
export interface Page {
  readonly number: number;
  /** Pixels of the upright page image to which the boxes belong. */
  readonly width: number;
  readonly height: number;
  readonly source: 'text' | 'ocr';
  /** What read it, with its version: `tesseract.js 7.0.0+best-int`, `pdfium 2.1.13`. */
  readonly by?: string;
  /** Degrees clockwise by which the paper's image was turned to stand upright. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** So many of its first words are a mail's head: sender, receivers, date, subject. They say nothing of a paper. */
  readonly head?: number;
  /**
   * On a page of a file attached to a PDF: the number of that file's first page. People see it, and it may be a paper of
   * its own; it says nothing of the paper it is attached to.
   */
  readonly attached?: number;
  /** On a page of a file that came with a mail: the number of that file's first page. */
  readonly sent?: number;
  /** Its pixels were not read, being behind the first pages of a file beside the paper: its words are those of its text layer. */
  readonly unread?: true;
  readonly words: readonly Word[];
  /** What people wrote about the page and no printer prints: comments, and notes to marked passages. None of its words. */
  readonly notes?: readonly Note[];
}

/** A comment and its place, in the page's pixels. */
export interface Note extends Omit<Box, 'page'> {
  readonly text: string;
}

/** Where a value was read: the paper (sha256 of its bytes), the box, and the reader that saw it. */
export interface Source extends Box {
  readonly paper: string;
  /** `data` is what the paper carries beside its print: an e-invoice's XML. */
  readonly reader: 'text' | 'ocr' | 'data' | 'person' | 'record';
  /** What read it, with its version: `tesseract.js 7.0.0+best-int`. */
  readonly by?: string;
  /** The page's own width and height in those pixels, and how it was turned: what it takes to draw the box. */
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
}

/** The place of one element of a list. `confidence` is that of its faintest word, 0 to 1. */
export interface SeenPart extends Box {
  readonly confidence: number;
  /** Of a row: where its cells stand, by their columns' names; without those that are not printed. */
  readonly cells?: Readonly<Record<string, Box>>;
}

export interface Alternative<V> {
  readonly value: V;
  readonly probability: number;
}

/** What was read for one field: a value or its absence, and how far either may be trusted. */
export interface Reading<V> {
  readonly value: V | null;
  /** Calibrated probability, 0 to 1, that `value` is right; 0 where `value` is null. */
  readonly probability: number;
  /** Calibrated probability, 0 to 1, that the paper does not carry this field. */
  readonly absent: number;
  readonly sources: readonly Source[];
  readonly alternatives: readonly Alternative<V>[];
  /** Of a list: where each of its elements stands, in their order; null for one that is not printed. */
  readonly parts?: readonly (SeenPart | null)[];
  /** What speaks for the value, in kebab words: `label`, `check-digit`, `sums`, `two-readings`, `text-layer`, `known`, `person`. */
  readonly evidence: readonly string[];
  /** What else the probability went by, in numbers from 0 to 1: how clear the place was, how close the runner-up came. */
  readonly clues?: Readonly<Record<string, number>>;
  /** What it is counted with when trust is measured, medium and kind of value: `ocr/date`. */
  readonly group?: string;
  /** What made the value of what was read: extractor, its version and the rule, `invoice@2/label`. */
  readonly rule?: string;
}

/** What was read of a paper, field by field; not yet to be trusted. */
export type Draft<T> = { readonly [K in keyof T]-?: Reading<T[K]> };

/** A reading that needs no paper: the value is known. */
export function known<V>(value: V): Reading<V> {
  return { value, probability: 1, absent: value === null ? 1 : 0, sources: [], alternatives: [], evidence: ['known'] };
}

/** Every field of a record that is already known, as a draft for the next record. */
export function knownRecord<T extends object>(record: T): Draft<T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, known(value)])) as Draft<T>;
}

/**
 * What a paper says of itself as data, beside what is printed: the XML of an e-invoice. `values` bear the names and
 * the spelling of extracted fields (`net_total`: `1234.50`, dates in ISO form).
 */
export interface Statement {
  /** `factur-x`, `zugferd-1`, `ubl`, `cii`. */
  readonly format: string;
  /** EN 16931's code of what it is (BT-3): `380` is an invoice, `381` a credit note, whose amounts bear no minus sign. */
  readonly typeCode?: string;
  readonly values: Readonly<Record<string, string>>;
  readonly items: readonly Readonly<Record<string, string | null>>[];
  /** Of the file attached to a PDF that begins on this page, not of the paper itself. */
  readonly attached?: number;
  /** Of the file that came with a mail and begins on this page. */
  readonly sent?: number;
}

/** A paper as tasks refer to it: the bytes lie in the archive under `sha256`. */
export interface DocumentRef {
  readonly sha256: string;
  readonly name: string;
  readonly mime: string;
}
