import type { Frame, Locator } from 'playwright-core';
import { SystemException } from '#core';

/** Runs `act` and waits until the frame shows the page that it led to. */
export async function navigating(frame: Frame, act: () => Promise<void>): Promise<void> {
  const arrival = frame.page().waitForEvent('framenavigated', { predicate: (moved) => moved === frame });
  await Promise.all([arrival, act()]);
  await frame.waitForLoadState();
}

/** Text of the cell right of the cell with this caption: how a record's page is read. */
export async function shownBeside(record: Frame, caption: string): Promise<string> {
  return textShown(await only(cellRightOf(record, caption)));
}

export function cellRightOf(frame: Frame, caption: string): Locator {
  const captioned = `normalize-space(translate(., "\u00a0", " "))=${quoted(caption)} and not(.//td)`;
  return frame.locator(`xpath=//*[self::td or self::th][${captioned}]/following-sibling::*[self::td or self::th][1]`);
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

/** As a selector takes it. */
export const quoted = (text: string) => JSON.stringify(text);
