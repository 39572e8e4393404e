import { AREAS } from './rules.ts';

/** The table of docs/architecture.md: what each folder may import of the others. */
export function foldersTable(): string {
  const rows = AREAS.map(({ folder, imports, types = [] }) => {
    const names = imports === 'all' ? ['all'] : [...imports, ...types.map((name) => `types of ${name}`)];
    return `| ${folder} | ${names.join(', ') || '–'} |`;
  });
  return ['| folder | may import |', '|---|---|', ...rows].join('\n');
}
