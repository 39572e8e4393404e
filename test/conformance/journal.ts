import { describe } from 'vitest';
import type { JournalStore } from '../support/work.ts';
import { effects } from './store/effects.ts';
import { fences } from './store/fences.ts';
import { journal } from './store/journal.ts';

/** What any journal must do, whatever it is kept in. */
export function journalConformance(name: string, open: () => JournalStore): void {
  describe(`journal ${name}`, () => {
    const store = open();
    describe('steps, questions and evidence', () => journal(() => store));
    describe('effect ledger', () => effects(() => store));
    describe('fences', () => fences(() => store));
  });
}
