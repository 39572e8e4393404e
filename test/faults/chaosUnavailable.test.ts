import { execFile } from 'node:child_process';
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** What `npm run chaos` says on a machine that has no other programs on its path than this one. */
async function chaosWithout(...flags: readonly string[]) {
  const bin = await mkdtemp(path.join(tmpdir(), 'rekey-path-'));
  await symlink(process.execPath, path.join(bin, 'node'));
  const main = fileURLToPath(new URL('../../chaos/main.ts', import.meta.url));
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [main, ...flags], { env: { PATH: bin } }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    );
  });
}

describe('a machine that has no Redis', () => {
  it.each([
    ['everything', []],
    ['a fault of that profile alone', ['--fault', 'redis-flushed', '--json']],
  ])('passes nothing when asked for %s: it says what to install', async (_, flags) => {
    const { code, out, err } = await chaosWithout(...flags);
    expect(code).toBe(69);
    expect(out).toBe('');
    expect(err).toMatch(/^The profile redis needs (redis-server|postgresql): install it/m);
  });
});

it('a point that no fault knows ends the command with the list of those there are', { timeout: 600_000 }, async () => {
  const flags = ['--quick', '--fault', 'people-answer-at-odds', '--profile', 'embedded', '--point', 'nope'];
  const { code, out, err } = await chaosWithout(...flags);
  expect(err).toContain('Unknown point: nope.');
  expect(err).toContain('people-answer-at-odds embedded: the same person twice, two people at once');
  expect(code).toBe(64);
  expect(out).toBe('');
});
