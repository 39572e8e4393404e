import { copyFile, mkdir, mkdtemp, readdir, rename, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '#core';
import type { PaperReading } from '../../../extractors/readers/layout.ts';
import { DEFAULT_OCR } from '../../../extractors/readers/ocr.ts';
import { versionOf } from '../../../extractors/readers/readerVersion.ts';
import { openReadingCache } from '../../../extractors/readers/readingCache.ts';

const PAPER = Buffer.from('a picture');
const page = { number: 1, width: 10, height: 10, source: 'ocr', rotation: 0, words: [] } as const;
const READING: PaperReading = { pages: [{ page, text: '' }], statements: [], doubts: [] };

it('remembers a reading by the paper, and nothing that was cut off', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-cache-'));
  const cache = openReadingCache(folder, async () => DEFAULT_OCR);
  expect(await cache.find(PAPER, 'all')).toBeUndefined();
  await cache.keep(PAPER, 'all', READING);
  expect(await cache.find(PAPER, 'all')).toEqual(READING);

  const [file] = await readdir(folder);
  await truncate(path.join(folder, file!), 20);
  expect(await cache.find(PAPER, 'all')).toBeUndefined();
  await cache.keep(PAPER, 'all', READING);
  expect(await cache.find(PAPER, 'all')).toEqual(READING);
});

it('keeps what leaves pages unread apart from what does not, and gives no less than is asked for', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-cache-'));
  const cache = openReadingCache(folder, async () => DEFAULT_OCR);
  const begun: PaperReading = { ...READING, pages: [{ page: { ...page, unread: true }, text: '' }] };
  await cache.keep(PAPER, 'first-pages', begun);
  expect(await cache.find(PAPER, 'all')).toBeUndefined();
  expect(await cache.find(PAPER, 'first-pages')).toEqual(begun);
  await cache.keep(PAPER, 'all', READING);
  expect(await cache.find(PAPER, 'all')).toEqual(READING);
  expect(await cache.find(PAPER, 'first-pages')).toEqual(begun);
  await cache.forget([sha256(PAPER)]);
  expect(await cache.find(PAPER, 'first-pages')).toBeUndefined();
  await cache.keep(PAPER, 'all', READING);
  expect(await cache.find(PAPER, 'first-pages')).toEqual(READING);
});

it('does not take a reading for whole because the pages it left are gone', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-cache-'));
  const cache = openReadingCache(folder, async () => DEFAULT_OCR);
  await cache.keep(PAPER, 'first-pages', READING);
  expect(await cache.find(PAPER, 'all')).toBeUndefined();
  expect(await cache.find(PAPER, { toTheEnd: [7] })).toBeUndefined();
  const further: PaperReading = { ...READING, doubts: ['repaired'] };
  await cache.keep(PAPER, { toTheEnd: [7] }, further);
  expect(await cache.find(PAPER, { toTheEnd: [7] })).toEqual(further);
  expect(await cache.find(PAPER, { toTheEnd: [9] })).toBeUndefined();
  expect(await cache.find(PAPER, 'first-pages')).toEqual(READING);
  expect(await cache.find(PAPER, 'all')).toBeUndefined();
});

it('is of these readers: any change of their sources makes them others, wherever they lie', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-sources-'));
  const copy = await mkdtemp(path.join(tmpdir(), 'rekey-sources-'));
  for (const one of [folder, copy]) {
    await mkdir(path.join(one, 'inner'));
    await writeFile(path.join(one, 'inner', 'a.ts'), 'one');
    await writeFile(path.join(one, 'b.ts'), 'two');
  }
  const version = await versionOf(folder);
  expect(await versionOf(copy)).toBe(version);
  await writeFile(path.join(copy, 'inner', 'a.ts'), 'one more');
  expect(await versionOf(copy)).not.toBe(version);
  await rename(path.join(folder, 'b.ts'), path.join(folder, 'c.ts'));
  expect(await versionOf(folder)).not.toBe(version);
});

it('forgets papers by their names, what was cut off included, and keeps the others', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-cache-'));
  const cache = openReadingCache(folder, async () => DEFAULT_OCR);
  await cache.forget([sha256(PAPER)]);
  const other = Buffer.from('another picture');
  for (const paper of [PAPER, other]) await cache.keep(paper, 'all', READING);
  const [kept] = (await readdir(folder)).filter((file) => file.startsWith(sha256(PAPER)));
  await copyFile(path.join(folder, kept!), path.join(folder, `${kept}.cut-off`));
  await cache.forget([sha256(PAPER)]);
  expect(await readdir(folder)).toEqual([expect.stringMatching(sha256(other))]);
  expect(await cache.find(PAPER, 'all')).toBeUndefined();
});
