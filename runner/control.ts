import type { Frame, Locator, Page } from 'playwright-core';
import { BusinessException, SystemException } from '#core';

/** A thing on a form that takes text and shows what it took, whatever it is made of. */
export interface Control {
  type(form: Frame, text: string): Promise<void>;
  read(form: Frame): Promise<string>;
}

/** The input, select or text area of that `name`: the one handle that forms without labels and ids leave. */
export function named(name: string): Control {
  return control((form) => form.locator(`[name=${JSON.stringify(name)}]`));
}

/** The input, select or text area in the cell right of the cell with this caption. */
export function beside(caption: string): Control {
  return control((form) => cellRightOf(form, caption).locator('input:not([type=hidden]), select, textarea'));
}

function control(find: (form: Frame) => Locator): Control {
  return {
    async type(form, text) {
      const field = await only(find(form));
      // A select becomes a text input once its list grows too long, so what it is is asked each time.
      const isSelect = await field.evaluate((element) => element.tagName === 'SELECT');
      if (isSelect) await choose(field, text);
      else {
        await field.fill(text);
        // Leaving the field fires the change handlers that old forms post back from.
        await field.blur();
      }
    },
    async read(form) {
      const field = await only(find(form));
      return field.evaluate((element) => {
        if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text.trim() ?? '';
        return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : '';
      });
    },
  };
}

async function choose(select: Locator, text: string): Promise<void> {
  const labels = await select.locator('option').allTextContents();
  const index = labels.findIndex((label) => label.trim() === text);
  if (index < 0) throw new BusinessException('option-missing', 'A list of the form does not offer this value.');
  await select.selectOption({ index });
}

export interface PickerDefinition {
  /** What opens the popup. */
  readonly opener: (form: Frame) => Locator;
  /** Picks the entry in the popup, which closes itself. */
  readonly pick: (popup: Page, text: string) => Promise<void>;
  /** Where the form shows what was picked. */
  readonly shows: (form: Frame) => Locator;
  /** Whether the form is sent and comes back after a choice: what was typed meanwhile would be lost. */
  readonly postsBack: boolean;
}

/** A value chosen in a popup window that writes into its opener. */
export function picked(definition: PickerDefinition): Control {
  const read = (form: Frame) =>
    definition
      .shows(form)
      .evaluate((element) => (element instanceof HTMLInputElement ? element.value : (element.textContent ?? '')));
  return {
    read,
    async type(form, text) {
      // Choosing what is chosen already fires nothing that one could wait for.
      if ((await read(form)) === text) return;
      const choose = async () => {
        const opening = form.page().waitForEvent('popup');
        await definition.opener(form).click();
        const popup = await opening;
        const closing = popup.waitForEvent('close');
        await Promise.all([definition.pick(popup, text), closing]);
      };
      await (definition.postsBack ? navigating(form, choose) : choose());
    },
  };
}

/** Runs `act` and waits until the frame shows the page that it led to. */
export async function navigating(frame: Frame, act: () => Promise<void>): Promise<void> {
  const arrival = frame.page().waitForEvent('framenavigated', { predicate: (moved) => moved === frame });
  await Promise.all([arrival, act()]);
  await frame.waitForLoadState();
}

/** Text of the cell right of the cell with this caption: how a record's page is read. */
export async function shownBeside(record: Frame, caption: string): Promise<string> {
  return (await (await only(cellRightOf(record, caption))).textContent()) ?? '';
}

function cellRightOf(frame: Frame, caption: string): Locator {
  const wanted = JSON.stringify(caption);
  return frame.locator(
    `xpath=//td[normalize-space(translate(., "\u00a0", " "))=${wanted} and not(.//td)]/following-sibling::td[1]`,
  );
}

/** The one thing that is meant, once it is there. */
async function only(found: Locator): Promise<Locator> {
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
