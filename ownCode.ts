import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '#config';
import { InvalidInput } from '#core';
import type { OcrChoice, OcrEngine } from '#extractors';

/** What a file of one's own gives; `where` is the flag or the setting that names it. */
export async function defaultExport(file: string, where: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path.resolve(file)).href);
    return module.default;
  } catch (error) {
    throw new InvalidInput('cannot-load', where, `${file} cannot be loaded: ${reasonOf(error)}`);
  }
}

/** What reads pictures: an engine that comes with Rekey, or the one that the file named by REKEY_OCR opens. */
export async function chosenOcr({ ocr, languages }: Pick<Config, 'ocr' | 'languages'>): Promise<OcrChoice | OcrEngine> {
  if (ocr === 'tesseract.js' || ocr === 'native') return { engine: ocr, languages };
  const open = await defaultExport(ocr, 'REKEY_OCR');
  const engine = typeof open === 'function' ? await opened(ocr, () => open(languages)) : undefined;
  if (isEngine(engine)) return engine;
  throw new InvalidInput('no-engine', 'REKEY_OCR', `The default export of ${ocr} is no function that gives an engine.`);
}

async function opened(file: string, open: () => unknown): Promise<unknown> {
  try {
    return await open();
  } catch (error) {
    throw new InvalidInput('no-engine', 'REKEY_OCR', `${file} opens no engine: ${reasonOf(error)}`);
  }
}

/** What the author's own code says of itself. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n', 1)[0]! : 'unknown reason';
}

function isEngine(value: unknown): value is OcrEngine {
  if (typeof value !== 'object' || value === null) return false;
  const parts = ['id', 'languages', 'read', 'orientation', 'close'];
  return parts.every((part) => part in value);
}
