import { XMLParser } from 'fast-xml-parser';
import { markedEncoding } from '../characters.ts';

/** As values read by it are marked. */
export const XML_READER = 'fast-xml-parser 5.12.1';

/** An element of a parsed file, by local names: its children, its text as `#text`, its attributes with `@` before them. */
export interface XmlElement {
  readonly [name: string]: readonly XmlElement[] | string | undefined;
}

/** More than any invoice needs: a thousand lines of a verbose standard are some 2 MB. */
const MOST_BYTES = 20_000_000;
const MOST_DEPTH = 60;
const LOOK_BYTES = 1_000;
const TEXT = '#text';
/** Entities of one's own are how a small file swells or reads others: a file that declares any is not read. */
const DECLARES_TYPES = /<!(?:DOCTYPE|ENTITY)/iu;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  alwaysCreateTextNode: true,
  textNodeName: TEXT,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: false,
  maxNestedTags: MOST_DEPTH,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** The file's root element under its name; undefined for what is no XML, declares entities, or is larger or deeper than invoices are. */
export function parseXml(bytes: Uint8Array): XmlElement | undefined {
  // The parser takes many times the size of what is no XML at all.
  if (bytes.length > MOST_BYTES || !/^\s*</u.test(decodeXml(bytes.subarray(0, LOOK_BYTES)))) return undefined;
  try {
    const text = decodeXml(bytes);
    return DECLARES_TYPES.test(text) ? undefined : (parser.parse(text) as XmlElement);
  } catch {
    return undefined;
  }
}

/** Characters by byte order mark, else by what the declaration names, else UTF-8. */
export function decodeXml(bytes: Uint8Array): string {
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/u.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  )?.[1];
  return new TextDecoder(markedEncoding(bytes) ?? known(declared) ?? 'utf-8').decode(bytes);
}

function known(label: string | undefined): string | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** All elements at a path below `from`: `Party/PartyName`. A step may name alternatives: `Item|Product/Name`. */
export function elementsAt(from: XmlElement | undefined, path: string): readonly XmlElement[] {
  let found = from === undefined ? [] : [from];
  for (const step of path.split('/')) {
    const names = step.split('|');
    found = found.flatMap((element) => names.flatMap((name) => childrenOf(element, name)));
  }
  return found;
}

/** The first text that is not empty at the first of the paths that has one, single-spaced. */
export function textAt(from: XmlElement | undefined, ...paths: readonly string[]): string | undefined {
  const texts = paths.flatMap((path) => elementsAt(from, path).map(textOf));
  return texts.find((text) => text !== '');
}

export function textOf(element: XmlElement): string {
  const text = element[TEXT];
  return typeof text === 'string' ? decodeEntities(text).replace(/\s+/gu, ' ').trim() : '';
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five names XML knows, and characters by number. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/giu, (whole, decimal, hex, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  const children = Object.hasOwn(element, name) ? element[name] : undefined;
  return typeof children === 'object' ? children : [];
}
