const MASK = '…';

/** Numbers of a screen's own are short: `nth=1`, `f10`, `2003`. Longer ones are amounts, dates, keys of records. */
const LONG_NUMBER = /\d(?:[\d.,/-]*\d){4,}/g;

/**
 * Where something stands, without what it was looked for by: words on the page are values as often as captions. Selectors
 * of the application's own markup, in CSS and XPath, are written in screens, and stay but for long numbers.
 */
export function maskedSelector(selector: string): string {
  return selector
    .split(' >> ')
    .map((part) =>
      part.startsWith('internal:')
        ? part.replace(/^(internal:[\w:-]+)(?:=(button|link|row|cell|textbox|combobox)?.*)?$/s, `$1=$2${MASK}`)
        : part.replace(LONG_NUMBER, MASK),
    )
    .join(' >> ');
}

/** The page, without who asked for it and what was asked. */
export function maskedAddress(address: string): string {
  const url = URL.parse(address);
  return url ? `${url.origin === 'null' ? url.protocol : url.origin}${url.pathname.replace(LONG_NUMBER, MASK)}` : MASK;
}

/** The text without these values, in whatever case; of one or two characters they say nothing. */
export function withoutValues(text: string, values: Iterable<string>): string {
  const telling = [...new Set(values)].filter((value) => value.length > 2).sort((a, b) => b.length - a.length);
  const literal = (value: string) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return telling.length === 0 ? text : text.replace(new RegExp(telling.map(literal).join('|'), 'gi'), MASK);
}
