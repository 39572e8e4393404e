import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeJunk, papersOf } from '#demo';
import { rekey } from '../support/rekeyProcess.ts';

let folder: string;
let papers: string;
const out = () => path.join(folder, 'lines.jsonl');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-batch-'));
  papers = path.join(folder, 'papers');
  await mkdir(papers);
  const batch = papersOf({ seed: 's39', count: 6, today: '2026-03-16' });
  const { value } = await batch.next();
  await batch.return(undefined);
  await writeFile(path.join(papers, 'b-invoice.pdf'), value?.bytes ?? '');
  for (const { name, bytes, truth } of await makeJunk('batch')) {
    if (truth.answer === 'refused') await writeFile(path.join(papers, name), bytes);
  }
  await writeFile(path.join(papers, 'a-note.txt'), 'Total 12.00');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const NAMES = [...['a-note.txt', 'b-invoice.pdf', 'empty.pdf', 'invoice.pdf', 'phone-book.pdf', 'protected.pdf']];
const FIELD_KEYS = ['value', 'conf', 'page', 'box', 'reader', 'by', 'absent', 'rule'];
const COLUMNS = ['description', 'quantity', 'unit_price', 'line_total'];
const PLACE = ['conf', 'page', 'box', 'reader', 'by', 'seen', 'rule', 'cells'];
const inPapers = (name: string) => path.join(papers, name);
const parsed = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

it('read gives a line per file in the order asked, survives every bad one, and goes on where it was cut', async () => {
  const missing = path.join(folder, 'missing.pdf');
  const args = ['read', '--words', '--out', out(), missing, papers];
  expect(await rekey(folder, args)).toEqual({ code: 0, out: '', err: '' });
  const text = await readFile(out(), 'utf8');
  const lines = parsed(text);
  expect(lines.map(({ file }) => file)).toEqual([missing, ...NAMES.map(inPapers)]);
  for (const line of lines) {
    expect(Object.keys(line)).toEqual(['file', 'ms', 'pages', 'text', 'words', 'error', 'error_kind']);
  }
  const kinds = Object.fromEntries(lines.map(({ file, error_kind }) => [path.basename(file), error_kind]));
  expect(kinds).toEqual({
    'missing.pdf': null,
    'a-note.txt': null,
    'b-invoice.pdf': null,
    'empty.pdf': 'unsupported',
    'invoice.pdf': 'unsupported',
    'phone-book.pdf': 'too-large',
    'protected.pdf': 'password',
  });
  const invoice = lines[2];
  expect(Object.keys(invoice.pages[0])).toEqual(['page', 'width', 'height', 'source', 'rotation']);
  expect(invoice.error).toBeNull();
  expect(invoice.pages[0]).toMatchObject({ page: 1, source: 'text', rotation: 0 });
  expect(Object.keys(invoice.words[0])).toEqual(['page', 'text', 'x0', 'y0', 'x1', 'y1', 'conf']);
  expect(lines[0].error).toBe('The file cannot be opened.');

  const cut = text.split('\n').slice(0, 3).join('\n');
  await writeFile(out(), cut.slice(0, -10));
  expect((await rekey(folder, [...args, '--resume'])).code).toBe(0);
  const resumed = parsed(await readFile(out(), 'utf8'));
  const timeless = (all: readonly object[]) => all.map((line) => ({ ...line, ms: 0 }));
  expect(timeless(resumed)).toEqual(timeless(lines));
}, 180_000);

it('extract gives the fields in the fixed form, on stdout, as JSON and nothing else', async () => {
  const ran = await rekey(folder, ['extract', '--as', 'invoice', inPapers('b-invoice.pdf'), inPapers('empty.pdf')]);
  expect(ran).toMatchObject({ code: 0, err: '' });
  const [invoice, empty] = parsed(ran.out);
  const form = ['file', 'ms', 'type', 'fields', 'items', 'kv', 'kv_places', 'route', 'error', 'error_kind'];
  expect(Object.keys(empty)).toEqual(form);
  expect(Object.keys(invoice)).toEqual(form.toSpliced(form.indexOf('route') + 1, 0, 'untrusted'));
  expect(invoice.untrusted).toContain('items');
  expect(invoice).toMatchObject({ type: 'invoice', error: null, fields: { currency: { value: 'EUR', page: 1 } } });
  expect(Object.keys(invoice.fields.total)).toEqual(FIELD_KEYS);
  expect(invoice.fields.total.value).toMatch(/^\d+\.\d\d$/);
  expect(invoice.fields.invoice_date.value).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(Object.keys(invoice.items[0])).toEqual([...COLUMNS, ...PLACE]);
  expect(empty).toMatchObject({ fields: {}, items: [], kv: [], route: 'human', error_kind: 'unsupported' });
}, 120_000);

it('says with exit code 64 that there is nothing to resume without --out', async () => {
  const { code, err } = await rekey(folder, ['read', '--resume', papers]);
  expect({ code, err }).toEqual({
    code: 64,
    err: 'rekey: --resume: Give --out as well: there is nothing to resume.\n',
  });
});
