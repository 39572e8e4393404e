import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rekey } from '../support/rekeyProcess.ts';

const INVOICE = `Harbour Freight Ltd                         Page 1 of 2
INVOICE
Invoice no.: HF-20417            Invoice date: 2026-02-03
Bill to: Nordwind Trading Ltd

Description                     Quantity    Amount
Carriage Hull - Leeds                  1    100.00
\fHarbour Freight Ltd                         Page 2 of 2
Net total                                   100.00
VAT 20 %                                     20.00
Invoice total                              120.00
`;
const NOTE = `\fPennine Fasteners Ltd                       Page 1 of 1
DELIVERY NOTE
Delivery note no.: DN-57653      Delivery date: 2026-02-04
Ship to: Brook Trading Limited

Description                     Quantity
Hex bolt M10 x 50                    663
Total quantity                       663
`;

let folder: string;
let pile: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-papers-'));
  pile = path.join(folder, 'pile.txt');
  await writeFile(pile, INVOICE + NOTE);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a pile is split into its papers, and each is extracted by itself', async () => {
  const read = await rekey(folder, ['read', '--split', '--quiet', pile]);
  const { papers, pages } = JSON.parse(read.out);
  expect(pages).toHaveLength(3);
  expect(papers).toEqual([
    { from: 1, to: 2, probability: expect.any(Number) },
    { from: 3, to: 3, probability: expect.any(Number) },
  ]);
  const extracted = await rekey(folder, ['extract', '--split', '--quiet', pile]);
  const line = JSON.parse(extracted.out);
  expect(Object.keys(line)).toEqual(['file', 'ms', 'papers', 'error', 'error_kind']);
  const values = line.papers.map(({ fields }: { fields: Record<string, { value: string }> }) => [
    fields['invoice_number']?.value,
    fields['delivery_note_number']?.value,
  ]);
  expect(values).toEqual([
    ['HF-20417', undefined],
    [undefined, 'DN-57653'],
  ]);
});

it('eval prints a table with goals, keeps the figures, and ends with 1 where one fell', async () => {
  const set = path.join(folder, 'data', 'invoices');
  await mkdir(path.join(set, 'files'), { recursive: true });
  await writeFile(path.join(set, 'files', 'a.txt'), INVOICE);
  const truth = (total: string) =>
    JSON.stringify({ file: 'invoices/files/a.txt', fields: { total, invoice_number: 'HF-20417' } });
  await writeFile(path.join(set, 'manifest.jsonl'), truth('120.00'));
  const args = ['eval', path.join(folder, 'data'), '--quiet', '--fail-on-regression'];
  const first = await rekey(folder, [...args, '--html', path.join(folder, 'report.html')]);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/invoices +1 +field F1 +100\.0 % +95\.0 % +yes\n/);
  expect(await readFile(path.join(folder, 'report.html'), 'utf8')).toContain('<svg');
  await writeFile(path.join(set, 'manifest.jsonl'), truth('999.00'));
  const second = await rekey(folder, [...args, '--errors', '1']);
  expect(second.code).toBe(1);
  expect(second.out).toMatch(/invoices +1 +field F1 +50\.0 % +95\.0 % +no +-50\.0 worse\n/);
  expect(second.out).toContain('total: 0 without a value, 1 wrong, 0 surplus');
  const kept = (await readFile(path.join(folder, 'eval', 'history.jsonl'), 'utf8')).trim().split('\n');
  expect(kept).toHaveLength(2);
});

it('explain writes a page beside where it was asked from', async () => {
  const out = path.join(folder, 'pile.html');
  expect(await rekey(folder, ['explain', pile, '--as', 'invoice', '--out', out])).toEqual({
    code: 0,
    out: `${out}\n`,
    err: '',
  });
  expect(await readFile(out, 'utf8')).toContain('HF-20417');
  expect((await rekey(folder, ['explain', path.join(folder, 'none.pdf')])).code).toBe(64);
});
