import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, sha256 } from '#core';
import { type Beside, nameOfReach } from './beside.ts';
import type { PaperReading } from './layout.ts';
import { type ChooseOcr, ocrIdentity } from './ocr.ts';
import { readerVersion } from './readerVersion.ts';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** Of a sha256 in hex, with which the name of a reading begins. */
const NAME_LENGTH = 64;

/**
 * Readings that took OCR, by the paper's bytes and everything that decides what is read in them. They say what papers
 * say, so nobody but their owner may read them.
 */
export interface ReadingCache {
  /**
   * A reading that reaches as far as is asked for, or farther. Rejects as the choice of what reads pictures does, and as
   * `ocrIdentity` does.
   */
  find(bytes: Uint8Array, beside: Beside): Promise<PaperReading | undefined>;
  /** `beside` is what was asked for, which a reading does not tell: a page may be lost that was not to be read. */
  keep(bytes: Uint8Array, beside: Beside, reading: PaperReading): Promise<void>;
  /** Deletes what was read of papers with these names (sha256), by whatever engine. */
  forget(papers: readonly string[]): Promise<void>;
}

export function openReadingCache(folder: string, choose: ChooseOcr): ReadingCache {
  let identity: Promise<string> | undefined;
  const engine = () => {
    identity ??= choose()
      .then(ocrIdentity)
      .catch((error: unknown) => {
        identity = undefined;
        throw error;
      });
    return identity;
  };
  const fileOf = async (bytes: Uint8Array, beside: Beside) => {
    const settings = sha256(JSON.stringify([await engine(), await readerVersion()]));
    return join(folder, `${sha256(bytes)}-${settings.slice(0, 16)}${nameOfReach(beside)}.json`);
  };
  const readingIn = async (file: string) => parsed(await readFile(file, 'utf8').catch(() => ''));
  return {
    async find(bytes, beside) {
      const first = beside === 'all' ? undefined : await readingIn(await fileOf(bytes, beside));
      return first ?? readingIn(await fileOf(bytes, 'all'));
    },
    async keep(bytes, beside, reading) {
      if (reading.pages.every(({ page }) => page.source === 'text')) return;
      await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
      // Also one that an earlier release made for all to read.
      await chmod(folder, OWNER_ONLY_FOLDER);
      const file = await fileOf(bytes, beside);
      const draft = `${file}.${newId()}`;
      await writeFile(draft, JSON.stringify(reading), { mode: OWNER_ONLY });
      await rename(draft, file);
    },
    async forget(papers) {
      const names = new Set(papers);
      const files = await readdir(folder).catch(noneWithoutFolder);
      const theirs = files.filter((file) => names.has(file.slice(0, NAME_LENGTH)));
      for (const file of theirs) await rm(join(folder, file), { force: true });
    },
  };
}

function noneWithoutFolder(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** A file that was cut off, as by a full disk, remembers nothing: the paper is read again and the file replaced. */
function parsed(text: string): PaperReading | undefined {
  try {
    return JSON.parse(text) as PaperReading;
  } catch {
    return undefined;
  }
}
