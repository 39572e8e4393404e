/**
 * Pages with a text layer, pages per second: Rekey's readers beside plain pdf-parse and, where it is found, pdftotext;
 * and the time from nothing to a first field. All in one run, on the same files, round about; ratios of medians.
 * Compared twice: with one reading process each, pdf-parse in the program's own as it comes; and with `--workers` each,
 * where pdf-parse is given the processes, kept warm, that a fair user would write around it. Rekey's figures hold what
 * its guard costs: bytes and words pass between processes, thin and pale pages are looked at as pictures.
 *
 *   node bench/text.ts [folder] [--papers 60] [--rounds 7] [--workers 2] [--json]
 */
import { type ChildProcess, execFile, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
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
  readonly processes: number;
  readAll(papers: readonly Paper[]): Promise<unknown>;
}

/** Pages a second. */
interface Speed {
  readonly name: string;
  readonly processes: number;
  readonly pages: number;
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
    const speeds = await withContenders(readers, workers, (all) => pagesPerSecond(all, papers, rounds));
    const first = await startUp(papers[0]!.file, rounds);
    const report = { papers: papers.length, pages: pagesOf(papers), rounds, workers, speeds, first };
    if (values.json) console.log(JSON.stringify(report));
    else show(report);
  } finally {
    await readers.close();
    await rm(folder, { recursive: true });
  }
}

async function withContenders<T>(
  readers: Readers,
  workers: number,
  race: (all: readonly Contender[]) => Promise<T>,
): Promise<T> {
  const alone = openReaders({ workers: 1, log: silentLogger });
  const parsers = Array.from({ length: workers }, startParser);
  try {
    const all = [
      rekey(alone, 1),
      { name: 'pdf-parse', processes: 1, readAll: (papers: readonly Paper[]) => inParallel(papers, 1, parseHere) },
      rekey(readers, workers),
      parseInProcesses(parsers),
    ];
    return await race(hasPdftotext() ? [...all, pdftotext(workers)] : all);
  } finally {
    for (const parser of parsers) parser.kill();
    await alone.close();
  }
}

function rekey(readers: Readers, processes: number): Contender {
  const readAll = (papers: readonly Paper[]) => inParallel(papers, processes * 2, ({ bytes }) => readers.read(bytes));
  return { name: 'rekey', processes, readAll };
}

async function parseHere({ bytes }: Paper): Promise<void> {
  const parser = new PDFParse({ data: bytes.slice() });
  await parser.getText();
  await parser.destroy();
}

function startParser(): ChildProcess {
  return fork(join(import.meta.dirname, 'plainParse.ts'), { serialization: 'advanced' });
}

function parseInProcesses(parsers: readonly ChildProcess[]): Contender {
  const readAll = async (papers: readonly Paper[]) => {
    const idle = [...parsers];
    await inParallel(papers, parsers.length, async ({ bytes }) => {
      const parser = idle.pop()!;
      parser.send(bytes);
      await once(parser, 'message');
      idle.push(parser);
    });
  };
  return { name: 'pdf-parse', processes: parsers.length, readAll };
}

function pdftotext(processes: number): Contender {
  const readAll = (papers: readonly Paper[]) =>
    inParallel(papers, processes, ({ file }) => run('pdftotext', [file, '-']));
  return { name: 'pdftotext', processes, readAll };
}

/** One round is all papers by each contender, the first round to warm up; what is busy beside it hits all alike. */
async function pagesPerSecond(all: readonly Contender[], papers: readonly Paper[], rounds: number): Promise<Speed[]> {
  const seconds = new Map(all.map((one) => [one, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const one of all) {
      const began = performance.now();
      await one.readAll(papers);
      if (round > 0) seconds.get(one)?.push((performance.now() - began) / 1000);
    }
  }
  return Array.from(seconds, ([{ name, processes }, took]) => ({
    name,
    processes,
    pages: pagesOf(papers) / median(took),
  }));
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
  speeds: readonly Speed[];
  first: Record<string, number>;
}): void {
  const { speeds, first } = report;
  console.log(
    `${report.papers} papers, ${report.pages} pages, ${report.workers} workers, medians of ${report.rounds} rounds\n`,
  );
  const ratio = (processes: number, pages: number) => {
    const ours = speeds.find((one) => one.name === 'rekey' && one.processes === processes);
    return ours ? Number((ours.pages / pages).toFixed(2)) : undefined;
  };
  const rows = speeds.map(({ name, processes, pages }) => ({
    reader: name,
    processes,
    'pages a second': Math.round(pages),
    'rekey alone is times as fast': ratio(1, pages),
    [`rekey with ${report.workers} is times as fast`]: ratio(report.workers, pages),
  }));
  console.table(rows);
  console.table(Object.entries(first).map(([name, ms]) => ({ 'from nothing to': name, ms: Math.round(ms) })));
}

await main();
