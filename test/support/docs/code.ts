import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Block } from './blocks.ts';

const NODE = path.resolve('node_modules/.bin/node');
const TSC = path.resolve('node_modules/typescript/bin/tsc');

/** Which file of the checkout a block quotes: `ts file=bots/supplier-invoice/bot.ts`. */
export function quotedFile(block: Block): string | undefined {
  return block.marks.find((mark) => mark.startsWith('file='))?.slice('file='.length);
}

/** Whether the block stands in the file, line by line, whatever its indentation there. */
export function isQuoted(block: Block, file: string): boolean {
  const flat = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n');
  return flat(readFileSync(file, 'utf8')).includes(flat(block.text));
}

/**
 * Type-checks blocks as if they lay in the checkout, so that `#runner` means what it means there, and runs those
 * marked `run`. Gives one line per fault; an empty list means that all is well.
 */
export function faultsOfCode(blocks: readonly Block[]): string[] {
  if (blocks.length === 0) return [];
  mkdirSync('.rekey', { recursive: true });
  const folder = mkdtempSync(path.resolve('.rekey/docs-'));
  try {
    const files = blocks.map((block, number) => {
      const file = `block${number}.ts`;
      writeFileSync(path.join(folder, file), `${block.text}export {};\n`);
      return { block, file };
    });
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../tsconfig.json',
        compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
        include: ['*.ts'],
        exclude: [],
      }),
    );
    const types = spawnSync(NODE, [TSC, '--noEmit', '-p', folder], { cwd: folder, encoding: 'utf8' });
    const where = (text: string) => text.replace(/block(\d+)\.ts/g, (_, number) => blocks[Number(number)]!.where);
    const wrong = types.status === 0 ? [] : where(types.stdout).trim().split('\n');
    const failed = files.flatMap(({ block, file }) => {
      if (!block.marks.includes('run')) return [];
      const run = spawnSync(NODE, [file], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
      return run.status === 0 ? [] : [`${block.where} ended with ${run.status}: ${run.stderr}`];
    });
    return [...wrong, ...failed];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
