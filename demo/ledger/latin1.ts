/*
 * The application's only character set is ISO-8859-1. Browsers take that name for windows-1252 and send what even that
 * cannot hold as a numeric entity: "€" arrives as byte 80 and becomes "?", "Ł" arrives, and stays, as "&#321;".
 */

/** Text as ISO-8859-1 can hold it: every other character is a question mark. */
export function fitLatin1(text: string): string {
  return text.normalize('NFC').replace(/[\u0080-\u009f\u{100}-\u{10ffff}]/gu, '?');
}

export type Form = ReadonlyMap<string, string>;

/** Fields of a query or a form body (`application/x-www-form-urlencoded` bytes, one character each). */
export function readForm(encoded: string): Form {
  const pairs = encoded.split('&').filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('=')).trim()];
    }),
  );
}

function decode(text: string): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return fitLatin1(bytes);
}
