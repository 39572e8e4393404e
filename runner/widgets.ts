import type { Frame, Locator, Page } from 'playwright-core';
import { type Control, type ControlDefinition, defineControl, oneOf } from './control.ts';
import { navigating } from './page.ts';

export interface PickerDefinition {
  /** What opens the popup. */
  readonly opener: (form: Frame) => Locator;
  /** Picks the entry in the popup, which closes itself. */
  readonly pick: (popup: Page, text: string) => Promise<void>;
  /** Where the form shows what was picked. */
  readonly shows: ControlDefinition['at'];
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
        // Together: where the click fails, the wait for the popup ends with it, and is no error that nobody hears.
        const [popup] = await Promise.all([form.page().waitForEvent('popup'), opener(form).click()]);
        const closing = popup.waitForEvent('close');
        const picking = pick(popup, text).catch((error: unknown) => {
          // The click that picks may lose the popup, which closes itself, before it is told that it went well. What was
          // picked is read from the form afterwards.
          if (!popup.isClosed()) throw error;
        });
        await Promise.all([picking, closing]);
      };
      await (postsBack ? navigating(form, choose) : choose());
    },
  });
  return control;
}

export interface ListBoxDefinition {
  /** Shows what is chosen, and opens the list. */
  readonly shows: (form: Frame) => Locator;
  /** The entries, wherever in the page they stand. */
  readonly entries: (form: Frame) => Locator;
}

/** A list made of anything but a select. */
export function listBox({ shows, entries }: ListBoxDefinition): Control {
  return defineControl({
    at: shows,
    async type(form, text) {
      await shows(form).click();
      await entries(form).first().waitFor();
      const offered = await entries(form).allTextContents();
      await entries(form)
        .nth(
          oneOf(
            offered.map((entry) => entry.trim()),
            text,
          ),
        )
        .click();
    },
  });
}

/** A field that people type into and another, hidden one that is sent; `meaning` turns what is sent into what was typed. */
export function paired(typed: Control, kept: (form: Frame) => Locator, meaning: (kept: string) => string): Control {
  return defineControl({ at: kept, meaning, type: typed.type });
}

/** An editor for formatted text, which lives in a frame of its own. */
export function richText(editor: (form: Frame) => Locator): Control {
  const body = (form: Frame) => editor(form).contentFrame().locator('body');
  return defineControl({ at: body, type: (form, text) => body(form).fill(text) });
}

export interface UploadDefinition {
  /** The file input. */
  readonly chooser: (form: Frame) => Locator;
  /** What shows the name of a file that has arrived. */
  readonly shows: (form: Frame) => Locator;
  /** The file of that name. */
  readonly file: (name: string) => Promise<{ name: string; mimeType: string; buffer: Buffer }>;
}

/** A file that the page sends by itself as soon as it is chosen: a form posted before it has arrived goes without it. */
export function uploaded({ chooser, shows, file }: UploadDefinition): Control {
  return defineControl({
    at: shows,
    async type(form, text) {
      await chooser(form).setInputFiles(await file(text));
      await shows(form).filter({ hasText: text }).waitFor();
    },
  });
}
