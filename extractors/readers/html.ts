import { htmlToText } from 'html-to-text';

/** As values read by it are marked. */
export const HTML_READER = 'html-to-text 10.0.1';

const LINE = 90;
const MOST_LETTERS = 5_000_000;
const MOST_DEPTH = 200;
const MOST_CHILDREN = 20_000;

/**
 * The words of a web page or an HTML mail, tables in columns; of a very long one only those at its beginning. Nothing is
 * fetched: pictures and links are left out.
 */
export function textOfHtml(html: string): { readonly text: string; readonly isWhole: boolean } {
  const skipped = ['img', 'script', 'style', 'noscript', 'head'].map((selector) => ({ selector, format: 'skip' }));
  const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
    selector,
    options: { uppercase: false },
  }));
  const text = htmlToText(html, {
    wordwrap: LINE,
    limits: { maxInputLength: MOST_LETTERS, maxDepth: MOST_DEPTH, maxChildNodes: MOST_CHILDREN },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
      ...headings,
      ...skipped,
    ],
  });
  return { text, isWhole: html.length <= MOST_LETTERS };
}
