import { execFile, spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { limitPassed } from './errors.ts';
import { quarterTurn } from './geometry.ts';
import { type Grey, toPgm } from './grey.ts';
import type { OcrEngine, OcrWord, Segmentation } from './ocr.ts';
import { engineFailed, engineMissing, engineMute, languageMissing } from './ocrFaults.ts';

const PSM_OF: Record<Segmentation, string> = { page: '4', block: '6', line: '7' };
const ORIENTATION_ONLY = '0';
const PROCESSOR_SECONDS = 120;
const KILOBYTES = 2_000_000;
/**
 * One paper, one core: the pool decides how many are read at once. The bounds are the kernel's, so that they hold
 * also when the process that asked was killed.
 */
const BOUNDED = `ulimit -t ${PROCESSOR_SECONDS} -v ${KILOBYTES}; OMP_THREAD_LIMIT=1 exec tesseract "$@"`;
const WORD_LEVEL = '5';
const ANSWERS_WITHIN_MS = 60_000;
/** As a shell ends. */
const NO_SUCH_COMMAND = 127;

/** The `tesseract` command found on this machine. */
export function openNativeTesseract(languages: readonly string[]): OcrEngine {
  const running = new AbortController();
  let version = 'tesseract';
  let complete: Promise<void> | undefined;
  const checked = () => {
    complete ??= Promise.all([checkNative(languages), nativeIdentity()]).then(
      ([, identity]) => {
        version = identity;
      },
      (error: unknown) => {
        complete = undefined;
        throw error;
      },
    );
    return complete;
  };
  return {
    // Known from the first picture on: before, nobody has asked the command.
    get id() {
      return version;
    },
    languages,
    async read(image, { dpi, segmentation, language = languages.join('+') }) {
      await checked();
      const options = ['--psm', PSM_OF[segmentation], '--dpi', String(Math.round(dpi)), '-l', language, 'tsv'];
      const { said, code } = await tesseract(image, options, running.signal);
      if (code !== 0) throw engineFailed(new Error(`The tesseract command ended with code ${code}.`));
      return linesOfTable(said);
    },
    async orientation(image) {
      await checked();
      // A page of too few letters ends it with another code and says nothing.
      const { said } = await tesseract(image, ['--psm', ORIENTATION_ONLY, '--dpi', '300'], running.signal);
      return {
        rotation: quarterTurn(numberAfter('Rotate', said)),
        confidence: numberAfter('Orientation confidence', said),
      };
    },
    close: async () => running.abort(),
  };
}

/** What the command says of itself, `tesseract 5.3.0`; rejects with `ocr-not-installed` where there is none. */
export async function nativeIdentity(): Promise<string> {
  return (await told('--version')).split('\n', 1)[0]!.trim();
}

/** Rejects where the command, or its data for one of the languages or for finding out how a page lies, is missing. */
export async function checkNative(languages: readonly string[]): Promise<void> {
  const installed = (await told('--list-langs')).split('\n').map((line) => line.trim());
  const missing = [...languages, 'osd'].find((language) => !installed.includes(language));
  if (missing === undefined) return;
  throw languageMissing(missing, `install it for the tesseract command (Debian: tesseract-ocr-${missing})`);
}

async function told(option: string): Promise<string> {
  const asked = promisify(execFile)('tesseract', [option], { timeout: ANSWERS_WITHIN_MS });
  const { stdout } = await asked.catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? engineMissing(error) : engineMute(option, error);
  });
  return stdout;
}

interface Ran {
  readonly said: string;
  readonly code: number;
}

/** Rejects with a `ReadError` where the picture took more than it may. */
async function tesseract(image: Grey, args: readonly string[], signal: AbortSignal): Promise<Ran> {
  const child = spawn('sh', ['-c', BOUNDED, 'tesseract', 'stdin', 'stdout', ...args], {
    signal,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<{ code: number | null; by: NodeJS.Signals | null }>((resolve, reject) =>
    child.once('close', (code, by) => resolve({ code, by })).once('error', reject),
  );
  // A command that dies before it has read its picture is told by its exit, not by the broken pipe.
  child.stdin.on('error', () => {}).end(toPgm(image));
  const [said, { code, by }] = await Promise.all([buffer(child.stdout), ended]);
  if (by === 'SIGXCPU' || by === 'SIGKILL') throw limitPassed({ of: 'seconds', most: PROCESSOR_SECONDS });
  // It aborts when it is given no more memory.
  if (by === 'SIGABRT') throw limitPassed({ of: 'megabytes', most: KILOBYTES / 1_000 });
  if (code === null) throw engineFailed(new Error(`The tesseract command was ended by ${by}.`));
  if (code === NO_SUCH_COMMAND) throw engineMissing(undefined);
  return { said: said.toString('utf8'), code };
}

function numberAfter(label: string, report: string): number {
  const line = report.split('\n').find((one) => one.startsWith(`${label}:`));
  return Number(line?.slice(label.length + 1) ?? 0);
}

/** Words of tesseract's table (TSV): level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
export function linesOfTable(table: string): OcrWord[][] {
  const lines = new Map<string, OcrWord[]>();
  for (const row of table.split('\n')) {
    const [level, page, block, paragraph, line, , left, top, width, height, confidence, text] = row.split('\t');
    if (level !== WORD_LEVEL || !text?.trim()) continue;
    const key = [page, block, paragraph, line].join(' ');
    const x0 = Number(left);
    const y0 = Number(top);
    const word = {
      text: text.trim(),
      confidence: Math.min(1, Math.max(0, Number(confidence) / 100)),
      x0,
      y0,
      x1: x0 + Number(width),
      y1: y0 + Number(height),
    };
    const words = lines.get(key);
    if (words) words.push(word);
    else lines.set(key, [word]);
  }
  return [...lines.values()];
}
