import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rekey-launcher-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a script the way bin/ does: a launcher, and the script on Node 24 below it. */
function launch(source: string, ...args: string[]): ChildProcess {
  const script = path.join(folder, 'script.ts');
  writeFileSync(script, source);
  const launcher = path.join(folder, 'launcher.mjs');
  const node24 = pathToFileURL(path.resolve('bin/node24.mjs')).href;
  const run = `process.exitCode = await runOnNode24(${JSON.stringify(script)}, process.argv.slice(2));`;
  writeFileSync(launcher, `import { runOnNode24 } from ${JSON.stringify(node24)};\n${run}\n`);
  return spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = await once(child.stdout!, 'data');
  return String(chunk).trim();
}

const STAYS = `setInterval(() => {}, 1000);`;

describe('runOnNode24', () => {
  it('runs TypeScript on Node 24 with its arguments and passes its exit code on', async () => {
    const child = launch(
      `const code: number = 7; console.log(process.version, ...process.argv.slice(2)); process.exitCode = code;`,
      '--json',
      'a b',
    );
    expect(await firstLine(child)).toMatch(/^v24\.\S+ --json a b$/);
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('passes a request to end on, so that the script can end in order', async () => {
    const child = launch(`process.on('SIGTERM', () => process.exit(3)); console.log('ready'); ${STAYS}`);
    await firstLine(child);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([3, null]);
  });

  it('gives the usual exit code when the script was killed', async () => {
    const child = launch(`console.log(process.pid); ${STAYS}`);
    process.kill(Number(await firstLine(child)), 'SIGKILL');
    expect(await once(child, 'exit')).toEqual([137, null]);
  });

  it('leaves nothing running when the launcher itself is killed', async () => {
    const child = launch(`console.log(process.pid); ${STAYS}`);
    const pid = Number(await firstLine(child));
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 5000 });
  });
});
