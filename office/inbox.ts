import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { watch } from 'chokidar';
import { InvalidInput, type Logger, type Office } from '#core';

export interface InboxOptions {
  /** Papers put here go to the default bot; those in a subfolder named like a bot go to that bot. */
  readonly folder: string;
  readonly office: Pick<Office, 'submit'>;
  readonly log: Logger;
}

const TAKEN = 'taken';
const REFUSED = 'refused';
/** A file that has not grown for this long is taken to be whole. */
const QUIET_MS = 500;

/**
 * Watches a folder: each paper becomes a task, then moves to `taken/`, or to `refused/` with the reason in a text file beside it.
 * A paper whose move was cut off is submitted again on the next start; the same bytes are the same task.
 */
export async function watchInbox({ folder, office, log }: InboxOptions): Promise<{ close(): Promise<void> }> {
  await Promise.all([TAKEN, REFUSED].map((name) => mkdir(path.join(folder, name), { recursive: true })));
  const watcher = watch(folder, {
    depth: 1,
    followSymlinks: false,
    awaitWriteFinish: { stabilityThreshold: QUIET_MS, pollInterval: 100 },
    ignored: (file) => isIgnored(path.relative(folder, file)),
  });
  let last: Promise<void> = Promise.resolve();
  watcher.on('add', (file) => {
    // One after the other, in the order they came; one that cannot be taken now stays where it is for the next start.
    last = last
      .then(() => take(folder, file, office))
      .catch((error: unknown) => log.error({ error }, 'paper left in the inbox'));
  });
  await new Promise<void>((ready) => watcher.once('ready', ready));
  return {
    async close() {
      await watcher.close();
      await last;
    },
  };
}

function isIgnored(relative: string): boolean {
  const parts = relative.split(path.sep);
  return parts.some((part) => part.startsWith('.') && part !== '.') || parts[0] === TAKEN || parts[0] === REFUSED;
}

async function take(folder: string, file: string, office: Pick<Office, 'submit'>): Promise<void> {
  if (!(await lstat(file)).isFile()) return;
  const sub = path.relative(folder, path.dirname(file));
  const paper = { name: path.basename(file), bytes: await readFile(file) };
  const refused = await office.submit({ paper, ...(sub && { bot: sub }) }).then(
    (receipt) => receipt.refused?.message,
    (error: unknown) => {
      if (error instanceof InvalidInput) return error.message;
      throw error;
    },
  );
  const target = await freeName(path.join(folder, refused === undefined ? TAKEN : REFUSED), paper.name);
  // The reason first: a refused paper never lies there without one, wherever this is cut off.
  if (refused !== undefined) await writeFile(reasonOf(target), `${refused}\n`);
  await rename(file, target);
}

/**
 * Deletes papers with these names (sha256) that were taken from this inbox or refused there, and the reasons beside them.
 * One that still waits to be taken is a new one.
 */
export async function forgetPapersIn(folder: string, papers: readonly string[]): Promise<void> {
  if (papers.length === 0) return;
  for (const kept of [TAKEN, REFUSED].map((name) => path.join(folder, name))) {
    const files = await filesIn(kept);
    const reasons = new Set(files.map(reasonOf));
    for (const file of files.filter((each) => !reasons.has(each))) {
      if (!papers.includes(await sha256OfFile(file))) continue;
      await rm(file);
      await rm(reasonOf(file), { force: true });
    }
  }
}

/** Beside a refused paper. */
function reasonOf(file: string): string {
  return `${file}.reason.txt`;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name));
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function freeName(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = path.parse(name);
  for (let n = 1; ; n++) {
    const candidate = path.join(folder, n === 1 ? name : `${stem} (${n})${ext}`);
    const there = await lstat(candidate).then(
      () => true,
      () => false,
    );
    if (!there) return candidate;
  }
}
