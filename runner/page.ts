import type { Frame, Locator, Page } from 'playwright-core';
import { SystemException } from '#core';
import { locate, textsAt } from './place.ts';

/** Runs `act` and waits until the frame shows the page that it led to. */
export async function navigating(frame: Frame, act: () => Promise<void>): Promise<void> {
  const arrival = frame.page().waitForEvent('framenavigated', { predicate: (moved) => moved === frame });
  await Promise.all([arrival, act()]);
  await frame.waitForLoadState();
}

/** Text of the cell right of the cell with this caption: how a record's page is read. */
export async function shownBeside(record: Frame, caption: string): Promise<string> {
  const [text, ...others] = await textsAt(record, { caption });
  if (text !== undefined && others.length === 0) return text;
  return textShown(await only(locate(record, { caption })));
}

/** The value of a field, the chosen option of a select, the text of anything else. */
export function textShown(found: Locator): Promise<string> {
  return found.evaluate((element) => {
    if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text.trim() ?? '';
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
    return element.textContent ?? '';
  });
}

/** The one thing that is meant, once it is there. */
export async function only(found: Locator): Promise<Locator> {
  let count = await found.count();
  if (count === 0) {
    await found.first().waitFor({ state: 'attached' });
    count = await found.count();
  }
  if (count > 1) {
    throw new SystemException(
      'field-ambiguous',
      'The page has more than one such field; check the screen against the application.',
    );
  }
  return found;
}

/** What a page shows when something is the case: an element, with just these words where they are given. */
export interface Sign {
  readonly css: string;
  readonly says?: string;
}

/** Whether one of these signs stands in the page or in a frame of it now: how `signedOut` looks at every page that comes. */
export async function showsAnywhere(page: Page, ...signs: readonly Sign[]): Promise<boolean> {
  const shown = await Promise.all(page.frames().map((frame) => showsOne(frame, signs)));
  return shown.includes(true);
}

function showsOne(frame: Frame, signs: readonly Sign[]): Promise<boolean> {
  const look = () =>
    frame.evaluate(
      (all) =>
        all.some(({ css, says }) =>
          [...document.querySelectorAll(css)].some((each) => says === undefined || each.textContent.trim() === says),
        ),
      signs,
    );
  // A frame on its way to its page cannot be asked; it can once it is there.
  return look().catch(async () => {
    await frame.waitForLoadState();
    return look();
  });
}
