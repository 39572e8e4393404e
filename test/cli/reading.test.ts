import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SALE, universalBusinessInvoice } from '../extractors/readers/eInvoices.ts';
import { drawLetter, makePdf } from '../extractors/readers/papers.ts';
import { rekey, spawnRekey } from '../support/rekeyProcess.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const parsed = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
/** One line, however the command fails. */
const line = (text: string) => `rekey: ${text}\n`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-reading-'));
  await mkdir(at('papers', 'none'), { recursive: true });
  await writeFile(at('papers', 'note.txt'), 'Total 12.00');
  await writeFile(at('locked.pdf'), await makePdf(drawLetter, { userPassword: 'sesame', pdfVersion: '1.7' }));
  await writeFile(at('junk.bin'), Buffer.from([0, 1, 2, 3]));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an engine that is not there is said at start, once, and no paper is blamed', () => {
  it('the tesseract command', async () => {
    const ran = await rekey(folder, ['read', at('papers')], { REKEY_OCR: 'native', PATH: folder });
    expect(ran).toEqual({
      code: 69,
      out: '',
      err: expect.stringMatching(/^rekey: .*install it.*\(ocr-not-installed\)\n$/),
    });
  });

  it('a language', async () => {
    const ran = await rekey(folder, ['explain', at('papers', 'note.txt')], { REKEY_LANGUAGES: 'eng,xyz' });
    expect(ran).toEqual({
      code: 69,
      out: '',
      err: expect.stringMatching(/^rekey: .*npm install .*xyz.*\(ocr-language-missing\)\n$/),
    });
  });

  it('an engine of one’s own', async () => {
    await writeFile(at('engine.mjs'), 'export default () => { throw new Error("no key"); };');
    const ran = await rekey(folder, ['extract', at('papers')], { REKEY_OCR: at('engine.mjs') });
    expect(ran).toEqual({ code: 64, out: '', err: line(`REKEY_OCR: ${at('engine.mjs')} opens no engine: no key`) });
  });
});

describe('a password', () => {
  it.each([
    ['read', []],
    ['extract', ['--as', 'form']],
  ])('%s opens papers with it, and says it nowhere', async (command, flags) => {
    const ran = await rekey(folder, [command, ...flags, '--password', 'sesame', at('locked.pdf')]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(parsed(ran.out)).toMatchObject([{ error: null }]);
    expect(ran.out).not.toContain('sesame');
  });
});

describe('what was asked for wrongly', () => {
  it.each<[string, () => readonly string[], string]>([
    ['an empty folder', () => ['read', at('papers', 'none')], 'papers/none: There is no file in here.'],
    [
      'a file that cannot be written',
      () => ['read', at('papers'), '--out', at('no', 'out')],
      '--out: .*cannot be written \\(ENOENT\\)',
    ],
    [
      'a page that cannot be written',
      () => ['explain', at('papers', 'note.txt'), '--out', at('no', 'x.html')],
      '--out: .*cannot be written \\(ENOENT\\)',
    ],
    ['a page of a folder', () => ['explain', at('papers')], 'papers: This is a folder: name a file in it.'],
    ['a page of no file', () => ['explain', at('nothing.pdf')], 'nothing.pdf: There is no such file.'],
    ['a page of junk', () => ['explain', at('junk.bin')], 'junk.bin: This is not a document'],
    [
      'a page of a locked paper',
      () => ['explain', at('locked.pdf'), '--password', 'wrong'],
      'locked.pdf: The document is encrypted',
    ],
    [
      'a kind that does not load',
      () => ['extract', '--as', at('broken.ts'), at('papers')],
      '--as: .*broken.ts cannot be loaded: .*nowhere',
    ],
  ])('%s: one line and 64', async (_, args, said) => {
    await writeFile(at('broken.ts'), "import './nowhere.ts';");
    const { code, out, err } = await rekey(folder, args());
    expect({ code, out }).toEqual({ code: 64, out: '' });
    expect(err).toMatch(new RegExp(`^rekey: .*${said}.*\n$`));
    expect(err).not.toContain('wrong');
  });

  it('eval: sets that are not there, and examples that are no number', async () => {
    await mkdir(at('data', 'invoices'), { recursive: true });
    await writeFile(at('data', 'invoices', 'manifest.jsonl'), '{"file":"invoices/a.txt","fields":{"total":"1.00"}}\n');
    const sets = await rekey(folder, ['eval', at('data'), '--set', 'nosuch']);
    expect(sets).toEqual({ code: 64, out: '', err: line('--set: There is no set "nosuch" here; there are invoices.') });
    const history = at('junk.bin', 'history.jsonl');
    const lost = await rekey(folder, ['eval', at('data'), '--quiet', '--history', history]);
    expect(lost).toEqual({ code: 69, out: '', err: expect.stringMatching(/^rekey: E[A-Z]+: .*junk.bin.*\n$/) });
    const errors = await rekey(folder, ['eval', at('data'), '--errors', 'abc']);
    expect(errors).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^error: .*--errors.*whole number/) });
  });
});

it('eval: papers that carry data are measured apart from those whose page is all there is', async () => {
  const set = at('parts', 'invoices');
  await mkdir(set, { recursive: true });
  await writeFile(path.join(set, 'a.xml'), universalBusinessInvoice());
  await writeFile(path.join(set, 'b.txt'), 'INVOICE\n\nInvoice no. R-7\n');
  const truths = [
    { file: 'invoices/a.xml', fields: { invoice_number: SALE.invoice_number } },
    { file: 'invoices/b.txt', fields: { invoice_number: 'R-8' } },
  ];
  await writeFile(path.join(set, 'manifest.jsonl'), truths.map((truth) => JSON.stringify(truth)).join('\n'));
  const { code, out } = await rekey(folder, ['eval', at('parts'), '--quiet', '--json']);
  expect(code).toBe(0);
  const rows = (JSON.parse(out) as { set: string; measure: string; value: number }[]).filter(
    ({ measure }) => measure === 'field F1',
  );
  expect(rows).toMatchObject([
    { set: 'invoices', value: 0.5, goal: 0.95, met: false },
    { set: 'invoices, page only', value: 0, goal: 0.95, met: false },
    { set: 'invoices, with data', value: 1, goal: 1, met: true },
  ]);
});

it('folders: links are followed to files, and what is passed over is named', async () => {
  const linked = at('linked');
  await mkdir(linked);
  await symlink(at('papers', 'note.txt'), path.join(linked, 'a.txt'));
  await symlink(at('papers'), path.join(linked, 'b'));
  await symlink(at('nowhere'), path.join(linked, 'c'));
  const { code, out, err } = await rekey(folder, ['read', linked, at('papers', 'none')]);
  expect(code).toBe(0);
  expect(parsed(out)).toMatchObject([{ file: path.join(linked, 'a.txt'), text: 'Total 12.00' }]);
  expect(err.split('\n')).toEqual([
    `rekey: ${path.join(linked, 'b')}: a link to a folder is not followed`,
    `rekey: ${path.join(linked, 'c')}: this link leads nowhere`,
    `rekey: ${at('papers', 'none')}: no file lies in this folder`,
    '',
  ]);
});

it('a paper of more pages than the setting says is refused by that name', async () => {
  const long = at('long.txt');
  await writeFile(long, 'one\ftwo\fthree');
  const { out } = await rekey(folder, ['extract', '--as', 'form', long], { REKEY_PAGES: '2' });
  const error = 'The document has 3 pages, more than the 2 of REKEY_PAGES.';
  expect(parsed(out)).toMatchObject([{ error, error_kind: 'too-large' }]);
});

it('a paper beyond the limit is refused before it is held', async () => {
  const huge = at('huge.pdf');
  await writeFile(huge, '%PDF-1.7');
  await truncate(huge, 40_000_000_000);
  const { code, out } = await rekey(folder, ['read', huge, at('papers', 'note.txt')]);
  expect(code).toBe(0);
  expect(parsed(out)).toMatchObject([{ error_kind: 'too-large' }, { error_kind: null }]);
  const explained = await rekey(folder, ['explain', huge]);
  expect(explained).toEqual({
    code: 64,
    out: '',
    err: expect.stringMatching(/^rekey: .*huge.pdf: .*40,000,000,000 bytes, more than the 100,000,000 allowed.\n$/),
  });
});

it('whoever has read enough ends the command without a word', async () => {
  for (let i = 0; i < 300; i++) await writeFile(at('papers', `${i}.txt`), 'Total 12.00 '.repeat(400));
  const child = spawnRekey(folder, ['read', '--words', at('papers')]);
  const said: Buffer[] = [];
  child.stderr.on('data', (part: Buffer) => said.push(part));
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = await once(child, 'exit');
  expect({ code, err: Buffer.concat(said).toString() }).toEqual({ code: 141, err: '' });
});
