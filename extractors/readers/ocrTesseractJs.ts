import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { createWorker, OEM, type PSM, type Worker } from 'tesseract.js';
import { quarterTurn, type Rectangle } from './geometry.ts';
import { toPgm } from './grey.ts';
import type { OcrEngine, OcrWord, Segmentation } from './ocr.ts';

export const TESSERACT_JS = 'tesseract.js 7.0.0+best-int';

const MODEL = '4.0.0_best_int';
const unzip = promisify(gunzip);

const PSM_OF: Record<Segmentation, string> = { page: '4', block: '6', line: '7' };

/**
 * tesseract.js, from its npm packages alone: nothing is fetched. A worker for each combination of languages that is
 * asked for; it is started then and stays. Asked for two at once, the engine reads every doubtful word twice.
 */
export function openTesseractJs(languages: readonly string[]): OcrEngine {
  const readers = new Map<string, Promise<Worker>>();
  let compass: Promise<Worker> | undefined;

  function readerOf(language: string): Promise<Worker> {
    const known = readers.get(language);
    if (known) return known;
    const reader = startReader(language);
    readers.set(language, reader);
    return reader;
  }

  return {
    id: TESSERACT_JS,
    languages,
    async read(image, { dpi, segmentation, language = languages.join('+') }) {
      const worker = await readerOf(language);
      await worker.setParameters({
        tessedit_pageseg_mode: PSM_OF[segmentation] as PSM,
        user_defined_dpi: String(Math.round(dpi)),
      });
      const { data } = await worker.recognize(toPgm(image), {}, { text: false, blocks: true });
      const paragraphs = (data.blocks ?? []).flatMap((block) => block.paragraphs);
      const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
      return lines.map((line) => line.words.map(toWord)).filter((line) => line.length > 0);
    },
    async orientation(image) {
      compass ??= startCompass();
      const { data } = await (await compass).detect(toPgm(image));
      return {
        rotation: quarterTurn(data.orientation_degrees ?? 0),
        confidence: data.orientation_confidence ?? 0,
      };
    },
    async close() {
      const started = compass ? [...readers.values(), compass] : [...readers.values()];
      await Promise.all(started.map(async (worker) => (await worker).terminate()));
    },
  };
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
  const worker = await started(loaded, OEM.LSTM_ONLY, { langPath: modelFolder(first, MODEL) });
  for (const language of others) {
    const model = await readFile(join(modelFolder(language, MODEL), `${language}.traineddata.gz`));
    await worker.FS('writeFile', [`./${language}.traineddata`, await unzip(model)]);
    loaded.push(language);
  }
  if (others.length > 0) await worker.reinitialize(languages, OEM.LSTM_ONLY);
  return worker;
}

/** Script and orientation need the older engine and its own model. */
function startCompass(): Promise<Worker> {
  const langPath = modelFolder('osd', '4.0.0');
  return started(['osd'], OEM.TESSERACT_ONLY, { langPath, legacyCore: true, legacyLang: true });
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

function modelFolder(language: string, kind: string): string {
  const home = createRequire(import.meta.url).resolve(`@tesseract.js-data/${language}/package.json`);
  return join(dirname(home), kind);
}
