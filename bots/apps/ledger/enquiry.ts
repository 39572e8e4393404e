import type { Frame } from 'playwright-core';
import { queryOf, type Session, shownBeside } from '#runner';
import { cannotTell } from '../otherRecords.ts';
import { ledger, openPage } from './app.ts';

/** One of the application's searches: its page, and what goes into its search fields. */
export interface Enquiry {
  readonly path: string;
  readonly search: Readonly<Record<string, string>>;
}

/**
 * Opens, one after the other, the detail pages of everything an enquiry finds, and yields each while it is shown;
 * afterwards the last one still is. Lists cut long numbers and names, so what a row is can be told on its detail page only.
 */
export async function* found(session: Session, enquiry: Enquiry): AsyncGenerator<Detail> {
  for await (const { rows } of listed(session, enquiry)) {
    for (const { path } of rows) yield { page: await openPage(session, path), detail: path };
  }
}

/** The page of one record, and where it is. */
interface Detail {
  readonly page: Frame;
  readonly detail: string;
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

/**
 * The list of what an enquiry finds, page by page; at least one, which may be empty. What it overlooked would be keyed once
 * more: it rejects unless the application says that it searched for this, and each of what it counted was shown.
 */
export async function* listed(session: Session, { path, search }: Enquiry): AsyncGenerator<List> {
  const seen = new Set<string>();
  let total = 0;
  for (let page = 1; page === 1 || page <= Math.ceil(total / PAGE_SIZE); page++) {
    const asked = page === 1 ? search : { ...search, p: String(page) };
    const list = await readList(await openPage(session, path, asked), search);
    for (const row of list.rows) seen.add(row.path);
    total = list.total;
    yield list;
  }
  if (seen.size !== total) throw cannotTell('The pages of the enquiry show another number of records than it found.');
}

async function readList(page: Frame, search: Enquiry['search']): Promise<List> {
  const { total, rows, fields } = await page.evaluate(() => ({
    total: /^(\d+) found\. Page/m.exec(document.body.innerText)?.[1],
    rows: [...document.querySelectorAll('tr > td:first-child > a')].map((link) => ({
      text: link.textContent.trim(),
      path: `/${link.getAttribute('href')}`,
    })),
    fields: [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('form [name]')].map(
      ({ name, value }) => [name, value] as const,
    ),
  }));
  if (total === undefined) throw cannotTell('The enquiry shows neither a list nor that it found nothing.');
  // Compared as it is sent: of what the application cannot hold it shows what it was sent instead. A field that nobody knows
  // of must be empty, or fewer would be found.
  const asked = { ...Object.fromEntries(fields.map(([name]) => [name, ''])), ...search };
  const understood = Object.entries(asked).every(([name, wanted]) =>
    fields.some(([shownName, shown]) => shownName === name && asSent(name, shown) === asSent(name, wanted)),
  );
  if (!understood) throw cannotTell('The enquiry searched for something else than it was asked for.');
  return { total: Number(total), rows };
}

const asSent = (name: string, value: string) => queryOf(ledger, { [name]: value });

/** Texts of a detail page by their captions. Rejects when one is not there. */
export async function details<Name extends string>(
  page: Frame,
  captions: Readonly<Record<Name, string>>,
): Promise<Record<Name, string>> {
  const names = Object.keys(captions) as Name[];
  const texts = await Promise.all(names.map((name) => shownBeside(page, captions[name])));
  const entries = names.map((name, at) => [name, (texts[at] ?? '').replaceAll('\u00a0', ' ').trim()]);
  return Object.fromEntries(entries) as Record<Name, string>;
}
