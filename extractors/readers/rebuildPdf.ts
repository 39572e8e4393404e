import { constants, inflateSync } from 'node:zlib';

/** An object of a PDF as it stands in the file: what is between `obj` and `endobj`, its stream apart. */
interface FoundObject {
  readonly number: number;
  readonly generation: number;
  readonly head: string;
  readonly stream: Buffer | undefined;
}

const MOST_UNPACKED_BYTES = 50_000_000;
const MOST_OBJECTS = 500_000;
const IS_PAGE = /\/Type\s*\/Page(?![a-zA-Z])/u;
const IS_TREE = /\/Type\s*\/Pages(?![a-zA-Z])/u;
const IS_CATALOG = /\/Type\s*\/Catalog(?![a-zA-Z])/u;
const IS_PACK = /\/Type\s*\/ObjStm(?![a-zA-Z])/u;

/** Whether a file ends before its table of contents does: cut in transfer, its last pages are gone. */
export function isCutShort(bytes: Uint8Array): boolean {
  const file = asBuffer(bytes);
  const lastObject = file.lastIndexOf('endobj');
  return Math.max(file.lastIndexOf('startxref'), file.lastIndexOf('%%EOF')) < Math.max(lastObject, 0);
}

/**
 * A new file from the objects that can be found in a damaged one, whatever its tables say: a new table of contents, and
 * a page tree of all pages there are, in the order of what is left of the old one, then as they stand. Undefined where
 * no page is left.
 */
export function rebuildPdf(bytes: Uint8Array): Buffer | undefined {
  const file = asBuffer(bytes).toString('latin1');
  const encryption = /\/Encrypt\s+(\d+\s+\d+\s+R)/u.exec(file)?.[1];
  const objects = findObjects(file);
  // What is packed in an encrypted file can only be unpacked by who has its key.
  if (encryption === undefined) unpack(objects);
  const pages = inOrder(objects);
  if (pages.length === 0) return undefined;
  const catalog = [...objects.values()].findLast(({ head }) => IS_CATALOG.test(head))?.head ?? '';
  return write(objects, pages, {
    kept: ['AcroForm', 'Names'].map((key) => entry(catalog, key)).join(''),
    secret: encryption === undefined ? '' : `/Encrypt ${encryption} ${entry(file, 'ID')}`,
  });
}

/** All pages: those that the page trees name, in their order, then the others. */
function inOrder(objects: ReadonlyMap<number, FoundObject>): FoundObject[] {
  const ordered = new Set<FoundObject>();
  const seen = new Set<number>();
  const visit = (number: number) => {
    const object = objects.get(number);
    if (!object || seen.has(number)) return;
    seen.add(number);
    if (IS_PAGE.test(object.head)) ordered.add(object);
    else for (const kid of kidsOf(object.head)) visit(kid);
  };
  for (const { number, head } of objects.values()) if (IS_TREE.test(head) && !/\/Parent\s/u.test(head)) visit(number);
  for (const object of objects.values()) if (IS_PAGE.test(object.head)) ordered.add(object);
  return [...ordered];
}

function kidsOf(head: string): number[] {
  const kids = /\/Kids\s*\[([^\]]*)\]/u.exec(head)?.[1] ?? '';
  return Array.from(kids.matchAll(/(\d+)\s+\d+\s+R/gu), (match) => Number(match[1]));
}

/** Every object by its number; where a number comes twice, the later one counts. */
function findObjects(file: string): Map<number, FoundObject> {
  const objects = new Map<number, FoundObject>();
  const header = /(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b/gu;
  for (let match = header.exec(file); match && objects.size < MOST_OBJECTS; match = header.exec(file)) {
    const from = match.index + match[0].length;
    const { head, stream, end } = bodyAt(file, from);
    const number = Number(match[1]);
    objects.set(number, { number, generation: Number(match[2]), head, stream });
    header.lastIndex = Math.max(end, from);
  }
  return objects;
}

function bodyAt(file: string, from: number): { head: string; stream: Buffer | undefined; end: number } {
  const body = /endobj|(?<!end)stream(?=\r?\n)|(?<!\d)\d{1,10}\s+\d{1,5}\s+obj\b/gu;
  body.lastIndex = from;
  const stop = body.exec(file);
  const headEnd = stop?.index ?? file.length;
  const head = file.slice(from, headEnd);
  if (stop?.[0] !== 'stream') return { head, stream: undefined, end: headEnd };
  const start = headEnd + (file.startsWith('\r\n', headEnd + 6) ? 8 : 7);
  const closing = file.indexOf('endstream', start);
  const end = closing < 0 ? file.length : closing;
  return { head, stream: Buffer.from(file.slice(start, end), 'latin1'), end };
}

/** Adds what lies in object streams, as far as they can be unpacked. */
function unpack(objects: Map<number, FoundObject>): void {
  for (const { head, stream } of [...objects.values()]) {
    if (!stream || !IS_PACK.test(head)) continue;
    const first = Number(/\/First\s+(\d+)/u.exec(head)?.[1] ?? 0);
    const text = unpacked(head, stream).toString('latin1');
    const places = (text.slice(0, first).match(/\d+/gu) ?? []).map(Number);
    for (let at = 0; at + 1 < places.length; at += 2) {
      const number = places[at]!;
      const from = first + places[at + 1]!;
      const to = first + (places[at + 3] ?? text.length);
      if (from < text.length && !objects.has(number)) {
        objects.set(number, { number, generation: 0, head: text.slice(from, to), stream: undefined });
      }
    }
  }
}

/** Half a packed stream still gives its first half. */
function unpacked(head: string, stream: Buffer): Buffer {
  if (!/\/FlateDecode/u.test(head)) return stream;
  try {
    return inflateSync(stream, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED_BYTES });
  } catch {
    return Buffer.alloc(0);
  }
}

/** `/Key value` of a dictionary, where the value is a reference, an array or a dictionary; else nothing. */
function entry(dictionary: string, key: string): string {
  const match = new RegExp(`/${key}\\s*(\\d+\\s+\\d+\\s+R|<<|\\[)`, 'u').exec(dictionary);
  const opening = match?.[1];
  if (!match || opening === undefined) return '';
  if (opening !== '<<' && opening !== '[') return `/${key} ${opening} `;
  const value = balanced(dictionary, match.index + match[0].length - opening.length, opening);
  return value === undefined ? '' : `/${key} ${value} `;
}

function balanced(text: string, from: number, opening: '<<' | '['): string | undefined {
  const marks = opening === '<<' ? /<<|>>/gu : /[[\]]/gu;
  marks.lastIndex = from;
  let depth = 0;
  for (let match = marks.exec(text); match && match.index < from + 100_000; match = marks.exec(text)) {
    depth += match[0] === opening ? 1 : -1;
    if (depth === 0) return text.slice(from, match.index + match[0].length);
  }
  return undefined;
}

function write(
  objects: ReadonlyMap<number, FoundObject>,
  pages: readonly FoundObject[],
  { kept, secret }: { kept: string; secret: string },
): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const places: { number: number; generation: number; at: number }[] = [];
  let length = parts[0]!.length;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  const addObject = ({ number, generation, head, stream }: FoundObject) => {
    places.push({ number, generation, at: length });
    const sized = stream ? head.replace(/\/Length\s+\d+(?:\s+\d+\s+R)?/u, `/Length ${stream.length}`) : head;
    add(Buffer.from(`${number} ${generation} obj\n${sized}\n`, 'latin1'));
    if (stream) [Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')].forEach(add);
    add(Buffer.from('endobj\n'));
  };
  for (const object of objects.values()) {
    if (!IS_PACK.test(object.head) || secret !== '') addObject(object);
  }
  const tree = Math.max(...objects.keys()) + 1;
  const kids = pages.map(({ number, generation }) => `${number} ${generation} R`).join(' ');
  const made = (number: number, head: string): FoundObject => ({ number, generation: 0, head, stream: undefined });
  addObject(made(tree, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`));
  addObject(made(tree + 1, `<< /Type /Catalog /Pages ${tree} 0 R ${kept}>>`));

  const at = length;
  const rows = places.map(
    ({ number, generation, at: place }) =>
      `${number} 1\n${String(place).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`,
  );
  add(Buffer.from(`xref\n0 1\n0000000000 65535 f \n${rows.join('')}`));
  add(
    Buffer.from(`trailer\n<< /Size ${tree + 2} /Root ${tree + 1} 0 R ${secret}>>\nstartxref\n${at}\n%%EOF\n`, 'latin1'),
  );
  return Buffer.concat(parts);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
