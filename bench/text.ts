/**
 * Pages with a text layer, pages per second: Rekey's readers beside plain pdf-parse and, where it is found, pdftotext;
 * and the time from nothing to a first field. All in one run, on the same files, round about; ratios of medians.
 *
 *   node bench/text.ts [folder] [--papers 60] [--rounds 7] [--workers 2] [--json]
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { PDFParse } from 'pdf-parse';
import { silentLogger } from '#core';
import { makeBatch } from '#demo';
import { openReaders, type Readers } from '#extractors';
import { inParallel, median } from './measure.ts';

interface Paper {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly pages: number;
}

interface Contender {
  readonly name: string;
  readAll(papers: readonly Paper[]): Promise<unknown>;
}

const run = promisify(execFile);

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      papers: { type: 'string', default: '60' },
      rounds: { type: 'string', default: '7' },
      workers: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
    },
  });
  const workers = Number(values.workers);
  const rounds = Number(values.rounds);
  const folder = await mkdtemp(join(tmpdir(), 'rekey-bench-'));
  const readers = openReaders({ workers, log: silentLogger });
  try {
    const files = await (positionals[0] ? pdfsIn(positionals[0]) : madePdfs(folder, Number(values.papers)));
    const papers = await withTextLayer(files, readers);
    const speeds = await pagesPerSecond(contenders(readers, workers), papers, rounds);
    const first = await startUp(papers[0]!.file, rounds);
    const report = { papers: papers.length, pages: pagesOf(papers), rounds, workers, speeds, first };
    if (values.json) console.log(JSON.stringify(report));
    else show(report);
  } finally {
    await readers.close();
    await rm(folder, { recursive: true });
  }
}

function contenders(readers: Readers, workers: number): Contender[] {
  const ours: Contender = {
    name: 'rekey',
    readAll: (papers) => inParallel(papers, workers * 2, ({ bytes }) => readers.read(bytes)),
  };
  const plain: Contender = { name: 'pdf-parse', readAll: (papers) => inParallel(papers, 1, parseInProcess) };
  const native: Contender = {
    name: 'pdftotext',
    readAll: (papers) => inParallel(papers, workers, ({ file }) => run('pdftotext', [file, '-'])),
  };
  return hasPdftotext() ? [ours, plain, native] : [ours, plain];
}

async function parseInProcess({ bytes }: Paper): Promise<void> {
  const parser = new PDFParse({ data: bytes.slice() });
  await parser.getText();
  await parser.destroy();
}

/** One round is all papers by each contender, the first round to warm up; what is busy beside it hits all alike. */
async function pagesPerSecond(
  all: readonly Contender[],
  papers: readonly Paper[],
  rounds: number,
): Promise<Record<string, number>> {
  const seconds = new Map(all.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, readAll } of all) {
      const began = performance.now();
      await readAll(papers);
      if (round > 0) seconds.get(name)?.push((performance.now() - began) / 1000);
    }
  }
  return Object.fromEntries(Array.from(seconds, ([name, took]) => [name, pagesOf(papers) / median(took)]));
}

/** Milliseconds from the start of a process to the first field, or the first text, of one paper. */
async function startUp(file: string, rounds: number): Promise<Record<string, number>> {
  const project = join(import.meta.dirname, '..');
  const parse = `const {PDFParse}=await import('pdf-parse');const {readFileSync}=await import('node:fs');
    await new PDFParse({data:new Uint8Array(readFileSync(process.argv[1]))}).getText();`;
  const starts: Record<string, () => Promise<unknown>> = {
    'rekey extract': () =>
      run(process.execPath, ['cli.ts', 'extract', '--quiet', '--as', 'invoice', file], { cwd: project }),
    'pdf-parse': () => run(process.execPath, ['--input-type=module', '-e', parse, file], { cwd: project }),
  };
  const took = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of Object.entries(starts)) {
      const began = performance.now();
      await start();
      took.set(name, [...(took.get(name) ?? []), performance.now() - began]);
    }
  }
  return Object.fromEntries(Array.from(took, ([name, ms]) => [name, median(ms)]));
}

async function pdfsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.pdf')).map((name) => join(folder, name));
}

async function madePdfs(folder: string, count: number): Promise<string[]> {
  const files: string[] = [];
  for (let seed = 1; files.length < count; seed++) {
    for await (const { name, bytes, how } of makeBatch({ seed: `bench-${seed}`, count: 48 })) {
      if (how.medium !== 'digital' || files.length >= count) continue;
      const file = join(folder, `${seed}-${name}`);
      await writeFile(file, bytes);
      files.push(file);
    }
  }
  return files;
}

/** Papers of which each page's words come from its text layer: OCR is measured elsewhere. */
async function withTextLayer(files: readonly string[], readers: Readers): Promise<Paper[]> {
  const papers: Paper[] = [];
  for (const file of files) {
    const bytes = await readFile(file);
    const read = await readers.read(bytes).catch(() => undefined);
    const isTyped = read?.pages.every(({ source, words }) => source === 'text' && words.length > 0);
    if (read && isTyped) papers.push({ file, bytes, pages: read.pages.length });
  }
  if (papers.length === 0) throw new Error('There is no PDF with a text layer to measure on.');
  return papers;
}

function hasPdftotext(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function pagesOf(papers: readonly Paper[]): number {
  return papers.reduce((sum, { pages }) => sum + pages, 0);
}

function show(report: {
  papers: number;
  pages: number;
  rounds: number;
  workers: number;
  speeds: Record<string, number>;
  first: Record<string, number>;
}): void {
  const { speeds, first } = report;
  console.log(
    `${report.papers} papers, ${report.pages} pages, ${report.workers} workers, medians of ${report.rounds} rounds\n`,
  );
  const rows = Object.entries(speeds).map(([name, speed]) => ({
    reader: name,
    'pages a second': Math.round(speed),
    'rekey is': `${((speeds['rekey'] ?? 0) / speed).toFixed(2)} times as fast`,
  }));
  console.table(rows);
  console.table(Object.entries(first).map(([name, ms]) => ({ 'from nothing to': name, ms: Math.round(ms) })));
}

await main();
