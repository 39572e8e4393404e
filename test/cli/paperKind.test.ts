import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paperKind } from '../../cli/paperKind.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-kind-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const full = path.join(folder, name);
  await writeFile(full, text);
  return full;
}

it('knows the kinds by their names', async () => {
  expect(await Promise.all(['invoice', 'adbuy', 'auto'].map(paperKind))).toEqual(['invoice', 'adbuy', 'auto']);
});

it('takes a file whose default export is an extractor', async () => {
  const own = await file(
    'own.mjs',
    "export default { name: 'own', version: '1', accepts: [], extract: async () => ({}) };",
  );
  expect(await paperKind(own)).toMatchObject({ name: 'own' });
});

it('says what is wrong with other names and files', async () => {
  await expect(paperKind('payslip')).rejects.toMatchObject({ code: 'unknown-kind' });
  await expect(paperKind(path.join(folder, 'missing.ts'))).rejects.toMatchObject({ code: 'cannot-load' });
  await expect(paperKind(await file('empty.mjs', 'export default 1;'))).rejects.toMatchObject({ code: 'no-extractor' });
});
