import { describe, expect, it } from 'vitest';
import { breaches } from './support/architecture/check.ts';
import { sourcesOfTheTree } from './support/architecture/tree.ts';

describe('the tree', () => {
  it('keeps its own rules', () => {
    const sources = sourcesOfTheTree();
    expect(sources.length).toBeGreaterThan(50);
    expect(breaches(sources)).toEqual([]);
    // It parses two thirds of the tree, which a machine that is busy with browsers takes its time for.
  }, 60_000);
});

/** The breaches of one made-up file. */
function found(file: string, text: string): string[] {
  return breaches([{ file, text }]);
}

describe('the checker', () => {
  it.each([
    ['a static import', `import { a } from '#queues';`],
    ['an import for its effects', `import '#queues';`],
    ['an import of types', `import type { A } from '#queues';`],
    ['a re-export', `export { a } from '#queues';`],
    ['a re-export of everything', `export * from '#queues';`],
    ['a dynamic import', `const q = await import('#queues');`],
    ['a type in place', `let q: import('#queues').A;`],
    ['a dynamic import in a template', 'const q = await import(`#queues`);'],
  ])('sees %s across a wall', (_, text) => {
    expect(found('runner/run.ts', text)).toEqual([
      expect.stringContaining('runner/run.ts imports #queues: runner may'),
    ]);
  });

  it('is not fooled by comments and strings', () => {
    expect(found('runner/run.ts', `// import '#queues'\nconst s = "import '#queues'";`)).toEqual([]);
  });

  it('lets a folder be entered only through its door', () => {
    expect(found('runner/run.ts', `import { a } from '../extractors/fields/money.ts';`)).toEqual([
      expect.stringContaining('reaches into extractors/fields/money.ts'),
    ]);
    expect(found('runner/run.ts', `const child = new URL('../extractors/child.ts', import.meta.url);`)).toHaveLength(1);
    expect(found('runner/run.ts', `import { a } from './effects/ledger.ts';`)).toEqual([]);
  });

  it('lets a folder enter a part of its own through that part’s door', () => {
    expect(found('demo/compare.ts', `import { readLedger } from './ledger/index.ts';`)).toEqual([]);
    expect(found('demo/compare.ts', `import { Books } from './ledger/journal.ts';`)).toHaveLength(1);
    expect(found('demo/ledger/pages.ts', `import { compare } from '../compare.ts';`)).toHaveLength(1);
  });

  it('lets no folder enter itself through its own door', () => {
    expect(found('store/claim.ts', `import { a } from '#store';`)).toEqual([expect.stringContaining('its own folder')]);
  });

  it('lets the web take types of core, not code', () => {
    expect(found('console/web/src/api.ts', `import type { Task } from '#core';`)).toEqual([]);
    expect(found('console/web/src/api.ts', `import { type Task } from '#core';`)).toEqual([]);
    expect(found('console/web/src/api.ts', `import { newId } from '#core';`)).toEqual([
      expect.stringContaining('`import type`'),
    ]);
  });

  it('keeps bots apart, and applications from bots', () => {
    expect(found('bots/delivery-note/bot.ts', `import { l } from '../apps/ledger/app.ts';`)).toEqual([]);
    expect(found('bots/delivery-note/bot.ts', `import { r } from '../supplier-invoice/invoice.ts';`)).toHaveLength(1);
    expect(found('bots/apps/ledger/app.ts', `import { r } from '../../supplier-invoice/invoice.ts';`)).toHaveLength(1);
    expect(found('bots/apps/ledger/app.ts', `import { o } from '../otherRecords.ts';`)).toEqual([]);
    expect(found('bots/apps/ledger/app.ts', `import { s } from '../sql-ledger/app.ts';`)).toHaveLength(1);
    expect(found('bots/delivery-note/bot.ts', `import { v } from '../vendor.ts';`)).toEqual([]);
    expect(found('bots/delivery-note/bot.ts', `import { b } from '../index.ts';`)).toHaveLength(1);
    expect(found('bots/index.ts', `import { b } from './supplier-invoice/bot.ts';`)).toEqual([]);
    expect(found('bots/delivery-note/bot.ts', `import { b } from '#core';`)).toHaveLength(1);
  });

  it('keeps packages where they belong', () => {
    expect(found('runner/run.ts', `import { Queue } from 'bullmq';`)).toEqual([
      expect.stringContaining('imports the package bullmq: runner may use only'),
    ]);
    expect(found('bots/delivery-note/bot.ts', `import { chromium } from 'playwright-core';`)).toHaveLength(1);
    expect(found('bots/delivery-note/bot.ts', `import type { Frame } from 'playwright-core';`)).toEqual([]);
    expect(found('console/server/app.ts', `import multipart from '@fastify/multipart';`)).toEqual([]);
    expect(found('core/ids.ts', `import { readFileSync } from 'fs';`)).toEqual([expect.stringContaining(`'node:fs'`)]);
  });

  it.each([
    `const home = process.env.HOME;`,
    `const home = process['env']['HOME'];`,
    `const { env } = process;`,
    `import { env } from 'node:process';`,
  ])('sees the environment read by %s', (text) => {
    expect(found('bots/delivery-note/bot.ts', text)).toEqual([expect.stringContaining('reads the environment')]);
    expect(found('config/load.ts', text)).toEqual([]);
  });

  it('sees printing', () => {
    expect(found('queues/worker.ts', `const say = () => console.log('x');`)).toEqual([
      expect.stringContaining('prints'),
    ]);
    expect(found('cli.ts', `console.log('x');`)).toEqual([]);
  });

  it('sees what happens on import', () => {
    expect(found('queues/worker.ts', `start();`)).toEqual([expect.stringContaining('as soon as it is imported')]);
    expect(found('queues/worker.ts', `if (import.meta.main) start();`)).toHaveLength(1);
    expect(found('queues/worker.ts', `export function start() { run(); }\nexport default start;`)).toEqual([]);
    expect(found('demo/ledger/child.ts', `process.on('disconnect', stop);`)).toEqual([]);
  });

  it('sees files past the limit', () => {
    expect(found('core/ids.ts', 'const a = 1;\n'.repeat(400))).toEqual([]);
    expect(found('core/ids.ts', 'const a = 1;\n'.repeat(401))).toEqual([expect.stringContaining('401 lines')]);
  });

  it('sees a folder nobody planned', () => {
    expect(found('helpers/misc.ts', '')).toEqual([expect.stringContaining('lies in no known folder')]);
  });

  it('tells a circle between folders once', () => {
    const circle = breaches([
      { file: 'store/a.ts', text: `import type { Q } from '#queues';` },
      { file: 'queues/b.ts', text: `import { S } from '#store';` },
    ]);
    expect(circle).toContainEqual(expect.stringContaining('circle: queues → store → queues'));
    expect(circle.filter((line) => line.includes('circle'))).toHaveLength(1);
  });

  it('says which file it could not read', () => {
    expect(() => found('core/ids.ts', 'const = ;')).toThrow('core/ids.ts cannot be parsed');
  });
});
