import { type Html, html } from '../html.ts';
import type { Form } from '../latin1.ts';

const PAGE_SIZE = 10;

export interface Slice<T> {
  readonly rows: readonly T[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

/** The page of the list that the query's `p` asks for, or the nearest there is. */
export function sliceOf<T>(items: readonly T[], query: Form): Slice<T> {
  const pages = Math.max(1, Math.ceil(items.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query.get('p'))) || 1));
  return { rows: items.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), page, pages, total: items.length };
}

/** "Page 2 of 3" with its links; the other search fields ride along in the address. */
export function pager(path: string, query: Form, { page, pages, total }: Slice<unknown>): Html {
  const link = (target: number, text: string) => html`<a href="${path}?${search(query, target)}">${text}</a> `;
  const previous = page > 1 ? link(page - 1, '<< Previous') : html``;
  const next = page < pages ? link(page + 1, 'Next >>') : html``;
  return html`<p><font color="#666666">${total} found. Page ${page} of ${pages}.</font> ${previous}${next}</p>`;
}

function search(query: Form, page: number): string {
  const kept = [...query].filter(([name]) => name !== 'p');
  return [...kept, ['p', String(page)]]
    .map(([name, value]) => `${encode(name ?? '')}=${encode(value ?? '')}`)
    .join('&');
}

/** Percent-encodes ISO-8859-1 bytes. */
function encode(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

export function list(captions: readonly string[], rows: readonly (readonly Html[])[]): Html {
  const head = captions.map((caption) => html`<th nowrap>${caption}</th>`);
  const lines = rows.map((cells, i) => {
    const color = i % 2 ? '#e0e6ec' : '#f6f7f9';
    return html`<tr bgcolor="${color}">${cells.map((cell) => html`<td nowrap>${cell}</td>`)}</tr>`;
  });
  return html`<table border="0" cellspacing="1" cellpadding="3" bgcolor="#7788aa"><tr>${head}</tr>
${lines}
</table>`;
}

/** Old screens had no room: the list cuts what the detail page shows in full. */
export function cutTo(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

export function containsText(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
