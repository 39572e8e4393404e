import type { Frame } from 'playwright-core';
import { navigating, type Session, SystemException, shownBeside } from '#runner';
import { openFunction } from './app.ts';

/** One of the application's searches: its link in the menu, what goes into its search fields. */
export interface Enquiry {
  readonly link: string;
  readonly search: Readonly<Record<string, string>>;
}

/**
 * Opens, one after the other, the detail pages of everything an enquiry finds, and yields each while it is shown;
 * afterwards the last one still is. Lists cut long numbers and names, so what a row is can be told on its detail page only.
 */
export async function* found(session: Session, enquiry: Enquiry): AsyncGenerator<Frame> {
  let total = 1;
  for (let row = 0; row < total; row++) {
    const list = await search(session, enquiry);
    total = await countFound(list);
    if (total === 0) return;
    for (let turned = 0; turned < Math.floor(row / PAGE_SIZE); turned++) {
      await navigating(list, () => list.getByText('Next >>').click());
    }
    const link = list.locator('tr > td:first-child > a').nth(row % PAGE_SIZE);
    await navigating(list, () => link.click());
    yield list;
  }
}

const PAGE_SIZE = 10;

/** Searches and shows the first page of the list. */
export async function search(session: Session, { link, search }: Enquiry): Promise<Frame> {
  const main = await openFunction(session, link);
  for (const [name, text] of Object.entries(search)) {
    const field = main.locator(`[name=${name}]`);
    const isSelect = await field.evaluate((element) => element.tagName === 'SELECT');
    await (isSelect ? field.selectOption({ label: text }) : field.fill(text));
  }
  await navigating(main, () => main.getByRole('button', { name: 'Search' }).click());
  return main;
}

/** How many a list says there are, over all its pages. */
export async function countFound(list: Frame): Promise<number> {
  const line = await list.getByText(/^\d+ found\. Page/).textContent();
  const count = /^(\d+) found/.exec(line ?? '')?.[1];
  if (count === undefined) throw cannotTell();
  return Number(count);
}

function cannotTell() {
  return new SystemException('look-up-failed', 'The enquiry shows neither a list nor that it found nothing.');
}

/** Texts of a detail page by their captions. */
export async function details<Name extends string>(
  page: Frame,
  captions: Readonly<Record<Name, string>>,
): Promise<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of Object.keys(captions) as Name[]) {
    texts[name] = (await shownBeside(page, captions[name])).replaceAll('\u00a0', ' ').trim();
  }
  return texts as Record<Name, string>;
}
