const MASK = '…';

/** Numbers of a screen's own are short: `nth=1`, `f10`, `2003`. Longer ones are amounts, dates, keys of records. */
const LONG_NUMBER = /\d(?:[\d.,/-]*\d){4,}/g;

/** With what stands before it, where that tells that it is a name of the application's own markup. */
const QUOTED = /(\[(?:name|id|type)[~|^$*]?=)?(?:"([^"]*)"|'([^']*)')/g;
/** How screens write such names. */
const MARKUP_NAME = /^[\w.:-]{1,24}$/;
const UNQUOTED = /\[(?!(?:name|id|type)[~|^$*]?=)([\w-]+[~|^$*]?=)[^\]"']+\]/g;

/**
 * Where something stands, without what it was looked for by: words on the page are values as often as captions, and so is
 * whatever a selector has in quotation marks. Names in the application's own markup stay but for long numbers.
 */
export function maskedSelector(selector: string): string {
  return unquoted(selector).split(' >> ').map(maskedPart).join(' >> ');
}

/** First of all, since what is quoted may hold whatever else divides selectors. */
function unquoted(selector: string): string {
  // With escapes, which each engine has in its own way, it cannot be told where a quotation ends but the last one.
  if (selector.includes('\\')) return selector.replace(/["'].*["']/s, `"${MASK}"`).replace(/\\.*$/s, MASK);
  const masked = selector.replace(QUOTED, (_, before = '', double?: string, single?: string) => {
    const name = double ?? single ?? '';
    return `${before}"${before && MARKUP_NAME.test(name) ? name : MASK}"`;
  });
  return masked.replace(/^((?:[^"']|"[^"]*")*)["'][^"']*$/s, `$1${MASK}`);
}

function maskedPart(part: string): string {
  if (part.startsWith('internal:')) {
    return part.replace(/^(internal:[\w:-]+)(?:=(button|link|row|cell|textbox|combobox)?.*)?$/s, `$1=$2${MASK}`);
  }
  return part
    .replace(/^(text(?::light)?|role)=(button|link|row|cell|textbox|combobox)?.*$/s, `$1=$2${MASK}`)
    .replace(UNQUOTED, `[$1${MASK}]`)
    .replace(LONG_NUMBER, MASK);
}

/** The page, without who asked for it and what was asked; parts of its path that only encoding lets through are values. */
export function maskedAddress(address: string): string {
  const url = URL.parse(address);
  if (!url) return MASK;
  const parts = url.pathname.split('/').map((part) => (part.includes('%') ? MASK : part));
  return `${url.origin === 'null' ? url.protocol : url.origin}${parts.join('/').replace(LONG_NUMBER, MASK)}`;
}

/** The text without these values, in whatever case; of one or two characters they say nothing. */
export function withoutValues(text: string, values: Iterable<string>): string {
  const telling = [...new Set(values)].filter((value) => value.length > 2).sort((a, b) => b.length - a.length);
  const literal = (value: string) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return telling.length === 0 ? text : text.replace(new RegExp(telling.map(literal).join('|'), 'gi'), MASK);
}
