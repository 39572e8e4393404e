import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the `rekey` command as a user does, on a data folder of the test's own and no server but those given. */
export function spawnRekey(data: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { DATABASE_URL: _, REDIS_URL: __, ...outside } = process.env;
  return spawn('node_modules/.bin/node', ['cli.ts', ...args], {
    env: { ...outside, REKEY_DATA: data, REKEY_PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the `rekey` command to its end; `input` is what it may read from stdin. */
export async function rekey(
  data: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ran> {
  const child = spawnRekey(data, args, env);
  child.stdin.end(input);
  const [[code], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}
