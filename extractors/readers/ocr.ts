import type { Rectangle, Rotation } from './geometry.ts';
import type { Grey } from './grey.ts';
import { withNamedFaults } from './ocrFaults.ts';
import { checkNative, nativeIdentity, openNativeTesseract } from './ocrNative.ts';
import { checkTesseractJs, openTesseractJs, TESSERACT_JS } from './ocrTesseractJs.ts';

/** How an engine shall look at a picture: as a page with columns, as one block, as one line. */
export type Segmentation = 'page' | 'block' | 'line';

export interface OcrWord extends Rectangle {
  readonly text: string;
  /** 0 to 1, as the engine believes; not calibrated. */
  readonly confidence: number;
}

export interface OcrManner {
  readonly dpi: number;
  readonly segmentation: Segmentation;
  /** One of the engine's languages; all of them together where none is named, which takes twice the time for two. */
  readonly language?: string | undefined;
}

/** An engine that reads pictures. Another one only has to fill this in. */
export interface OcrEngine {
  /** Name and version, as values read by it are marked: `tesseract.js 7.0.0+best-int`. */
  readonly id: string;
  /** Tesseract's names of the languages it can read, the usual one first. */
  readonly languages: readonly string[];
  /** Words in pixels of the picture, line by line. */
  read(image: Grey, how: OcrManner): Promise<OcrWord[][]>;
  /** How the picture must be turned, clockwise, to stand upright, and how sure that is (above 2 is good). */
  orientation(image: Grey): Promise<{ rotation: Rotation; confidence: number }>;
  close(): Promise<void>;
}

/** Opens an engine of one's own for papers in these languages; the default export of a file that REKEY_OCR names. */
export type OpenOcrEngine = (languages: readonly string[]) => OcrEngine | Promise<OcrEngine>;

/** Which of the engines that come with Rekey reads, and which languages it shall know, the usual one first. */
export interface OcrChoice {
  readonly engine: 'tesseract.js' | 'native';
  readonly languages: readonly string[];
}

export type ChosenOcr = OcrChoice | OcrEngine;
/** Opens, or names, what shall read pictures. */
export type ChooseOcr = () => Promise<ChosenOcr>;

export const DEFAULT_OCR: OcrChoice = { engine: 'tesseract.js', languages: ['eng', 'deu'] };

export function openOcr({ engine, languages }: OcrChoice): OcrEngine {
  return withNamedFaults(engine === 'native' ? openNativeTesseract(languages) : openTesseractJs(languages));
}

/**
 * Rejects with a `SystemException` that says what to install where the engine, or its data for a language, is not on
 * this machine. An engine of one's own has seen to that when it was opened.
 */
export async function checkOcr(ocr: ChosenOcr): Promise<void> {
  if (isEngine(ocr)) return;
  const check = ocr.engine === 'native' ? checkNative : checkTesseractJs;
  await check(ocr.languages);
}

/** What decides how pictures are read, without opening the engine: part of the key of remembered readings. */
export async function ocrIdentity(ocr: ChosenOcr): Promise<string> {
  return `${await engineIdentity(ocr)} ${ocr.languages.join('+')}`;
}

async function engineIdentity(ocr: ChosenOcr): Promise<string> {
  if (isEngine(ocr)) return ocr.id;
  return ocr.engine === 'native' ? nativeIdentity() : TESSERACT_JS;
}

export function isEngine(ocr: ChosenOcr): ocr is OcrEngine {
  return 'read' in ocr;
}
