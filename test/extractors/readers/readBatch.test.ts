import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders, readBatch, runBatch } from '#extractors';
import { drawLetter, LETTER, makePdf } from './papers.ts';

it('rekey read: a line for each file, exactly of the agreed form', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-read-'));
  const readers = openReaders({ workers: 2, log: silentLogger });
  const [paper, cut, missing, out] = ['a.pdf', 'b.pdf', 'c.pdf', 'out.jsonl'].map((name) => join(folder, name));
  const pdf = await makePdf(drawLetter);
  await writeFile(paper!, pdf);
  await writeFile(cut!, pdf.subarray(0, 100));

  const inputs = [paper!, cut!, missing!];
  await runBatch({ inputs, ...readBatch(readers, { words: true }), out: out!, workers: 2 });
  await readers.close();
  const lines = (await readFile(out!, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  await rm(folder, { recursive: true });

  const ms = expect.any(Number);
  expect(lines[0]).toEqual({
    file: paper,
    ms,
    pages: [{ page: 1, width: 1191, height: 1684, source: 'text', rotation: 0 }],
    text: LETTER.join('\n'),
    words: expect.any(Array),
    error: null,
    error_kind: null,
  });
  const box = { x0: expect.any(Number), y0: expect.any(Number), x1: expect.any(Number), y1: expect.any(Number) };
  expect(lines[0].words[0]).toEqual({ page: 1, text: 'Northwind', ...box, conf: 1 });
  const nothing = { ms, pages: [], text: '', words: [], error: expect.any(String) };
  expect(lines[1]).toEqual({ file: cut, ...nothing, error_kind: 'corrupt' });
  expect(lines[2]).toEqual({ file: missing, ...nothing, error_kind: null });
});
