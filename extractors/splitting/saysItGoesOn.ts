import type { Page } from '#core';
import { type SplitClue, splitClues } from './clues.ts';
import { pageFacts } from './pageFacts.ts';

/** What sheets say of it themselves; all other clues are likenesses, and papers of one sender are alike. */
const SAYINGS: readonly SplitClue[] = ['says-next', 'previous-was-not-last', 'carried-over'];

/** Whether a page, or the one before it, says that they are of one paper: by page numbers, a sum carried over. */
export function saysItGoesOn(before: Page, page: Page): boolean {
  const clues = splitClues(pageFacts(before), pageFacts(page), false);
  return SAYINGS.some((saying) => clues[saying] > 0);
}
