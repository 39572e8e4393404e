import type { Frame } from 'playwright-core';
import { type Session, SystemException, shownBeside } from '#runner';
import { openPage } from './app.ts';

/** One of the application's searches: its page, and what goes into its search fields. */
export interface Enquiry {
  readonly path: string;
  readonly search: Readonly<Record<string, string>>;
}

/**
 * Opens, one after the other, the detail pages of everything an enquiry finds, and yields each while it is shown;
 * afterwards the last one still is. Lists cut long numbers and names, so what a row is can be told on its detail page only.
 */
export async function* found(session: Session, enquiry: Enquiry): AsyncGenerator<Frame> {
  for await (const { rows } of listed(session, enquiry)) {
    for (const { path } of rows) yield await openPage(session, path);
  }
}

/** A page of the list that an enquiry shows. */
interface List {
  /** How many the enquiry found, over all its pages. */
  readonly total: number;
  readonly rows: readonly Row[];
}

interface Row {
  /** What its first cell says. */
  readonly text: string;
  /** Of its detail page. */
  readonly path: string;
}

const PAGE_SIZE = 10;

/** The list of what an enquiry finds, page by page; at least one, which may be empty. */
export async function* listed(session: Session, { path, search }: Enquiry): AsyncGenerator<List> {
  for (let page = 1, pages = 1; page <= pages; page++) {
    const list = await readList(await openPage(session, path, page === 1 ? search : { ...search, p: String(page) }));
    pages = Math.ceil(list.total / PAGE_SIZE);
    yield list;
  }
}

async function readList(shown: Frame): Promise<List> {
  const { total, rows } = await shown.evaluate(() => ({
    total: /^(\d+) found\. Page/m.exec(document.body.innerText)?.[1],
    rows: [...document.querySelectorAll('tr > td:first-child > a')].map((link) => ({
      text: link.textContent.trim(),
      path: `/${link.getAttribute('href')}`,
    })),
  }));
  if (total === undefined) throw cannotTell();
  return { total: Number(total), rows };
}

function cannotTell() {
  return new SystemException('look-up-failed', 'The enquiry shows neither a list nor that it found nothing.');
}

/** Texts of a detail page by their captions. */
export async function details<Name extends string>(
  page: Frame,
  captions: Readonly<Record<Name, string>>,
): Promise<Record<Name, string>> {
  const names = Object.keys(captions) as Name[];
  const texts = await Promise.all(names.map((name) => shownBeside(page, captions[name])));
  const entries = names.map((name, at) => [name, (texts[at] ?? '').replaceAll('\u00a0', ' ').trim()]);
  return Object.fromEntries(entries) as Record<Name, string>;
}
