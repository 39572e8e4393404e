import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { botFiles, registered } from '../../cli/newBot.ts';
import { blocksOf } from '../support/docs/blocks.ts';
import { faultsOfCode } from '../support/docs/code.ts';

const asBlocks = (files: readonly string[]) =>
  blocksOf('bot.md', files.map((text) => `\`\`\`ts\n${text}\`\`\`\n`).join('\n'));

it('a new bot compiles as it is written', () => {
  const { 'bot.ts': bot = '', 'record.ts': record = '' } = botFiles('travel-expense');
  expect(bot).toContain('export const travelExpense = defineBot');
  expect(faultsOfCode(asBlocks([bot.replace('./record.ts', './block1.ts'), record]))).toEqual([]);
});

it('a new bot stands behind those that are there, and its import in order', () => {
  const before = readFileSync('bots/index.ts', 'utf8');
  const after = registered(before, 'expense');
  const imports = [...after.matchAll(/from '(\.\/[^']+)'/g)].map(([, path]) => path);
  expect(imports).toContain('./expense/bot.ts');
  expect(imports).toEqual(imports.toSorted());
  expect(after).toMatch(/readonly Bot\[\] = \[[^\]]+, expense\];/);
  const added = new Set(after.split('\n').filter((line) => !before.includes(line)));
  expect(added.size).toBe(2);
});
