/**
 * Scanned pages a minute: Rekey's readers on tesseract.js beside the `tesseract` command of this machine as a user
 * would run it, on the same pictures, two at a time each, turn and turn about; with the words both get right. Pictures
 * are the public ones of REKEY_EVAL_DATA, or else papers of the demo's maker.
 *
 *   node bench/ocr.ts --files 12 --rounds 3 [--json]
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { sha256, silentLogger } from '#core';
import { planBatch } from '#demo';
import { openReaders } from '#extractors';

const AT_ONCE = 2;
const PICTURE_WIDTH = 1654;
const SETS = ['scans', 'receipts'];
const PICTURE = /\.(?:jpe?g|png|tiff?)$/u;

interface Picture {
  readonly bytes: Uint8Array;
  readonly text: string;
}

interface Contender {
  readonly name: string;
  readText(picture: Picture): Promise<string>;
  close(): Promise<void>;
}

interface Round {
  readonly pagesPerMinute: number;
  readonly texts: readonly string[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '12' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const folder = process.env['REKEY_EVAL_DATA'];
  const count = Number(values.files);
  const pictures = folder ? await publicPictures(folder, count) : await madePictures(count);
  const contenders = [rekey(), native()];
  // Processes and compiled code are warm in a running office: the first page is nobody's measure.
  for (const { readText } of contenders) await Promise.all(pictures.slice(0, AT_ONCE).map(readText));
  const rounds = contenders.map((): Round[] => []);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [index, contender] of contenders.entries()) rounds[index]!.push(await readAll(contender, pictures));
  }
  await Promise.all(contenders.map((contender) => contender.close()));
  const results = contenders.map(({ name }, index) => ({
    reader: name,
    pagesPerMinute: rounded(median(rounds[index]!.map(({ pagesPerMinute }) => pagesPerMinute))),
    wordsF1: rounded(100 * wordsF1(pictures, rounds[index]![0]!.texts)),
  }));
  const ratio = rounded(results[0]!.pagesPerMinute / results[1]!.pagesPerMinute);
  if (values.json) return console.log(JSON.stringify({ pictures: pictures.length, results, ratio }));
  console.table(results);
  console.log(`${pictures.length} pictures, ${values.rounds} rounds; ratio of medians ${ratio}`);
}

/** No cache, two reading processes. */
function rekey(): Contender {
  const readers = openReaders({ workers: AT_ONCE, log: silentLogger });
  return {
    name: 'rekey, tesseract.js',
    readText: async ({ bytes }) => (await readers.read(bytes)).text,
    close: () => readers.close(),
  };
}

/** Default settings, a thread a page. */
function native(): Contender {
  const run = promisify(execFile);
  const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
  return {
    name: 'tesseract command',
    async readText({ bytes }) {
      const running = run('tesseract', ['stdin', 'stdout'], { env, maxBuffer: 16_000_000 });
      running.child.stdin?.end(bytes);
      return (await running).stdout;
    },
    close: async () => {},
  };
}

async function readAll({ readText }: Contender, pictures: readonly Picture[]): Promise<Round> {
  const texts: string[] = [];
  const queue = [...pictures.entries()];
  const began = performance.now();
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) texts[next[0]] = await readText(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { pagesPerMinute: (pictures.length * 60_000) / (performance.now() - began), texts };
}

/** Of each public set as many pictures as of the others, chosen by the hash of their names. */
async function publicPictures(folder: string, count: number): Promise<Picture[]> {
  const chosen: Picture[] = [];
  for (const set of SETS) {
    const manifest = await readFile(join(folder, set, 'manifest.jsonl'), 'utf8').catch(() => '');
    const truths = manifest.split('\n').filter(Boolean).map(pictureTruth);
    const usable = truths.filter(({ file, text }) => text !== '' && PICTURE.test(file));
    usable.sort((a, b) => (sha256(a.file) < sha256(b.file) ? -1 : 1));
    for (const { file, text } of usable.slice(0, Math.ceil(count / SETS.length))) {
      chosen.push({ bytes: await readFile(join(folder, file)), text });
    }
  }
  return chosen.slice(0, count);
}

function pictureTruth(line: string): { file: string; text: string } {
  const { file, text } = JSON.parse(line) as { file: string; text?: string };
  return { file, text: text ?? '' };
}

/** Digital papers as a scanner at 200 dpi would see them; their text layer is the truth. */
async function madePictures(count: number): Promise<Picture[]> {
  const readers = openReaders({ workers: 1, log: silentLogger });
  const pictures: Picture[] = [];
  for (const plan of planBatch({ seed: 'ocr', count })) {
    const pdf = await plan.drawPdf();
    const { text } = await readers.read(pdf);
    const bytes = await readers.renderPage(pdf, 1, { width: PICTURE_WIDTH });
    pictures.push({ bytes, text: text.split('\f', 1)[0]! });
  }
  await readers.close();
  return pictures;
}

/** F1 of the words of all pictures, letters and digits only, wherever they stand. */
function wordsF1(pictures: readonly Picture[], texts: readonly string[]): number {
  let hits = 0;
  let words = 0;
  pictures.forEach(({ text }, index) => {
    const wanted = wordsOf(text);
    const read = wordsOf(texts[index]!);
    words += wanted.length + read.length;
    const left = new Map<string, number>();
    for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
    for (const word of read) {
      const more = left.get(word) ?? 0;
      if (more > 0) hits++;
      left.set(word, more - 1);
    }
  });
  return (2 * hits) / Math.max(1, words);
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').toLowerCase();
  return plain.split(/\s+/u).flatMap((word) => word.replace(/[^0-9a-z]/gu, '') || []);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

await main();
