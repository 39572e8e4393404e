import { once } from 'node:events';
import type { Dirent, Stats } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { InvalidInput } from '#core';
import { resumeLines } from './resume.ts';

/** One JSON line. `file` names the input as it was given (folders: joined). */
export type BatchLine = { readonly file: string } & Record<string, unknown>;

export interface BatchOptions {
  /** Files and folders; folders are taken with all that lies below them, in the order of their names. */
  readonly inputs: readonly string[];
  /** Makes the line of one file. What it throws becomes the line `onFailure` makes of it; what that throws ends the batch. */
  readonly workOne: (file: string) => Promise<BatchLine>;
  readonly onFailure: (file: string, ms: number, error: unknown) => BatchLine;
  /** File to write to; standard output where absent. */
  readonly out?: string | undefined;
  /** Keep the lines `out` already holds and go on with the files that have none, or one that may come out well now. */
  readonly resume?: boolean;
  /** A bar on standard error; only where that is a terminal. */
  readonly progress?: boolean;
  readonly workers: number;
  /** Told of what lies below a folder and is no file to be read, and of folders without any. */
  readonly onPassedOver?: (path: string, why: string) => void;
}

export interface BatchSummary {
  readonly files: number;
  /** Files that had their line before. */
  readonly skipped: number;
  /** Lines with an `error`. */
  readonly failed: number;
}

/** Lines that may wait for a slower one before them: work goes on, memory stays bounded. */
const MOST_WAITING_PER_WORKER = 64;

/** Works through any number of files in parallel and writes their lines in the order of the inputs. */
export async function runBatch(options: BatchOptions): Promise<BatchSummary> {
  const files = await expand(options);
  const done = options.resume ? await resumeLines(options.out) : new Set<string>();
  const todo = files.filter((file) => !done.has(file));
  const sink = await openSink(options.out, options.resume === true);
  const bar = options.progress && process.stderr.isTTY ? startBar(files.length, files.length - todo.length) : undefined;
  let failed = 0;
  try {
    await inOrder(todo, options.workers, lineMaker(options), async (line) => {
      if (line['error']) failed++;
      await sink.write(`${JSON.stringify(line)}\n`);
      bar?.increment();
    });
  } finally {
    bar?.stop();
    await sink.close();
  }
  return { files: files.length, skipped: files.length - todo.length, failed };
}

function lineMaker({ workOne, onFailure }: BatchOptions): (file: string) => Promise<BatchLine> {
  return async (file) => {
    const started = performance.now();
    try {
      return await workOne(file);
    } catch (error) {
      return onFailure(file, Math.round(performance.now() - started), error);
    }
  };
}

/** Every file once, folders replaced by what lies in them; a path that is not there stays, its line will say so. */
async function expand({ inputs, out, onPassedOver = () => {} }: BatchOptions): Promise<string[]> {
  const files = new Set<string>();
  const empty: string[] = [];
  for (const input of inputs) {
    const found: Stats | undefined = await stat(input).catch(() => undefined);
    const below = found?.isDirectory() ? await filesBelow(input, onPassedOver) : [input];
    const papers = out === undefined ? below : below.filter((file) => resolve(file) !== resolve(out));
    if (papers.length === 0) empty.push(input);
    for (const file of papers) files.add(file);
  }
  if (empty.length > 0 && files.size === 0) {
    throw new InvalidInput('no-papers', empty.join(' '), 'There is no file in here.');
  }
  for (const folder of empty) onPassedOver(folder, 'no file lies in this folder');
  return [...files];
}

type PassedOver = NonNullable<BatchOptions['onPassedOver']>;

/** Links are followed to files, not to folders: those may lead round in circles. */
async function filesBelow(folder: string, onPassedOver: PassedOver): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  // As a file that cannot be opened, it gets its line.
  if (!entries) return [folder];
  const visible = entries.filter((entry) => !entry.name.startsWith('.'));
  const files: string[] = [];
  for (const entry of visible.sort(byName)) {
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
    if (entry.isDirectory()) files.push(...(await filesBelow(path, onPassedOver)));
    else if (target.isFile()) files.push(path);
    else onPassedOver(path, passedOver(target));
  }
  return files;
}

function passedOver(target: Dirent | Stats): string {
  if (target.isDirectory()) return 'a link to a folder is not followed';
  return target.isSymbolicLink() ? 'this link leads nowhere' : 'this is no file';
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

interface Sink {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

async function openSink(out: string | undefined, append: boolean): Promise<Sink> {
  if (out === undefined) return { write: writeToStandardOutput, close: async () => {} };
  const file = await open(out, append ? 'a' : 'w').catch((error: NodeJS.ErrnoException) => {
    throw new InvalidInput('cannot-write', '--out', `${out} cannot be written (${error.code}).`);
  });
  return { write: (line) => file.appendFile(line), close: () => file.close() };
}

async function writeToStandardOutput(line: string): Promise<void> {
  if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}

/** Runs `work` on `workers` items at a time and hands the results on one by one in the items' order. */
async function inOrder<I, R>(
  items: readonly I[],
  workers: number,
  work: (item: I) => Promise<R>,
  handOn: (result: R) => Promise<void>,
): Promise<void> {
  const running: Promise<R>[] = [];
  const active = new Set<Promise<unknown>>();
  let next = 0;
  for (let handed = 0; handed < items.length; handed++) {
    while (next < items.length && next - handed < workers * MOST_WAITING_PER_WORKER) {
      if (active.size >= workers) {
        if (!active.has(running[handed]!)) break;
        await Promise.race(active);
        continue;
      }
      const one = work(items[next]!);
      running[next++] = one;
      active.add(one);
      const finished = () => active.delete(one);
      one.then(finished, finished);
    }
    await handOn(await running[handed]!);
    delete running[handed];
  }
}

function startBar(total: number, done: number): SingleBar {
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {value}/{total} files{eta_formatted}',
    formatTime: timeLeft,
    etaBuffer: 20,
    // A terminal told not to wrap lines would stay so after an interruption.
    linewrap: true,
  });
  bar.start(total, done);
  return bar;
}

/** Before the first file, and after the last one, there is nothing to say. */
function timeLeft(seconds: number): string {
  if (seconds <= 0) return '';
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `, ${minutes} min ${seconds % 60} s left` : `, ${seconds} s left`;
}
