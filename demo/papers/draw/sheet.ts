import PDFDocument from 'pdfkit';
import type { FontFamily } from '../house.ts';

/** A document being drawn: where the pen may write, and how. Points from the top left corner. */
export interface Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly family: FontFamily;
  readonly accent: string;
  readonly width: number;
  readonly height: number;
  left: number;
  right: number;
  /** Where the content of a continued page starts. */
  top: number;
  /** Below this only the frame of a page writes. */
  bottom: number;
  page: number;
  /** The lowest content on the present page. */
  ink: number;
  /** Drawn on each page before its content: letterhead of continued pages, footer, rails. */
  frame: (page: number) => void;
}

export interface Ink {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly color?: string;
  readonly align?: 'left' | 'right' | 'center';
  /** The text wraps within it; alignment needs it. */
  readonly width?: number;
  readonly spacing?: number;
}

const FACES: Record<FontFamily, readonly [string, string, string]> = {
  Helvetica: ['Helvetica', 'Helvetica-Bold', 'Helvetica-Oblique'],
  Times: ['Times-Roman', 'Times-Bold', 'Times-Italic'],
  Courier: ['Courier', 'Courier-Bold', 'Courier-Oblique'],
};

export interface SheetOptions {
  readonly family: FontFamily;
  readonly accent: string;
  readonly letter?: boolean;
  readonly title: string;
  readonly author: string;
  /** Goes into the file as its date of making, so that the bytes can be repeated. */
  readonly made: Date;
  readonly password?: string;
}

export function openSheet(options: SheetOptions): Sheet {
  const { family, accent, title, author, made, password } = options;
  const doc = new PDFDocument({
    size: options.letter ? 'LETTER' : 'A4',
    margin: 0,
    bufferPages: true,
    info: { Title: title, Author: author, Creator: 'Billing', Producer: 'Billing', CreationDate: made },
    ...(password && { userPassword: password, ownerPassword: password }),
  });
  const { width, height } = doc.page;
  const area = { left: 56, right: width - 48, top: 90, bottom: height - 60 };
  return { doc, family, accent, width, height, ...area, page: 1, ink: 0, frame: () => {} };
}

/** Writes text and gives the y below it. Without a width it stays on one line, with one it wraps. */
export function put(sheet: Sheet, text: string, x: number, y: number, ink: Ink = {}): number {
  const { doc } = sheet;
  const size = ink.size ?? 9;
  setFace(sheet, ink);
  doc.fillColor(ink.color ?? '#1a1a1a');
  const spacing = { characterSpacing: ink.spacing ?? 0 };
  const height = ink.width ? doc.heightOfString(text, { width: ink.width, ...spacing }) : size * 1.2;
  doc.text(
    text,
    x,
    y,
    ink.width ? { width: ink.width, align: ink.align ?? 'left', ...spacing } : { lineBreak: false, ...spacing },
  );
  sheet.ink = Math.max(sheet.ink, y + height);
  return y + height;
}

/** Writes text that ends at x. */
export function putRight(sheet: Sheet, text: string, x: number, y: number, ink: Ink = {}): number {
  return put(sheet, text, x - widthOf(sheet, text, ink), y, ink);
}

/** Writes lines one below the other. */
export function putLines(sheet: Sheet, lines: readonly string[], x: number, y: number, ink: Ink = {}): number {
  const leading = (ink.size ?? 9) * 1.32;
  lines.forEach((line, i) => {
    if (ink.align === 'right') putRight(sheet, line, x, y + i * leading, ink);
    else put(sheet, line, x, y + i * leading, ink);
  });
  return y + lines.length * leading;
}

export function widthOf(sheet: Sheet, text: string, ink: Ink = {}): number {
  setFace(sheet, ink);
  return sheet.doc.widthOfString(text, { characterSpacing: ink.spacing ?? 0 });
}

export function heightOf(sheet: Sheet, text: string, width: number, ink: Ink = {}): number {
  setFace(sheet, ink);
  return sheet.doc.heightOfString(text, { width });
}

function setFace(sheet: Sheet, ink: Ink): void {
  const [regular, bold, italic] = FACES[sheet.family];
  sheet.doc.font(ink.bold ? bold : ink.italic ? italic : regular).fontSize(ink.size ?? 9);
}

export function rule(sheet: Sheet, x0: number, y: number, x1: number, weight = 0.6, color = '#1a1a1a'): void {
  sheet.doc.lineWidth(weight).strokeColor(color).moveTo(x0, y).lineTo(x1, y).stroke();
}

export function upright(sheet: Sheet, x: number, y0: number, y1: number, weight = 0.6, color = '#1a1a1a'): void {
  sheet.doc.lineWidth(weight).strokeColor(color).moveTo(x, y0).lineTo(x, y1).stroke();
}

export function frameBox(
  sheet: Sheet,
  x: number,
  y: number,
  w: number,
  h: number,
  weight = 0.7,
  color = '#1a1a1a',
): void {
  sheet.doc.lineWidth(weight).strokeColor(color).rect(x, y, w, h).stroke();
}

export function fillBox(sheet: Sheet, x: number, y: number, w: number, h: number, color: string): void {
  sheet.doc.fillColor(color).rect(x, y, w, h).fill();
}

/** Sets what stands on each page and draws it on the first. */
export function setFrame(sheet: Sheet, frame: (page: number) => void): void {
  sheet.frame = frame;
  frame(1);
  sheet.ink = 0;
}

/** Goes on on a new page; gives the y where its content starts. */
export function nextPage(sheet: Sheet): number {
  sheet.doc.addPage();
  sheet.page += 1;
  sheet.frame(sheet.page);
  sheet.ink = sheet.top;
  return sheet.top;
}

/** The y to go on at when so much height is needed: here, or on a new page. */
export function roomFor(sheet: Sheet, y: number, height: number): number {
  return y + height > sheet.bottom ? nextPage(sheet) : y;
}

/** Writes on every page when their count is known. */
export function onEachPage(sheet: Sheet, write: (page: number, pages: number) => void): void {
  const { count } = sheet.doc.bufferedPageRange();
  for (let page = 1; page <= count; page++) {
    sheet.doc.switchToPage(page - 1);
    write(page, count);
  }
}

export function finish(sheet: Sheet): Promise<Uint8Array> {
  return bytesOf(sheet.doc);
}

/** Ends the document and gives the file. */
export async function bytesOf(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  doc.end();
  for await (const chunk of doc) chunks.push(chunk as Uint8Array);
  return new Uint8Array(Buffer.concat(chunks));
}
