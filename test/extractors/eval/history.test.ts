import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addToHistory, compareRuns, measured, readHistory } from '../../../extractors/eval/history.ts';
import { treatmentOf } from '../../../extractors/eval/predict.ts';
import { evalReport } from '../../../extractors/eval/report.ts';
import { findSets, readPredictions } from '../../../extractors/eval/truth.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-eval-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (value: number, files = ['a', 'b']) => ({
  date: '2026-03-16T10:00:00.000Z',
  commit: 'abc1234',
  sets: [measured('receipts', files, { 'field F1': value, 'ms median': 1000 * value })],
});

describe('the history', () => {
  it('is kept line by line, and lines of another form are passed over', async () => {
    const file = path.join(folder, 'kept', 'history.jsonl');
    expect(await readHistory(file)).toEqual([]);
    await addToHistory(file, run(0.5));
    await writeFile(file, 'not JSON\n{"date":"yesterday"}\n', { flag: 'a' });
    await addToHistory(file, run(0.6));
    expect(await readHistory(file)).toEqual([run(0.5), run(0.6)]);
  });

  it('shows goals, changes and what fell; only the same files are compared', () => {
    const [row] = compareRuns(run(0.7).sets, [run(0.8), run(0.9, ['a', 'c'])]);
    expect(row).toMatchObject({ measure: 'field F1', goal: 0.75, met: false, regressed: true });
    expect(row?.change).toBeCloseTo(-0.1);
    expect(compareRuns(run(0.8).sets, [run(0.7)])[0]).toMatchObject({ met: true, regressed: false });
    expect(compareRuns(run(0.8).sets, [])[0]).toMatchObject({ change: null, regressed: false });
    expect(compareRuns(run(0.8).sets, [run(0.7)])[1]).toMatchObject({ measure: 'ms median', regressed: false });
  });
});

describe('a set', () => {
  it('is found with its truth, and its predictions by path', async () => {
    const root = path.join(folder, 'data');
    await addToHistory(path.join(root, 'receipts', 'manifest.jsonl'), run(1));
    await expect(findSets(root)).rejects.toMatchObject({ code: 'bad-line' });
    const line = { file: 'receipts/files/a.jpg', fields: { total: '9.00' }, kv: [['a', 'b']] };
    await writeFile(path.join(root, 'receipts', 'manifest.jsonl'), `${JSON.stringify(line)}\n`);
    expect(await findSets(root)).toMatchObject([{ name: 'receipts', truths: [line] }]);
    const lines = path.join(folder, 'lines.jsonl');
    await writeFile(lines, `${JSON.stringify({ file: path.join(root, line.file), fields: {} })}\n`);
    expect([...(await readPredictions(lines, root)).keys()]).toEqual([line.file]);
    await expect(findSets(path.join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'no-sets' });
  });

  it('is taken as the kind that bears its name', () => {
    const kinds = ['invoice', 'receipt', 'form', 'auto'] as const;
    expect(['receipts', 'forms', 'scans', 'malformed', 'contracts'].map((set) => treatmentOf(set, kinds))).toEqual([
      ...['receipt', 'form', 'auto', 'read', 'auto'],
    ]);
  });
});

describe('the report', () => {
  it('holds charts and tables, no script, and no value of a paper', async () => {
    const bad = '<img src=x onerror=alert(1)>';
    const truth = {
      file: 'receipts/a',
      dayfirst: true,
      fields: { total: 'secret-9' },
      types: {},
      items: [],
      words: [],
    };
    const page = await evalReport({
      run: { ...run(0.7), commit: bad },
      history: [run(0.8)],
      rows: compareRuns(run(0.7).sets, [run(0.8)]),
      judged: new Map([['receipts', [{ truth, prediction: undefined }]]]),
    });
    expect(page.match(/<svg/g)).toHaveLength(4);
    expect(page).toContain('70.0 %');
    expect(page).not.toMatch(/<script|onerror=alert\(1\)>|secret-9|https?:\/\/(?!www\.w3\.org)/);
  });
});
