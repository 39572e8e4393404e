import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, sha256 } from '#core';
import type { PaperReading } from './layout.ts';
import { type OcrChoice, ocrIdentity } from './ocr.ts';

/** Raise it when preparation or layout change what a reading says. */
const READER_VERSION = 8;

/** Readings that took OCR, by the paper's bytes and everything that decides what is read in them. */
export interface ReadingCache {
  find(bytes: Uint8Array, password: string | undefined): Promise<PaperReading | undefined>;
  keep(bytes: Uint8Array, password: string | undefined, reading: PaperReading): Promise<void>;
}

export function openReadingCache(folder: string, ocr: OcrChoice): ReadingCache {
  let identity: Promise<string> | undefined;
  const fileOf = async (bytes: Uint8Array, password = '') => {
    identity ??= ocrIdentity(ocr);
    const settings = sha256(JSON.stringify([await identity, READER_VERSION])).slice(0, 12);
    return join(folder, `${sha256(bytes)}-${sha256(`${settings}\n${password}`).slice(0, 16)}.json`);
  };
  return {
    async find(bytes, password) {
      const text = await readFile(await fileOf(bytes, password), 'utf8').catch(() => '');
      return parsed(text);
    },
    async keep(bytes, password, reading) {
      if (reading.pages.every(({ page }) => page.source === 'text')) return;
      await mkdir(folder, { recursive: true });
      const file = await fileOf(bytes, password);
      const draft = `${file}.${newId()}`;
      await writeFile(draft, JSON.stringify(reading));
      await rename(draft, file);
    },
  };
}

/** A file that was cut off, as by a full disk, remembers nothing: the paper is read again and the file replaced. */
function parsed(text: string): PaperReading | undefined {
  try {
    return JSON.parse(text) as PaperReading;
  } catch {
    return undefined;
  }
}
