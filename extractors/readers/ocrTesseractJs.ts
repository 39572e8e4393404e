import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { createWorker, OEM, type PSM, type Worker } from 'tesseract.js';
import { quarterTurn, type Rectangle } from './geometry.ts';
import { toPgm } from './grey.ts';
import type { OcrEngine, OcrWord, Segmentation } from './ocr.ts';
import { languageMissing } from './ocrFaults.ts';

export const TESSERACT_JS = 'tesseract.js 7.0.0+best-int';

const MODEL = '4.0.0_best_int';
/** Finds out how a page lies. */
const COMPASS = 'osd';
const COMPASS_MODEL = '4.0.0';
const unzip = promisify(gunzip);

const PSM_OF: Record<Segmentation, string> = { page: '4', block: '6', line: '7' };

/**
 * tesseract.js, from its npm packages alone: nothing is fetched. A worker for each combination of languages that is
 * asked for; it is started then and stays until it fails. Asked for two at once, the engine reads every doubtful word
 * twice.
 */
export function openTesseractJs(languages: readonly string[]): OcrEngine {
  const workers = new Map<string, Promise<Worker>>();

  /** One that fails is of no use any more: another takes its place when it is asked for again. */
  async function withWorker<R>(
    name: string,
    start: () => Promise<Worker>,
    work: (worker: Worker) => Promise<R>,
  ): Promise<R> {
    const starting = workers.get(name) ?? start();
    workers.set(name, starting);
    try {
      return await work(await starting);
    } catch (error) {
      if (workers.get(name) === starting) workers.delete(name);
      await ended(starting);
      throw error;
    }
  }

  return {
    id: TESSERACT_JS,
    languages,
    read(image, { dpi, segmentation, language = languages.join('+') }) {
      return withWorker(
        language,
        () => startReader(language),
        async (worker) => {
          await worker.setParameters({
            tessedit_pageseg_mode: PSM_OF[segmentation] as PSM,
            // Blocks are strips, dark on white. In others a line hardly read is read in negative too, and then as it is again.
            tessedit_do_invert: segmentation === 'block' ? '0' : '1',
            user_defined_dpi: String(Math.round(dpi)),
          });
          const { data } = await worker.recognize(toPgm(image), {}, { text: false, blocks: true });
          const paragraphs = (data.blocks ?? []).flatMap((block) => block.paragraphs);
          const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
          return lines.map((line) => line.words.map(toWord)).filter((line) => line.length > 0);
        },
      );
    },
    orientation(image) {
      return withWorker(COMPASS, startCompass, async (worker) => {
        const { data } = await worker.detect(toPgm(image));
        return {
          rotation: quarterTurn(data.orientation_degrees ?? 0),
          confidence: data.orientation_confidence ?? 0,
        };
      });
    },
    async close() {
      await Promise.all(Array.from(workers.values(), ended));
    },
  };
}

async function ended(starting: Promise<Worker>): Promise<void> {
  const worker = await starting.catch(() => undefined);
  await worker?.terminate();
}

/** Rejects where the package with the data of a language, or of finding out how a page lies, is not installed. */
export async function checkTesseractJs(languages: readonly string[]): Promise<void> {
  for (const language of languages) await access(modelFile(language, MODEL));
  await access(modelFile(COMPASS, COMPASS_MODEL));
}

function toWord({ text, confidence, bbox }: { text: string; confidence: number; bbox: Rectangle }): OcrWord {
  const { x0, y0, x1, y1 } = bbox;
  return { text, confidence: Math.min(1, Math.max(0, confidence / 100)), x0, y0, x1, y1 };
}

/** `languages` as tesseract writes them: `eng+deu`. */
async function startReader(languages: string): Promise<Worker> {
  const [first = 'eng', ...others] = languages.split('+');
  // The list is tesseract.js's own record of what it has loaded: each language comes from a package of its own, where
  // its one `langPath` does not reach, so we hand the files over and note them there.
  const loaded = [first];
  const worker = await started(loaded, OEM.LSTM_ONLY, { langPath: dirname(modelFile(first, MODEL)) });
  for (const language of others) {
    const model = await readFile(modelFile(language, MODEL));
    await worker.FS('writeFile', [`./${language}.traineddata`, await unzip(model)]);
    loaded.push(language);
  }
  if (others.length > 0) await worker.reinitialize(languages, OEM.LSTM_ONLY);
  return worker;
}

/** Script and orientation need the older engine and its own model. */
async function startCompass(): Promise<Worker> {
  const langPath = dirname(modelFile(COMPASS, COMPASS_MODEL));
  return started([COMPASS], OEM.TESSERACT_ONLY, { langPath, legacyCore: true, legacyLang: true });
}

/** `createWorker` stays silent for ever when a model can't be loaded: the error handler is the only witness. */
function started(
  languages: string[],
  oem: number,
  options: { langPath: string; legacyCore?: boolean; legacyLang?: boolean },
): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const errorHandler = (reason: unknown) => reject(new Error('The OCR engine did not start.', { cause: reason }));
    createWorker(languages, oem, { ...options, cacheMethod: 'none', gzip: true, errorHandler }).then(resolve, reject);
  });
}

function modelFile(language: string, kind: string): string {
  return join(dataPackage(language), kind, `${language}.traineddata.gz`);
}

function dataPackage(language: string): string {
  const name = `@tesseract.js-data/${language}`;
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    throw languageMissing(language, `npm install ${name}`);
  }
}
