import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests with real parts: databases, browsers, OCR, processes. The rest is fast: no I/O worth waiting for. */
const THOROUGH = [
  'test/{conformance,faults,e2e,golden}/**/*.test.ts',
  'test/extractors/readers/**/*.test.ts',
  'test/demo/{ledger,papers}/**/*.test.ts',
  'test/cli/**/*.test.ts',
  'test/office/{localOffice,inbox}.test.ts',
  'test/{runner,bots,console,bin}/**/*.{browser,process}.test.ts',
];

export default defineConfig({
  test: {
    pool: 'forks',
    // Tests with browsers and faults mostly wait: on a machine of two cores one at a time leaves more than half of it idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: THOROUGH, testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'thorough',
          include: THOROUGH,
          globalSetup: ['test/support/servers.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
