import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Everything one place holds, by its parts' names: tables, keys, files, addresses. */
export type Outputs = ReadonlyMap<string, string>;

/** Every row of every table, of whatever schema. */
export async function tablesOf(database: string): Promise<Outputs> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found = new Map<string, string>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      found.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return found;
  } finally {
    await client.end();
  }
}

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

/** Every file below the folder; of archives (traces are such) also what is packed into them. */
export async function filesBelow(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const found = new Map<string, Buffer>();
  for (const file of files) {
    const bytes = await readFile(file);
    found.set(file, bytes);
    for (const [name, inner] of unpacked(bytes)) found.set(`${file}#${name}`, inner);
  }
  return found;
}

const END_OF_DIRECTORY = Buffer.from('PK\u0005\u0006', 'latin1');
const DEFLATED = 8;

/** The files of a ZIP archive, as its directory lists them; none of anything else. */
function unpacked(zip: Buffer): [name: string, bytes: Buffer][] {
  const end = zip.lastIndexOf(END_OF_DIRECTORY);
  if (!zip.subarray(0, 2).equals(Buffer.from('PK')) || end < 0) return [];
  const files: [string, Buffer][] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, header] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const [nameLength, extraLength, remarkLength] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
      ...[number, number, number],
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const packed = zip.subarray(start, start + size);
    files.push([name, method === DEFLATED ? inflateRawSync(packed) : packed]);
    at += 46 + nameLength + extraLength + remarkLength;
  }
  return files;
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
  const forms = texts.flatMap((text) => [
    ...[text, encodeURIComponent(text), Buffer.from(text).toString('hex')],
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
  ]);
  return [...outputs].filter(([, output]) => forms.some((form) => output.includes(form))).map(([name]) => name);
}
