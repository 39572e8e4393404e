import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../../console/web');
const DIST = join(ROOT, 'dist');

/** The folder of the built pages; built anew when a source is younger than the pages. */
export async function builtWeb(): Promise<string> {
  const made = await modified(join(DIST, 'index.html'));
  if ((await youngest(ROOT)) > made)
    await build({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' });
  return DIST;
}

async function youngest(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile() && !entry.parentPath.startsWith(DIST));
  const times = await Promise.all(sources.map((entry) => modified(join(entry.parentPath, entry.name))));
  return Math.max(...times);
}

async function modified(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}
