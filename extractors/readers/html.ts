import { htmlToText } from 'html-to-text';

/** As values read by it are marked. */
export const HTML_READER = 'html-to-text 10.0.1';

const LINE = 90;
const MOST_LETTERS = 5_000_000;
const MOST_DEPTH = 200;
const MOST_CHILDREN = 20_000;

/** Stands where something is left out. It has no meaning anywhere, icons of fonts included: nobody writes it. */
const LEFT_OUT = '\u{10fffd}';

/**
 * The words of a web page or an HTML mail, tables in columns; of what is very long, deep or wide only those at its
 * beginning. Nothing is fetched: pictures and links are left out.
 */
export function textOfHtml(html: string): { readonly text: string; readonly isWhole: boolean } {
  const skipped = ['img', 'script', 'style', 'noscript', 'title'].map((selector) => ({ selector, format: 'skip' }));
  const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
    selector,
    options: { uppercase: false },
  }));
  const text = htmlToText(html, {
    wordwrap: LINE,
    // Browsers show what stands beside the body too.
    baseElements: { selectors: [] },
    limits: { maxInputLength: MOST_LETTERS, maxDepth: MOST_DEPTH, maxChildNodes: MOST_CHILDREN, ellipsis: LEFT_OUT },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
      ...headings,
      ...skipped,
    ],
  });
  const isWhole = html.length <= MOST_LETTERS && !text.includes(LEFT_OUT);
  return { text: text.replaceAll(LEFT_OUT, ''), isWhole };
}
