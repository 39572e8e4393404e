import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '#config';
import { foldersTable } from '../support/architecture/table.ts';
import { type Block, blocksOf, linkedFiles, marked } from '../support/docs/blocks.ts';
import { faultsOfCode, isQuoted, quotedFile } from '../support/docs/code.ts';
import { commandLines, faultOf } from '../support/docs/commands.ts';

const DOCS = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md').sort()].map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}));
const BLOCKS = DOCS.flatMap(({ file, text }) => blocksOf(file, text));

function inLanguage(language: string): Block[] {
  return BLOCKS.filter((block) => block.language === language);
}

describe('the docs', () => {
  it('use only kinds of blocks that are checked', () => {
    const others = BLOCKS.filter(({ language }) => !['ts', 'sh', 'json', 'text'].includes(language));
    expect(others.map(({ where }) => where)).toEqual([]);
  });

  it('show code that compiles, and runs where they say so', () => {
    const own = inLanguage('ts').filter((block) => quotedFile(block) === undefined);
    expect(faultsOfCode(own)).toEqual([]);
  }, 120_000);

  it('quote files as they are', () => {
    const quotes = inLanguage('ts').filter((block) => quotedFile(block) !== undefined);
    const stale = quotes.filter((block) => !isQuoted(block, quotedFile(block)!));
    expect(stale.map(({ where }) => where)).toEqual([]);
  });

  it('give commands and flags that exist', async () => {
    const lines = inLanguage('sh').flatMap(({ where, text }) => commandLines(text).map((line) => ({ where, line })));
    const faults = await Promise.all(
      lines.map(async ({ where, line }) => {
        const fault = await faultOf(line);
        return fault === undefined ? [] : [`${where} ${line}: ${fault}`];
      }),
    );
    expect(faults.flat()).toEqual([]);
  }, 120_000);

  it('show JSON that parses', () => {
    for (const { text } of inLanguage('json')) expect(() => JSON.parse(text)).not.toThrow();
  });

  it('link to files that are there', () => {
    const dead = DOCS.flatMap(({ file, text }) =>
      linkedFiles(text)
        .filter((target) => !existsSync(path.join(path.dirname(file), target)))
        .map((target) => `${file} → ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('list the settings as they are', () => {
    expect(marked(readFileSync('docs/operations.md', 'utf8'), 'settings')).toBe(settingsTable());
  });

  it('say of every dependency what it is for, and its true licence', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const names = Object.keys({ ...dependencies, ...devDependencies });
    const rows = readFileSync('docs/decisions.md', 'utf8').matchAll(/^\| `([^`]+)` \| ([^|]+) \| [^|]{5,} \|$/gm);
    const documented = new Map([...rows].map(([, name, licence]) => [name!, licence!.trim()]));
    expect([...documented.keys()].sort()).toEqual(names.sort());
    const licences = names.map((name) => {
      return [name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).license];
    });
    expect([...documented].sort()).toEqual(licences);
  });

  it('list what a folder may import as it is checked', () => {
    expect(marked(readFileSync('docs/architecture.md', 'utf8'), 'folders')).toBe(foldersTable());
  });
});

describe('the checker', () => {
  const block = (info: string, text: string) => blocksOf('doc.md', `Words.\n\n\`\`\`${info}\n${text}\n\`\`\`\n`);

  it('finds blocks where they stand, indented ones too', () => {
    expect(block('ts run', 'const a = 1;')).toEqual([
      { where: 'doc.md:3', language: 'ts', marks: ['run'], text: 'const a = 1;\n' },
    ]);
    expect(blocksOf('doc.md', '1. Step\n   ```sh\n   npm ci\n   ```\n')[0]?.text).toBe('npm ci\n');
    expect(() => blocksOf('doc.md', '```ts\nconst a')).toThrow('doc.md:1');
  });

  it('finds code that does not compile, and code that fails', () => {
    expect(faultsOfCode(block('ts', `const id: number = 'a';`))).toEqual([expect.stringMatching(/^doc\.md:3\(1,7\)/)]);
    expect(faultsOfCode(block('ts', `import { newId } from '#core';\nnewId();`))).toEqual([]);
    expect(faultsOfCode(block('ts run', `throw new Error('no');`))).toEqual([expect.stringContaining('ended with 1')]);
  });

  it('finds quotes that went stale', () => {
    const [fresh] = block('ts file=core/ids.ts', 'export function newId(now = Date.now()): string {');
    const [stale] = block('ts file=core/ids.ts', 'export function oldId(): string {');
    expect([isQuoted(fresh!, quotedFile(fresh!)!), isQuoted(stale!, quotedFile(stale!)!)]).toEqual([true, false]);
  });

  it('joins continued lines and drops comments', () => {
    expect(commandLines('# set up\nnpm ci   # all\n\nnpm test \\\n  -- test/config\n')).toEqual([
      'npm ci',
      'npm test -- test/config',
    ]);
  });

  it('finds scripts, files and commands that are not there', async () => {
    expect(await faultOf('npm run fly')).toContain('no script fly');
    expect(await faultOf('npm test -- test/nowhere')).toContain('test/nowhere');
    expect(await faultOf('REKEY_PORT=1 npm ci')).toBeUndefined();
    expect(await faultOf('docker run rekey')).toContain('docker');
  });

  it('finds dead links', () => {
    expect(linkedFiles('[a](docs/a.md#part) [b](https://b.example) [c](#here)')).toEqual(['docs/a.md']);
  });
});
