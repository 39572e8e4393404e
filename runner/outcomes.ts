import type { Frame } from 'playwright-core';

/** The application's answer to a submit. What it is not known to mean is `unknown`, never `posted`. */
export type Submitted =
  | { readonly kind: 'posted' }
  /** Nothing was written, and nothing is wrong with the record: "recalculated, please post again". */
  | { readonly kind: 'unwritten' }
  /** The application says no and wrote nothing; `messages` are its words, for a person. */
  | { readonly kind: 'refused'; readonly messages: readonly string[] }
  | { readonly kind: 'unknown' };

/** What one kind of page after a submit means. Errors come as text, whatever the HTTP status says. */
export interface OutcomeRule {
  /** Selects what carries the application's words. */
  readonly when: string;
  /** What each of them says; any words where absent. */
  readonly says?: RegExp;
  readonly kind: Submitted['kind'];
}

/** Reads the answer off the page by the first rule that fits; a page that none fits says nothing. */
export function outcomes(rules: readonly OutcomeRule[]): (page: Frame) => Promise<Submitted> {
  return async (page) => {
    for (const { when, says, kind } of rules) {
      const messages = (await page.locator(when).allTextContents()).map((text) => text.trim()).filter(Boolean);
      if (messages.length === 0 || !messages.every((message) => !says || says.test(message))) continue;
      return kind === 'refused' ? { kind, messages } : { kind };
    }
    return { kind: 'unknown' };
  };
}
