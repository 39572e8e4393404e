import { globSync, readFileSync } from 'node:fs';
import type { Source } from './parse.ts';

const NOT_OURS = ['node_modules', '.git', '.rekey', 'dist', 'coverage'];

/** Every source file of the checkout. */
export function sourcesOfTheTree(): Source[] {
  const files = globSync('**/*.{ts,tsx,mjs}', { exclude: (name) => NOT_OURS.includes(name.split('/').at(-1)!) });
  return files.sort().map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
}
