import { execFile, spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { quarterTurn } from './geometry.ts';
import { type Grey, toPgm } from './grey.ts';
import type { OcrEngine, OcrWord, Segmentation } from './ocr.ts';

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

/** The `tesseract` command found on this machine; of the languages asked for, those it has. */
export function openNativeTesseract(languages: readonly string[]): OcrEngine {
  const running = new AbortController();
  let has: Promise<readonly string[]> | undefined;
  const installed = () => {
    has ??= installedLanguages();
    return has;
  };
  return {
    id: 'tesseract',
    languages,
    async read(image, { dpi, segmentation, language }) {
      const known = await installed();
      const wanted = language === undefined || !known.includes(language) ? languages : [language];
      const read = wanted.filter((each) => known.includes(each)).join('+') || 'eng';
      const options = ['--psm', PSM_OF[segmentation], '--dpi', String(Math.round(dpi)), '-l', read];
      return linesOfTable(await tesseract(image, [...options, 'tsv'], running.signal));
    },
    async orientation(image) {
      const report = await tesseract(image, ['--psm', ORIENTATION_ONLY, '--dpi', '300'], running.signal).catch(
        () => '',
      );
      return {
        rotation: quarterTurn(numberAfter('Rotate', report)),
        confidence: numberAfter('Orientation confidence', report),
      };
    },
    close: async () => running.abort(),
  };
}

/** What the command says of itself, `tesseract 5.3.0`; rejects where there is none. */
export async function nativeIdentity(): Promise<string> {
  const { stdout } = await promisify(execFile)('tesseract', ['--version']);
  return stdout.split('\n', 1)[0]!.trim();
}

async function installedLanguages(): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('tesseract', ['--list-langs']);
  return stdout.split('\n').slice(1).filter(Boolean);
}

async function tesseract(image: Grey, args: readonly string[], signal: AbortSignal): Promise<string> {
  const child = spawn('sh', ['-c', BOUNDED, 'tesseract', 'stdin', 'stdout', ...args], {
    signal,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  // A command that dies before it has read its picture is told by its exit, not by the broken pipe.
  child.stdin.on('error', () => {}).end(toPgm(image));
  const [said, code] = await Promise.all([buffer(child.stdout), ended]);
  if (code !== 0) throw new Error('The tesseract command failed.');
  return said.toString('utf8');
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
