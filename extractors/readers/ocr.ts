import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { createWorker, OEM, type PSM, type Worker } from 'tesseract.js';
import type { Rectangle, Rotation } from './geometry.ts';
import { quarterTurn } from './geometry.ts';
import type { Grey } from './grey.ts';

/** How an engine shall look at a picture: as a page with columns, as one block, as one line. */
export type Segmentation = 'page' | 'block' | 'line';

export interface OcrWord extends Rectangle {
  readonly text: string;
  /** 0 to 1, as the engine believes; not calibrated. */
  readonly confidence: number;
}

/** An engine that reads pictures. Another one only has to fill this in. */
export interface OcrEngine {
  readonly name: string;
  readonly version: string;
  /** Words in pixels of the picture, line by line. */
  read(image: Grey, how: { dpi: number; segmentation: Segmentation }): Promise<OcrWord[][]>;
  /** How the picture must be turned, clockwise, to stand upright, and how sure that is (above 2 is good). */
  orientation(image: Grey): Promise<{ rotation: Rotation; confidence: number }>;
  close(): Promise<void>;
}

export const TESSERACT = { name: 'tesseract.js', version: '7.0.0+best-int.eng.deu' } as const;

const PSM_OF: Record<Segmentation, string> = { page: '4', block: '6', line: '7' };
const unzip = promisify(gunzip);

/** tesseract.js, from its npm packages alone: nothing is fetched. Workers start when first needed and stay. */
export function openTesseract(size = 1): OcrEngine {
  const readers = openPool(size, startReader);
  const compasses = openPool(1, startCompass);
  return {
    ...TESSERACT,
    read: (image, { dpi, segmentation }) =>
      readers.use(async (worker) => {
        await worker.setParameters({
          tessedit_pageseg_mode: PSM_OF[segmentation] as PSM,
          user_defined_dpi: String(Math.round(dpi)),
        });
        const { data } = await worker.recognize(toPgm(image), {}, { text: false, blocks: true });
        const paragraphs = (data.blocks ?? []).flatMap((block) => block.paragraphs);
        const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
        return lines.map((line) => line.words.map(toWord)).filter((line) => line.length > 0);
      }),
    orientation: (image) =>
      compasses.use(async (worker) => {
        const { data } = await worker.detect(toPgm(image));
        return {
          rotation: quarterTurn(data.orientation_degrees ?? 0),
          confidence: data.orientation_confidence ?? 0,
        };
      }),
    close: async () => {
      await Promise.all([readers.close(), compasses.close()]);
    },
  };
}

function toWord({ text, confidence, bbox }: { text: string; confidence: number; bbox: Rectangle }): OcrWord {
  const { x0, y0, x1, y1 } = bbox;
  return { text, confidence: Math.min(1, Math.max(0, confidence / 100)), x0, y0, x1, y1 };
}

/** The plainest picture file there is: no time is lost on compressing what is read once. */
function toPgm({ data, width, height }: Grey): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data]);
}

async function startReader(): Promise<Worker> {
  // The list is tesseract.js's own record of what it has loaded: the second language comes from another package,
  // where its one `langPath` does not reach, so we hand the file over and note it there.
  const loaded = ['eng'];
  const worker = await started(loaded, OEM.LSTM_ONLY, { langPath: modelFolder('eng', '4.0.0_best_int') });
  const german = await readFile(join(modelFolder('deu', '4.0.0_best_int'), 'deu.traineddata.gz'));
  await worker.FS('writeFile', ['./deu.traineddata', await unzip(german)]);
  loaded.push('deu');
  await worker.reinitialize('eng+deu', OEM.LSTM_ONLY);
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

interface Pool {
  use<R>(work: (worker: Worker) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

/** Hands each piece of work to a free worker; starts workers up to `size` as they are needed. */
function openPool(size: number, start: () => Promise<Worker>): Pool {
  const started: Promise<Worker>[] = [];
  const free: Promise<Worker>[] = [];
  const waiting: ((worker: Promise<Worker>) => void)[] = [];

  function take(): Promise<Worker> {
    const idle = free.pop();
    if (idle) return idle;
    if (started.length < size) {
      const worker = start();
      started.push(worker);
      return worker;
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  function giveBack(worker: Worker): void {
    const next = waiting.shift();
    if (next) next(Promise.resolve(worker));
    else free.push(Promise.resolve(worker));
  }

  return {
    async use(work) {
      const worker = await take();
      try {
        return await work(worker);
      } finally {
        giveBack(worker);
      }
    },
    close: async () => {
      await Promise.all(started.map(async (worker) => (await worker).terminate()));
    },
  };
}
