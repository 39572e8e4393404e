import type { Box, Page, Word } from '#core';
import { type Html, html } from '../html.ts';
import type { FieldCard } from './fieldCard.ts';
import type { Mark } from './marks.ts';

export interface PageParts {
  readonly page: Page;
  /** A WebP picture of the upright page; papers without pixels show their words instead. */
  readonly picture: Uint8Array | undefined;
  readonly marks: readonly Mark[];
  readonly fields: readonly FieldCard[];
}

const DOUBTFUL_WORD = 0.6;
const TOO_LONG = 'too long to be shown here';

/** A page's picture with three layers of boxes over it: words, what came into question, and the chosen values. */
export function pageFigure({ page, picture, marks, fields }: PageParts): Html {
  const { number, width, height, source, rotation, words, notes = [] } = page;
  const about = `Page ${number}: ${words.length} words from ${source === 'ocr' ? 'OCR' : 'the text layer'}${rotation ? `, turned by ${rotation}°` : ''}.`;
  return html`<figure class="page" id="page-${number}">
<div class="sheet">${picture ? image(picture, page) : html`<svg class="bare" viewBox="0 0 ${width} ${height}" aria-hidden="true">${words.map(wordText)}</svg>`}
<svg class="boxes" viewBox="0 0 ${width} ${height}" role="group" aria-label="Boxes on page ${number}">
<g class="words">${words.map(wordBox)}</g>
<g class="marks">${marks.map((mark) => rect(mark.box, mark.kind, `${mark.kind}: ${mark.text}`))}</g>
<g class="notes">${notes.map((note) => rect({ ...note, page: number }, 'note', `Comment: ${note.text || TOO_LONG}`))}</g>
<g class="values">${fields.flatMap((field) => fieldBoxes(field, number))}</g>
</svg></div>
<figcaption>${about}${notes.length > 0 && html`<ul>${notes.map(({ text }) => html`<li>Comment: ${text || TOO_LONG}</li>`)}</ul>`}</figcaption>
</figure>`;
}

function image(picture: Uint8Array, { number, width, height }: Page): Html {
  const data = Buffer.from(picture).toString('base64');
  return html`<img alt="Page ${number} as it was read" width="${Math.round(width)}" height="${Math.round(height)}" src="data:image/webp;base64,${data}">`;
}

function wordText({ text, x0, y0, x1, y1 }: Word): Html {
  return html`<text x="${fixed(x0)}" y="${fixed(y1 - 0.2 * (y1 - y0))}" font-size="${fixed(0.85 * (y1 - y0))}" textLength="${fixed(x1 - x0)}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
}

function wordBox(word: Word): Html {
  const doubtful = word.confidence < DOUBTFUL_WORD;
  return rect(word, doubtful ? 'doubtful' : 'sure', `${word.text} (${Math.round(100 * word.confidence)} %)`);
}

function fieldBoxes({ id, name, value, sources }: FieldCard, number: number): Html[] {
  return sources.flatMap((source, i) => {
    if (source.page !== number || source.x1 <= source.x0) return [];
    return html`<a href="#${id}" id="${id}-box-${i}" class="of-${id}" aria-label="${name}: ${value ?? 'no value'}">${rect(around(source), 'value', `${name}: ${value ?? ''}`)}</a>`;
  });
}

/** A stroke drawn right at the letters would hide them. */
function around({ x0, y0, x1, y1, page }: Box): Box {
  const room = 0.15 * (y1 - y0);
  return { page, x0: x0 - room, y0: y0 - room, x1: x1 + room, y1: y1 + room };
}

function rect({ x0, y0, x1, y1 }: Box, kind: string, title: string): Html {
  return html`<rect class="${kind}" x="${fixed(x0)}" y="${fixed(y0)}" width="${fixed(x1 - x0)}" height="${fixed(y1 - y0)}"><title>${title}</title></rect>`;
}

function fixed(pixels: number): string {
  return pixels.toFixed(1);
}
