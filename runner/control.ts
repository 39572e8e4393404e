import type { Frame, Locator } from 'playwright-core';
import { BusinessException } from '#core';
import { navigating, only, textShown } from './page.ts';
import { enterAt, locate, type Place, quoted, textsAt } from './place.ts';

/** A thing on a form that takes text and shows what it took, whatever it is made of. */
export interface Control {
  /** What shows the value: one thing, where the screen knows the application. */
  at(form: Frame): Locator;
  type(form: Frame, text: string): Promise<void>;
  /** Several fields are read at the same time: it looks, and clicks nothing. */
  read(form: Frame): Promise<string>;
}

export interface ControlDefinition {
  /** Where it shows its value. As a place, it is read together with others of the page, in one message. */
  readonly at: Place | ((form: Frame) => Locator);
  readonly type: (form: Frame, text: string) => Promise<void>;
  /** Where what is shown is more than the value: the text of `at`, as it is meant. */
  readonly meaning?: (shown: string) => string;
}

/** A control of the application's own making: where it shows its value, and what a person does to change it. */
export function defineControl({ at, type, meaning = asShown }: ControlDefinition): Control {
  const locator = typeof at === 'function' ? at : (form: Frame) => locate(form, at);
  return {
    at: locator,
    type,
    async read(form) {
      const texts = typeof at === 'function' ? [] : await textsAt(form, at);
      return meaning(texts.length === 1 ? texts[0]! : await textShown(await only(locator(form))));
    },
  };
}

const asShown = (shown: string) => shown;

/**
 * The input, select or text area of that `name`: the one handle that forms without labels and ids leave. With a caption it is
 * this only in the cell right of it: names that have changed places in an update then stop the keying, before anything is sent.
 */
export function named(name: string, caption?: string): Control {
  return input({ caption, css: `[name=${quoted(name)}]` });
}

/** The input, select or text area in the cell right of the cell with this caption. */
export function beside(caption: string): Control {
  return input({ caption, css: 'input:not([type=hidden]), select, textarea' });
}

/** A select of that `name` whose options say more than the value: `means` gives an option's value by its text. */
export function coded(name: string, means: (option: string) => string): Control {
  const place = { css: `[name=${quoted(name)}]` };
  return defineControl({
    at: place,
    meaning: means,
    type: (form, text) => enterPatiently(locate(form, place), text, means),
  });
}

/** Text that stands beside this caption. Nobody types it. */
export function shown(caption: string): Control {
  return defineControl({ at: { caption }, type: async () => {} });
}

/** A field that nobody types, since it follows from others: what it shows must agree with the record all the same. */
export function implied(control: Control): Control {
  return { ...control, type: async () => {} };
}

/**
 * A control whose change sends the form, which comes back with other values in other fields. A field without a script of
 * its own leaves the sending to the button `otherwise`: selects become such inputs once their list grows too long.
 */
export function postingBack(control: Control, otherwise: (form: Frame) => Locator): Control {
  return {
    ...control,
    async type(form, text) {
      // Choosing what is chosen already sends nothing that one could wait for.
      if ((await control.read(form)) === text) return;
      const sendsItself = await (await only(control.at(form))).evaluate(
        (element) => element instanceof HTMLElement && element.onchange !== null,
      );
      await navigating(form, async () => {
        await control.type(form, text);
        if (!sendsItself) await otherwise(form).click();
      });
    },
  };
}

function input(place: Place): Control {
  return defineControl({
    at: place,
    async type(form, text) {
      if (!(await enterAt(form, place, text))) await enterPatiently(locate(form, place), text);
    },
  });
}

/** Waits until there is one such field, and it takes text. */
async function enterPatiently(at: Locator, text: string, means = asShown): Promise<void> {
  const field = await only(at);
  // A select becomes a text input once its list grows too long, so what it is is asked each time.
  const isSelect = await field.evaluate((element) => element.tagName === 'SELECT');
  if (isSelect) return choose(field, text, means);
  await field.fill(text);
  // Leaving the field fires the change handlers that old forms post back from.
  await field.blur();
}

async function choose(select: Locator, text: string, means: (option: string) => string): Promise<void> {
  const options = (await select.locator('option').allTextContents()).map((option) => means(option.trim()));
  await select.selectOption({ index: oneOf(options, text) });
}

/** Where a list offers the value. Rejects with BusinessException where it does not, or does so twice. */
export function oneOf(options: readonly string[], text: string): number {
  const index = options.indexOf(text);
  if (index < 0) throw new BusinessException('option-missing', 'A list of the form does not offer this value.');
  if (options.includes(text, index + 1)) {
    throw new BusinessException('option-ambiguous', 'A list of the form offers this value more than once.');
  }
  return index;
}
