import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryImage } from '#store';

const CACHE = 'node_modules/.cache/rekey';
const MIGRATIONS = 'store/migrations';

/** File with an empty, migrated PGlite: made once per version of PGlite and of our migrations. */
export async function cachedImage(): Promise<string> {
  const file = join(CACHE, `pglite-${fingerprint()}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(CACHE, { recursive: true });
  const image = await memoryImage();
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, Buffer.from(await image.arrayBuffer()));
  renameSync(aside, file);
  return file;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync('node_modules/@electric-sql/pglite/package.json'));
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(readFileSync(join(MIGRATIONS, name)));
  return hash.digest('hex').slice(0, 16);
}
