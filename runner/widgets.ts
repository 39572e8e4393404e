import type { Frame, Locator, Page } from 'playwright-core';
import { type Control, defineControl } from './control.ts';
import { navigating } from './page.ts';

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
export function picked({ opener, pick, shows, postsBack }: PickerDefinition): Control {
  const control = defineControl({
    at: shows,
    async type(form, text) {
      // Choosing what is chosen already fires nothing that one could wait for.
      if ((await control.read(form)) === text) return;
      const choose = async () => {
        const opening = form.page().waitForEvent('popup');
        await opener(form).click();
        const popup = await opening;
        const closing = popup.waitForEvent('close');
        await Promise.all([pick(popup, text), closing]);
      };
      await (postsBack ? navigating(form, choose) : choose());
    },
  });
  return control;
}
