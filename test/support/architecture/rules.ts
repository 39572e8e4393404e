/**
 * The walls of the house. What a folder may import is a decision: change it here, say why in docs/decisions.md,
 * and the table in docs/architecture.md follows (a test compares them).
 */

/** One area of the tree: everything below `folder` that no longer folder name claims. */
export interface Area {
  readonly folder: string;
  /** Areas it may import through their door, `#name`. `all` is for the places that put everything together. */
  readonly imports: readonly string[] | 'all';
  /** Areas of which it may import types only. */
  readonly types?: readonly string[];
  /** npm packages it may import; `all` for tests and measurements. */
  readonly packages: readonly string[] | 'all';
  /** Packages of which it may import types only. */
  readonly packageTypes?: readonly string[];
  /** Reads process.env. */
  readonly environment?: true;
  /** Prints: a person reads what it writes. */
  readonly prints?: true;
  /** Its files are started, not imported: they may do something when they are loaded. */
  readonly started?: true;
}

export const AREAS: readonly Area[] = [
  { folder: 'core', imports: [], packages: ['zod', 'pino'] },
  { folder: 'config', imports: ['core'], packages: ['zod'], environment: true },
  { folder: 'store', imports: ['core'], packages: ['kysely', 'pg', '@electric-sql/pglite', 'zod'] },
  { folder: 'archive', imports: ['core'], packages: [] },
  { folder: 'vault', imports: ['core'], packages: ['zod'] },
  { folder: 'queues', imports: ['core', 'store'], packages: ['bullmq', 'ioredis', 'pg', 'croner', 'zod'] },
  {
    folder: 'office',
    imports: ['core', 'queues', 'store', 'archive'],
    packages: ['zod', 'chokidar', 'croner'],
  },
  {
    folder: 'extractors',
    imports: ['core', 'archive'],
    packages: [
      'zod',
      'pdfjs-dist',
      'pdf-parse',
      '@hyzyla/pdfium',
      'tesseract.js',
      'sharp',
      'file-type',
      'postal-mime',
      'html-to-text',
      'fast-xml-parser',
      'echarts',
      'ibantools',
      'jsvat',
      'cli-progress',
    ],
  },
  { folder: 'runner', imports: ['core', 'archive', 'extractors'], packages: ['zod', 'playwright-core'] },
  // A bot may be handed a page of the browser; it may not start one.
  { folder: 'bots', imports: ['runner', 'extractors'], packages: ['zod'], packageTypes: ['playwright-core'] },
  {
    folder: 'console/server',
    imports: ['core'],
    packages: [
      'zod',
      'fastify',
      'fastify-type-provider-zod',
      '@fastify/multipart',
      '@fastify/static',
      '@fastify/swagger',
    ],
  },
  {
    folder: 'console/web',
    imports: [],
    types: ['core'],
    packages: [
      'react',
      'react-dom',
      '@mantine/core',
      '@mantine/hooks',
      '@tanstack/react-query',
      'wouter',
      'vite',
      '@vitejs/plugin-react',
      'echarts',
    ],
  },
  { folder: 'demo/ledger', imports: [], packages: [] },
  {
    folder: 'demo',
    imports: ['core'],
    packages: ['zod', 'pdfkit', 'sharp', '@hyzyla/pdfium', 'ibantools', 'jsvat', 'cli-progress'],
    prints: true,
  },
  { folder: 'bin', imports: 'all', packages: ['playwright-core'], environment: true, prints: true, started: true },
  { folder: 'bench', imports: 'all', packages: 'all', environment: true, prints: true, started: true },
  {
    folder: 'chaos',
    imports: 'all',
    packages: ['zod', 'pg', 'ioredis', 'bullmq', 'playwright-core'],
    environment: true,
    prints: true,
  },
  { folder: 'test', imports: 'all', packages: 'all', environment: true, prints: true, started: true },
];

/** What puts everything together: files at the top of the tree, `cli/`, and the demo's run. */
export const COMPOSITION: Area = {
  folder: '.',
  imports: 'all',
  packages: ['zod', 'pino', 'commander', 'cli-progress', 'chokidar', 'playwright-core', 'vitest'],
  environment: true,
  prints: true,
};

export function putsTogether(file: string): boolean {
  return !file.includes('/') || file.startsWith('cli/') || file === 'demo/run.ts';
}

/** Files that are started, not imported: only they may do something when they are loaded. */
export const STARTED: readonly string[] = [
  'cli.ts',
  'demo/run.ts',
  'demo/ledger/child.ts',
  'extractors/readers/readingProcess.ts',
  'extractors/readers/readingProcessWatch.ts',
  'extractors/readers/withoutNetwork.ts',
  'console/web/main.tsx',
  'chaos/main.ts',
  'chaos/scheduler/child.ts',
  'chaos/worker/child.ts',
  'chaos/worker/queueAlone.ts',
];

/** What a folder is called behind its `#`, where the name is not the folder's own. */
export const DOORS: Readonly<Record<string, string>> = { '#console': 'console/server' };

export const MAX_LINES = 400;
