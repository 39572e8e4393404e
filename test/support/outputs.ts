import { readdir, readFile } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { holds } from '../../chaos/outputs.ts';

/** Everything one place holds, by its parts' names: tables, keys, files, addresses. */
export type Outputs = ReadonlyMap<string, string>;

/** Every key's value as Redis would write it to its dump; the server must not compress (`rdbcompression no`). */
export async function redisKeysOf(url: string): Promise<Outputs> {
  const redis = new Redis(url);
  try {
    const found = new Map<string, string>();
    for (const key of await redis.keys('*')) {
      const value = await redis.dumpBuffer(key);
      found.set(key, `${key} ${value?.toString('latin1')}`);
    }
    return found;
  } finally {
    await redis.quit();
  }
}

/** What every address of the API that only shows answers, asked for each of these ids where it takes one. */
export async function answersOf(console: string, token: string, ids: readonly string[]): Promise<Outputs> {
  const headers = { authorization: `Bearer ${token}` };
  const description: { paths: Record<string, Record<string, unknown>> } = await (
    await fetch(new URL('/api/openapi.json', console), { headers })
  ).json();
  const addresses = Object.entries(description.paths)
    .filter(([address, methods]) => 'get' in methods && address !== '/api/events')
    .flatMap(([address]) => (address.includes('{') ? ids.map((id) => address.replace(/\{\w+\}/, id)) : [address]));
  const found = new Map<string, string>();
  for (const address of addresses) {
    const answer = await fetch(new URL(address, console), { headers });
    found.set(
      address,
      `${JSON.stringify([...answer.headers])} ${Buffer.from(await answer.arrayBuffer()).toString('latin1')}`,
    );
  }
  return found;
}

/** The command lines and environments of all processes that this one started, and of those they started. */
export async function processesBelow(parent = process.pid): Promise<Outputs> {
  const found = new Map<string, string>();
  for (const child of await childrenOf(parent)) {
    const parts = await whileItRuns(
      Promise.all(['cmdline', 'environ'].map((part) => readFile(`/proc/${child}/${part}`, 'latin1'))),
    );
    if (!parts) continue;
    found.set(`process ${child}: ${parts[0]!.replaceAll('\0', ' ').slice(0, 400)}`, parts.join('\0'));
    for (const [name, output] of await processesBelow(child)) found.set(name, output);
  }
  return found;
}

async function childrenOf(parent: number): Promise<number[]> {
  const threads = (await whileItRuns(readdir(`/proc/${parent}/task`))) ?? [];
  const files = threads.map((thread) => whileItRuns(readFile(`/proc/${parent}/task/${thread}/children`, 'utf8')));
  const lists = (await Promise.all(files)).filter((list) => list !== undefined);
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** What the system tells of a process; undefined where it ended since it was listed. */
async function whileItRuns<R>(telling: Promise<R>): Promise<R | undefined> {
  try {
    return await telling;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ESRCH' || code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The parts that hold one of these texts, as it stands or as programs often write it. */
export function partsWith(outputs: ReadonlyMap<string, string | Buffer>, ...texts: readonly string[]): string[] {
  return [...outputs].filter(([, output]) => holds(output, ...texts)).map(([name]) => name);
}
