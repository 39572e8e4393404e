import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger, nextMove, SystemException, silentLogger } from '#core';
import {
  checkOcr,
  failureOf,
  type OcrChoice,
  type OcrEngine,
  openReaders,
  type Readers,
  type ReadersOptions,
} from '#extractors';
import { defaultLimits, PATIENCE } from '../../../extractors/readers/limits.ts';
import type { OcrWord } from '../../../extractors/readers/ocr.ts';
import { DEFAULT_OCR } from '../../../extractors/readers/ocr.ts';
import { drawLetter, makePdf, pdfOfImage, scanLetter } from './papers.ts';

let scan: Buffer;
let scannedPdf: Uint8Array;
let cache: string;
let readers: Readers | undefined;

beforeAll(async () => {
  scan = await scanLetter();
  scannedPdf = await pdfOfImage(scan);
});
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'rekey-engine-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await readers?.close();
  readers = undefined;
  await rm(cache, { recursive: true });
});

function opened(options: Partial<ReadersOptions>): Readers {
  readers = openReaders({ workers: 1, cache, log: silentLogger, ...options });
  return readers;
}

async function faultOf(reading: Promise<unknown>): Promise<SystemException> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SystemException);
  return error as SystemException;
}

const kept = () => readdir(cache);

/** The program's own; reading processes keep theirs. */
const CLOCK: Parameters<typeof vi.useFakeTimers>[0] = { toFake: ['setTimeout', 'clearTimeout', 'performance'] };

const BLIND: Omit<OcrEngine, 'read'> = {
  ...{ id: 'own 1', languages: ['eng'] },
  orientation: async () => ({ rotation: 0, confidence: 0 }),
  close: async () => {},
};

describe('a language without data', () => {
  const ocr: OcrChoice = { engine: 'tesseract.js', languages: ['xyz'] };

  it('is no fault of the paper, names what to install, and is not remembered', async () => {
    const { read } = opened({ ocr });
    const fault = await faultOf(read(scan));
    expect(fault).toMatchObject({ code: 'ocr-language-missing' });
    expect(fault.message).toContain('npm install @tesseract.js-data/xyz');
    expect(nextMove(fault, 1)).toMatchObject({ move: 'retry' });
    expect(await faultOf(read(scannedPdf))).toMatchObject({ code: 'ocr-language-missing' });
    expect(await kept()).toEqual([]);
  });

  it('is found before a paper is read, and keeps nobody from reading text layers', async () => {
    expect(await faultOf(checkOcr(ocr))).toMatchObject({ code: 'ocr-language-missing' });
    const native: OcrChoice = { engine: 'native', languages: ['xyz'] };
    const code = (await faultOf(checkOcr(native))).code;
    expect(['ocr-language-missing', 'ocr-not-installed']).toContain(code);
    const { text } = await opened({ ocr }).read(await makePdf(drawLetter));
    expect(text).toContain('Northwind');
  });
});

it('a machine without the tesseract command says so, and is asked again for the next paper', async () => {
  const { PATH } = process.env;
  const ocr: OcrChoice = { engine: 'native', languages: ['eng'] };
  try {
    process.env['PATH'] = cache;
    const { read } = opened({ ocr });
    expect(await faultOf(read(scan))).toMatchObject({ code: 'ocr-not-installed' });
    expect(await faultOf(read(scan))).toMatchObject({ code: 'ocr-not-installed' });
    expect(await faultOf(checkOcr(ocr))).toMatchObject({ code: 'ocr-not-installed' });
  } finally {
    process.env['PATH'] = PATH;
  }
  expect(await kept()).toEqual([]);
});

it('a tesseract command that gives no answer is not said to be missing', async () => {
  const { PATH } = process.env;
  await writeFile(join(cache, 'tesseract'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  try {
    process.env['PATH'] = cache;
    const fault = await faultOf(checkOcr({ engine: 'native', languages: ['eng'] }));
    expect(fault).toMatchObject({ code: 'ocr-failed', message: expect.stringContaining('tesseract --') });
  } finally {
    process.env['PATH'] = PATH;
  }
});

describe('an engine of one’s own', () => {
  const word = { text: 'Northwind', confidence: 0.9, x0: 10, y0: 10, x1: 100, y1: 30 };
  const engine = (read: OcrEngine['read']): OcrEngine & { closed: boolean } => ({
    ...{ id: 'own 1', languages: ['eng'], closed: false, read },
    orientation: async () => ({ rotation: 0, confidence: 0 }),
    async close() {
      this.closed = true;
    },
  });

  it('works outside the process that reads papers, and is closed with the readers', async () => {
    const askedIn: number[] = [];
    const own = engine(async (image) => {
      askedIn.push(process.pid, image.data.length - image.width * image.height);
      return [[word]];
    });
    const { pages } = await opened({ ocr: own }).read(scan);
    expect(pages[0]).toMatchObject({ source: 'ocr', by: 'own 1' });
    expect(pages[0]?.words.some(({ text }) => text === 'Northwind')).toBe(true);
    expect(new Set(askedIn)).toEqual(new Set([process.pid, 0]));
    const [file] = await kept();
    const modes = await Promise.all([stat(cache), stat(join(cache, file!))]);
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '600']);
    await readers?.close();
    readers = undefined;
    expect(own.closed).toBe(true);
  });

  it('that fails costs one reading, which is not remembered; the next one asks it again', async () => {
    let down = true;
    const own = engine(async () => {
      if (down) throw new Error('503 from the cloud, about Margaret Holloway');
      return [[word]];
    });
    const { read } = opened({ ocr: own });
    const fault = await faultOf(read(scannedPdf));
    expect(fault).toMatchObject({ code: 'ocr-failed' });
    expect(fault.message).not.toContain('Holloway');
    expect(failureOf(fault)).toMatchObject({ error_kind: 'ocr-failed' });
    expect(await kept()).toEqual([]);
    down = false;
    expect((await read(scannedPdf)).doubts).toEqual([]);
    expect(await kept()).toHaveLength(1);
  });

  it.each([
    ['nothing', undefined],
    ['words without lines', [word]],
    ['a word without confidence', [[{ ...word, confidence: undefined }]]],
    ['confidences in percent', [[{ ...word, confidence: 97 }]]],
    ['boxes that are no numbers', [[{ ...word, x1: Number.NaN }]]],
  ])('that answers %s is at fault itself, and the log says where', async (_, answer) => {
    const lines: string[] = [];
    const log = createLogger('warn', { write: (line) => void lines.push(line) });
    const own = engine(async () => answer as OcrWord[][]);
    expect(await faultOf(opened({ ocr: own, log }).read(scan))).toMatchObject({ code: 'ocr-failed' });
    expect(JSON.parse(lines[0]!)).toMatchObject({
      engine: 'own 1',
      error: { type: 'ZodError' },
      amiss: [expect.any(String)],
    });
    expect(lines.join()).not.toContain('Northwind');
  });

  it('leaves in the log what it threw, but not what it said: that may hold a value', async () => {
    const lines: string[] = [];
    const log = createLogger('warn', { write: (line) => void lines.push(line) });
    const own = engine(async () => {
      throw Object.assign(new TypeError('fetch failed, about Margaret Holloway'), { code: 'ECONNREFUSED' });
    });
    await faultOf(opened({ ocr: own, log }).read(scan));
    expect(JSON.parse(lines[0]!)).toMatchObject({ error: { type: 'TypeError', code: 'ECONNREFUSED' } });
    expect(lines.join()).not.toContain('Holloway');
  });

  it('may say more of its words than anybody asked, and give phrases for words', async () => {
    const phrase = { ...word, text: 'Northwind Paper', x0: 0, x1: 150, asText() {} };
    const { pages, text } = await opened({ ocr: engine(async () => [[phrase]]) }).read(scan);
    expect(text).toContain('Northwind Paper');
    expect(new Set(pages[0]!.words.flatMap((each) => each.text.split(' ')))).toEqual(new Set(['Northwind', 'Paper']));
    expect(pages[0]!.words.every((each) => !each.text.includes(' '))).toBe(true);
  });

  it('takes its time beyond the paper’s own', async () => {
    vi.useFakeTimers(CLOCK);
    const own = engine(async () => {
      vi.advanceTimersByTime(1_001);
      return [[word]];
    });
    const { pages } = await opened({ ocr: own, limits: { documentMs: 1_000 } }).read(scan);
    expect(pages[0]!.words.length).toBeGreaterThan(0);
  });

  it('that does not answer in time is at fault itself', async () => {
    vi.useFakeTimers(CLOCK);
    const own = engine(() => new Promise(() => vi.advanceTimersByTime(PATIENCE * defaultLimits.imageStepMs)));
    expect(await faultOf(opened({ ocr: own }).read(scan))).toMatchObject({ code: 'ocr-failed' });
  });
});

describe('an engine that is opened when a paper is looked at', () => {
  const TEXT = Buffer.from('Total 12.00');

  it('is not opened to forget papers, once for all that is read, and closed with the readers', async () => {
    const close = vi.fn(async () => {});
    const ocr = vi.fn(async (): Promise<OcrEngine> => ({ ...BLIND, read: async () => [], close }));
    const { read, forget } = opened({ ocr });
    await forget(['a'.repeat(64)]);
    expect(ocr).not.toHaveBeenCalled();
    await Promise.all([read(TEXT), read(TEXT)]);
    await readers?.close();
    expect([ocr.mock.calls.length, close.mock.calls.length]).toEqual([1, 1]);
  });

  it('is not opened to be closed', async () => {
    const ocr = vi.fn(async () => DEFAULT_OCR);
    await opened({ ocr }).close();
    expect(ocr).not.toHaveBeenCalled();
  });

  it('and does not open costs that paper, and is asked again for the next', async () => {
    let isBroken = true;
    const ocr = async () => {
      if (isBroken) throw new SystemException('no-engine', 'It does not open.');
      return DEFAULT_OCR;
    };
    const { read, openEngine } = opened({ ocr });
    expect(await faultOf(openEngine())).toMatchObject({ code: 'no-engine' });
    expect(await faultOf(read(TEXT))).toMatchObject({ code: 'no-engine' });
    isBroken = false;
    expect((await read(TEXT)).text).toBe('Total 12.00');
  });
});

it('a folder that takes no readings keeps nobody from reading', async () => {
  const file = join(cache, 'taken');
  await writeFile(file, '');
  const own: OcrEngine = { ...BLIND, read: async () => [] };
  expect((await opened({ ocr: own, cache: file }).read(scan)).pages).toHaveLength(1);
});

it('papers with a password leave nothing behind', async () => {
  const own: OcrEngine = { ...BLIND, read: async () => [] };
  await opened({ ocr: own }).read(scan, { password: 'sesame' });
  expect(await kept()).toEqual([]);
});
