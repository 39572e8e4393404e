import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import pg from 'pg';

/** Every file below the folder; of archives (traces are such) also what is packed into them. */
export async function* filesBelow(folder: string): AsyncGenerator<readonly [name: string, bytes: Buffer]> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await contentsOf(file);
    yield [file, bytes];
    for (const [name, inner] of unpacked(bytes)) yield [`${file}#${name}`, inner];
  }
}

/** Servers tidy up beside whoever reads: what is gone by now holds nothing. */
async function contentsOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
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

/** Every row of every table of a database on a server, of whatever schema. */
export async function tablesOf(database: string): Promise<ReadonlyMap<string, string>> {
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

/** Whether it holds one of these texts, as it stands or as programs often write it. */
export function holds(output: string | Buffer, ...texts: readonly string[]): boolean {
  return texts.flatMap(formsOf).some((form) => output.includes(form));
}

function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [text, encodeURIComponent(text), bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
}
