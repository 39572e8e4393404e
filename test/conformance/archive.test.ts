import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from '#archive';
import { sha256 } from '#core';

describe('archive in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekey-archive-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const place = (name: string) => join(folder, name.slice(0, 2), name.slice(2, 4));

  it('gives back any bytes under the sha256 of their content', async () => {
    const archive = openArchive(folder);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const name = await archive.put(bytes);
        expect(name).toBe(sha256(bytes));
        expect(await archive.has(name)).toBe(true);
        expect(Buffer.compare(await archive.get(name), bytes)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the same bytes once, also when put at once, and leaves nothing else behind', async () => {
    const archive = openArchive(folder);
    const bytes = Buffer.from('the same paper');
    const names = await Promise.all(Array.from({ length: 8 }, () => archive.put(bytes)));
    expect(new Set(names)).toEqual(new Set([sha256(bytes)]));
    expect(await readdir(place(names[0]!))).toEqual([names[0]]);
  });

  it('says what is missing', async () => {
    const name = sha256('never stored');
    expect(await openArchive(folder).has(name)).toBe(false);
    await expect(openArchive(folder).get(name)).rejects.toMatchObject({ kind: 'system', code: 'blob-missing' });
  });

  it('never gives out damaged bytes, and mends them when the paper comes again', async () => {
    const archive = openArchive(folder);
    const bytes = Buffer.from('a paper to be damaged');
    const name = await archive.put(bytes);
    await writeFile(join(place(name), name), 'a paper to be dam');
    await expect(archive.get(name)).rejects.toMatchObject({ kind: 'system', code: 'blob-corrupt' });
    await archive.put(bytes);
    expect(Buffer.compare(await archive.get(name), bytes)).toBe(0);
  });

  it('removes a blob with all that was left beside it, once or twice, and takes it again', async () => {
    const archive = openArchive(folder);
    const bytes = Buffer.from('a paper to be forgotten');
    const name = await archive.put(bytes);
    await writeFile(join(place(name), `${name}.cut-off`), 'a paper to be');
    await archive.remove(name);
    await archive.remove(name);
    await archive.remove(sha256('never stored'));
    expect([await archive.has(name), await readdir(place(name))]).toEqual([false, []]);
    expect(await archive.put(bytes)).toBe(name);
    expect(Buffer.compare(await archive.get(name), bytes)).toBe(0);
  });

  it.each(['../../etc/passwd', '', 'AB'.repeat(32), 'ab'.repeat(31)])(
    'takes no name but a sha256: %j',
    async (name) => {
      await expect(openArchive(folder).get(name)).rejects.toMatchObject({ where: 'sha256' });
      await expect(openArchive(folder).has(name)).rejects.toMatchObject({ where: 'sha256' });
      await expect(openArchive(folder).remove(name)).rejects.toMatchObject({ where: 'sha256' });
    },
  );
});
