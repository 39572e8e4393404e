import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import { ReadError } from './errors.ts';
import { formFragments } from './formText.ts';
import { type Matrix, quarterTurn, type Size } from './geometry.ts';
import type { Fragment } from './layout.ts';
import { pagesSearched } from './pinnedFiles.ts';
import { PIXELS_PER_POINT, type PrintedPage } from './printedPage.ts';
import { splitRun } from './splitRun.ts';

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;
type TextItem = Extract<TextContent['items'][number], { str: string }>;
type TextStyle = TextContent['styles'][string];

/** A PDF as pdf.js sees it: slower than pdfium, better with damage, odd fonts and forms. Runs no code the document brings. */
export interface PdfJs {
  readonly pages: number;
  readPage(number: number): Promise<PrintedPage>;
  /** What was typed into fields or written on top of a page. */
  readForms(number: number): Promise<Fragment[]>;
  /** Whether a file is pinned to a page. */
  pinsFile(number: number): Promise<boolean>;
  /** The files attached to it and pinned to the pages that are searched; undefined for one without content. */
  files(): Promise<(Uint8Array | undefined)[]>;
  close(): Promise<void>;
}

export async function openPdfJs(bytes: Uint8Array, password?: string): Promise<PdfJs> {
  const document = await open(bytes, password);
  const searched = pagesSearched(bytes);
  const pinsFile = async (number: number) => (await pinnedTo(await document.getPage(number))).length > 0;
  return {
    pages: document.numPages,
    async readPage(number) {
      const read = await readPage(await document.getPage(number));
      return { ...read, keepsFile: number > searched() && (await pinsFile(number)) };
    },
    pinsFile,
    async readForms(number) {
      const page = await document.getPage(number);
      return formFragments(page, page.getViewport({ scale: PIXELS_PER_POINT }).transform);
    },
    files: async () => [
      ...attachedFiles(await document.getAttachments()),
      ...(await pinnedFiles(document, searched())),
    ],
    close: () => document.loadingTask.destroy(),
  };
}

async function open(bytes: Uint8Array, password: string | undefined): Promise<PDFDocumentProxy> {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    data: new Uint8Array(bytes),
    ...(password !== undefined && { password }),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    cMapUrl: `${join(folder, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
    wasmUrl: `${join(folder, 'wasm')}/`,
    verbosity: 0,
  });
  try {
    return await task.promise;
  } catch (cause) {
    const isPassword = cause instanceof Error && cause.name === 'PasswordException';
    throw new ReadError(isPassword ? 'password' : 'corrupt', undefined, { cause });
  }
}

const content = z.object({ content: z.instanceof(Uint8Array) });
const namedFiles = z.record(z.string(), z.unknown()).nullish();
const pinnedFile = z.object({ subtype: z.literal('FileAttachment'), file: z.unknown() });

/** Where the list itself is of another form, it may hold any. */
export function attachedFiles(named: unknown): (Uint8Array | undefined)[] {
  const { success, data } = namedFiles.safeParse(named);
  return success ? Object.values(data ?? {}).map(contentOf) : [undefined];
}

function contentOf(file: unknown): Uint8Array | undefined {
  return content.safeParse(file).data?.content;
}

async function pinnedFiles(document: PDFDocumentProxy, searched: number): Promise<(Uint8Array | undefined)[]> {
  const files: (Uint8Array | undefined)[] = [];
  for (let number = 1; number <= Math.min(document.numPages, searched); number++) {
    files.push(...(await pinnedTo(await document.getPage(number))));
  }
  return files;
}

async function pinnedTo(page: PDFPageProxy): Promise<(Uint8Array | undefined)[]> {
  const annotations = await page.getAnnotations();
  return annotations.flatMap((annotation) => {
    const { success, data } = pinnedFile.safeParse(annotation);
    return success ? [contentOf(data.file)] : [];
  });
}

function sizeOf(page: PDFPageProxy): Size {
  const { width, height } = page.getViewport({ scale: PIXELS_PER_POINT });
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

async function readPage(page: PDFPageProxy): Promise<Omit<PrintedPage, 'keepsFile'>> {
  const { transform } = page.getViewport({ scale: PIXELS_PER_POINT });
  const fragments = printedFragments(await page.getTextContent(), transform);
  return {
    size: sizeOf(page),
    toPixels: transform,
    fragments,
    unmapped: 0,
    drawn: [],
    squares: [],
    hasForms: true,
    notes: [],
  };
}

function printedFragments(content: TextContent, toPixels: Matrix): Fragment[] {
  const fragments: Fragment[] = [];
  let mayContinue = false;
  for (const item of content.items) {
    if (!('str' in item)) continue;
    const style = content.styles[item.fontName];
    const found = runFragments(item, style, toPixels);
    const [first] = found;
    if (first) found[0] = { ...first, continues: mayContinue && !/^\s/u.test(item.str) };
    fragments.push(...found);
    if (item.str !== '') mayContinue = !/\s$/u.test(item.str);
    if (item.hasEOL) mayContinue = false;
  }
  return fragments;
}

/** A run lies along its own direction; each of its words becomes the upright rectangle around its four corners. */
function runFragments(item: TextItem, style: TextStyle | undefined, toPixels: Matrix): Fragment[] {
  const [a, b, c, d, e, f] = multiply(toPixels, item.transform);
  const along = normalised([a, b]);
  const up = normalised([c, d]);
  const size = Math.hypot(c, d);
  const vertical = style?.vertical === true;
  const length = (vertical ? item.height : item.width) * scaleOf(toPixels);
  if (!(size > 0 && length > 0)) return [];

  const ascent = size * within(style?.ascent, 0.6, 1, 0.8);
  const descent = size * within(style?.descent, -0.35, -0.1, -0.2);
  const pieces = splitRun(visible(item.str), style?.fontFamily === 'monospace');
  return pieces.map((piece) => {
    const [from, to] = item.dir === 'rtl' ? [1 - piece.to, 1 - piece.from] : [piece.from, piece.to];
    const corners = vertical
      ? [at(-size / 2, -from * length), at(size / 2, -to * length)]
      : [at(from * length, descent), at(to * length, ascent), at(from * length, ascent), at(to * length, descent)];
    return {
      text: piece.text,
      x0: Math.min(...corners.map(([x]) => x)),
      y0: Math.min(...corners.map(([, y]) => y)),
      x1: Math.max(...corners.map(([x]) => x)),
      y1: Math.max(...corners.map(([, y]) => y)),
      confidence: 1,
      angle: vertical ? 0 : quarterTurn((Math.atan2(along[1], along[0]) * 180) / Math.PI),
      continues: false,
    };
  });

  function at(alongBy: number, upBy: number): readonly [number, number] {
    return [e + along[0] * alongBy + up[0] * upBy, f + along[1] * alongBy + up[1] * upBy];
  }
}

/** Nothing that takes no ink: zero-width characters and controls. A soft hyphen that is set is a hyphen. */
function visible(text: string): string {
  return text.replace(/\u00ad/gu, '-').replace(/[\u200b-\u200f\u2060\ufeff\p{Cc}]/gu, '');
}

type SixNumbers = readonly [number, number, number, number, number, number];

function multiply(outer: Matrix, inner: Matrix): SixNumbers {
  const [a, b, c, d, e, f] = outer as SixNumbers;
  const [g, h, i, j, k, l] = inner as SixNumbers;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function scaleOf(matrix: Matrix): number {
  return Math.hypot(matrix[0] ?? 1, matrix[1] ?? 0);
}

function normalised([x, y]: readonly [number, number]): readonly [number, number] {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

function within(value: number | undefined, least: number, most: number, otherwise: number): number {
  return value === undefined || !Number.isFinite(value) || value === 0
    ? otherwise
    : Math.min(most, Math.max(least, value));
}
