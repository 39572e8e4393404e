import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SystemException } from '#core';
import type { EngineOrder } from './messages.ts';
import { type ChosenOcr, isEngine } from './ocr.ts';

const START_MS = 120_000;
export const HEAP_MEGABYTES = 768;
const ENTRY = fileURLToPath(new URL('./readingProcess.ts', import.meta.url));
const WITHOUT_NETWORK = fileURLToPath(new URL('./withoutNetwork.ts', import.meta.url));

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A reading process, to be ended by whoever started it; it takes orders from when `untilReady` resolves. */
export function startReading(engine: ChosenOcr, environment: Environment | undefined): ChildProcess {
  const child = fork(ENTRY, [JSON.stringify(engineOrder(engine))], {
    execArgv: nodeFlags(engine),
    serialization: 'advanced',
    ...(environment && { env: environment }),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return child.on('error', () => child.kill('SIGKILL'));
}

/** Also false from the moment it was killed, before it is seen to exit. */
export function isAlive(child: ChildProcess): boolean {
  return child.connected && !child.killed && child.exitCode === null && child.signalCode === null;
}

/** Rejects with `reader-not-started`, the process then being killed. */
export function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = () => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new SystemException('reader-not-started', 'A reading process could not be started; see the log.'));
    };
    const timer = setTimeout(failed, START_MS);
    child.once('exit', failed).once('error', failed);
    child.once('message', () => {
      clearTimeout(timer);
      child.off('exit', failed);
      resolve();
    });
  });
}

export async function endReading(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/**
 * A paper's reader may read the program's own files and start threads; it may write nothing, reach nobody, and start
 * nothing but the tesseract command, where that is the chosen engine.
 */
function nodeFlags(ocr: ChosenOcr): string[] {
  const folders = new Set([folderWith('package.json', ENTRY), folderWith('node_modules', packageFile('sharp'))]);
  return [
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    // Unlike `--import`, this is loaded in threads too.
    `--require=${WITHOUT_NETWORK}`,
    '--permission',
    ...Array.from(folders, (folder) => `--allow-fs-read=${folder}`),
    '--allow-worker',
    ...('engine' in ocr && ocr.engine === 'native' ? ['--allow-child-process'] : []),
    '--allow-addons',
    '--disable-warning=SecurityWarning',
  ];
}

function engineOrder(ocr: ChosenOcr): EngineOrder {
  return isEngine(ocr) ? { outside: { id: ocr.id, languages: ocr.languages } } : ocr;
}

function packageFile(name: string): string {
  return createRequire(import.meta.url).resolve(name);
}

/** The nearest folder above `file` that holds `landmark`. */
function folderWith(landmark: string, file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, landmark))) folder = dirname(folder);
  return folder;
}
