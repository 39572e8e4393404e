import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchLine, type BatchOptions, failureOf, ReadError, runBatch } from '#extractors';
import { resumeLines } from '../../extractors/resume.ts';

let folder: string;
let out: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-batch-'));
  out = join(folder, 'out.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

/** Work that takes the longer, in turns of the event loop, the earlier its file comes: results arrive out of order. */
function slowFirst(files: readonly string[], seen: string[] = []): BatchOptions['workOne'] {
  return async (file) => {
    seen.push(file);
    for (let turn = files.length - files.indexOf(file); turn > 0; turn--) await new Promise(setImmediate);
    if (file.includes('bad')) throw new ReadError('corrupt');
    return { file, text: `of ${file}`, error: null };
  };
}

const onFailure: BatchOptions['onFailure'] = (file, _ms, error) => ({ file, ...failureOf(error) });

async function lines(): Promise<BatchLine[]> {
  const text = await readFile(out, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BatchLine);
}

async function filesOut(): Promise<string[]> {
  return (await lines()).map((line) => line.file);
}

describe('a batch', () => {
  it('writes lines in the order of its inputs, whatever was done first', async () => {
    const inputs = Array.from({ length: 300 }, (_, index) => `paper-${index}`);
    const summary = await runBatch({ inputs, workOne: slowFirst(inputs), onFailure, out, workers: 4 });
    expect(summary).toEqual({ files: 300, skipped: 0, failed: 0 });
    expect(await filesOut()).toEqual(inputs);
  });

  it('survives bad files and says so on their lines', async () => {
    const inputs = ['good', 'bad', 'better'];
    const summary = await runBatch({ inputs, workOne: slowFirst(inputs), onFailure, out, workers: 2 });
    expect(summary.failed).toBe(1);
    expect(await lines()).toMatchObject([{ error: null }, { file: 'bad', error_kind: 'corrupt' }, { error: null }]);
  });

  it('takes folders with all that lies below, sorted, hidden files left out, every file once', async () => {
    await mkdir(join(folder, 'in', 'sub'), { recursive: true });
    for (const name of ['b.pdf', 'a.pdf', '.hidden', 'sub/c.pdf']) await writeFile(join(folder, 'in', name), '');
    const inputs = [join(folder, 'in', 'b.pdf'), join(folder, 'in')];
    await runBatch({ inputs, workOne: slowFirst([]), onFailure, out, workers: 1 });
    expect(await filesOut()).toEqual(['b.pdf', 'a.pdf', 'sub/c.pdf'].map((name) => join(folder, 'in', name)));
  });

  it('goes on where it was cut: a half-written line is done again, complete ones are not', async () => {
    const inputs = ['one', 'two', 'three', 'four'];
    await writeFile(out, '{"file":"one","text":"kept"}\n{"file":"two","text":"also"}\n{"file":"three","te');
    const seen: string[] = [];
    const summary = await runBatch({
      inputs,
      workOne: slowFirst(inputs, seen),
      onFailure,
      out,
      resume: true,
      workers: 2,
    });
    expect(summary).toEqual({ files: 4, skipped: 2, failed: 0 });
    expect(seen).toEqual(['three', 'four']);
    expect(await filesOut()).toEqual(inputs);
    expect((await lines())[0]).toEqual({ file: 'one', text: 'kept' });
  });

  it('tries again what failed for want of an engine or a password, and nothing else', async () => {
    const failed = (file: string, kind: string | null) =>
      `${JSON.stringify({ file, error: 'It failed.', error_kind: kind })}\n`;
    const kept = `${failed('damaged', 'corrupt')}{"file":"read","error":null}\nno line of ours\n`;
    await writeFile(out, `${failed('down', 'ocr-failed')}${kept}${failed('locked', 'password')}{"file":"ha`, {
      mode: 0o600,
    });
    const inputs = ['down', 'damaged', 'read', 'locked'];
    const seen: string[] = [];
    const options = { inputs, workOne: slowFirst(inputs, seen), onFailure, out, resume: true, workers: 1 };
    expect(await runBatch(options)).toEqual({ files: 4, skipped: 2, failed: 0 });
    expect(seen).toEqual(['down', 'locked']);
    const text = await readFile(out, 'utf8');
    expect(text.startsWith(kept)).toBe(true);
    expect(text.slice(kept.length)).toMatch(/^\{"file":"down".*\n\{"file":"locked".*\n$/);
    expect([await readdir(folder), ((await stat(out)).mode & 0o777).toString(8)]).toEqual([['out.jsonl'], '600']);
    expect(await runBatch(options)).toMatchObject({ skipped: 4 });
  });

  it('goes on whatever its lines are made of, wherever they were cut', async () => {
    const line = fc.record({ file: fc.string(), error_kind: fc.constantFrom(null, 'corrupt', 'ocr-failed') });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), fc.nat(), async (lines, at) => {
        const whole = Buffer.from(lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
        const cut = whole.subarray(0, whole.length === 0 ? 0 : at % (whole.length + 1));
        await writeFile(out, cut);
        const complete = lines.slice(0, cut.toString('latin1').split('\n').length - 1);
        const final = complete.filter((each) => each.error_kind !== 'ocr-failed');
        expect(await resumeLines(out)).toEqual(new Set(final.map(({ file }) => file)));
        expect(await readFile(out, 'utf8')).toBe(final.map((each) => `${JSON.stringify(each)}\n`).join(''));
      }),
      { numRuns: 50 },
    );
  });

  it('does not go on where its lines cannot be read', async () => {
    const batch = runBatch({
      inputs: ['one'],
      workOne: slowFirst([]),
      onFailure,
      out: folder,
      resume: true,
      workers: 1,
    });
    await expect(batch).rejects.toMatchObject({ code: 'cannot-write', where: '--out' });
  });

  it('takes its own lines for no paper', async () => {
    await writeFile(join(folder, 'a.pdf'), '');
    const options = { inputs: [folder], workOne: slowFirst([]), onFailure, out, workers: 1 };
    await runBatch(options);
    await runBatch(options);
    expect(await filesOut()).toEqual([join(folder, 'a.pdf')]);
  });

  it('starts anew without resume, and resumes onto nothing', async () => {
    await writeFile(out, '{"file":"old"}\n');
    await runBatch({ inputs: ['new'], workOne: slowFirst([]), onFailure, out, workers: 1 });
    expect(await filesOut()).toEqual(['new']);
    await rm(out);
    await runBatch({ inputs: ['new'], workOne: slowFirst([]), onFailure, out, resume: true, workers: 1 });
    expect(await filesOut()).toEqual(['new']);
  });

  it('cannot resume without a file of lines', async () => {
    const batch = runBatch({ inputs: [], workOne: slowFirst([]), onFailure, resume: true, workers: 1 });
    await expect(batch).rejects.toMatchObject({ code: 'resume-needs-out' });
  });

  it('keeps no more than its workers busy', async () => {
    let running = 0;
    let most = 0;
    const workOne = async (file: string) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return { file };
    };
    await runBatch({
      inputs: Array.from({ length: 40 }, (_, index) => `${index}`),
      workOne,
      onFailure,
      out,
      workers: 3,
    });
    expect(most).toBe(3);
  });
});
