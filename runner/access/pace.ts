import { type AccessStore, type AccountLoan, type Clock, Throttled } from '#core';
import type { App } from '../app.ts';

/** A run that would wait longer for its account's turn makes room for others meanwhile. */
const PATIENCE_SECONDS = 20;

/** What a run may ask of the account it has. */
export interface Lent {
  /**
   * Before a form is filled in: waits until the account may submit again by the application's pace. Rejects with Throttled
   * when that takes long.
   */
  inTurn(): Promise<void>;
}

export interface Pace extends Lent {
  /** Right before a submit: takes the account's turn, and rejects with SessionLost unless the account is still this run's. */
  clearToSubmit(): Promise<void>;
}

export function paceOf(
  { name, paceSeconds }: Pick<App, 'name' | 'paceSeconds'>,
  loan: AccountLoan,
  { access, clock }: { readonly access: AccessStore; readonly clock: Clock },
): Pace {
  async function wait(seconds: number): Promise<void> {
    if (seconds <= PATIENCE_SECONDS) return clock.sleep(Math.ceil(seconds * 1000));
    throw new Throttled('submit-pace', `${name} takes submits of an account ${paceSeconds} s apart.`, {
      afterSeconds: Math.ceil(seconds),
      application: name,
    });
  }

  return {
    async inTurn() {
      if (paceSeconds === undefined) return;
      const left = await access.untilTurn(loan, paceSeconds);
      if (left > 0) await wait(left);
    },
    async clearToSubmit() {
      if (paceSeconds !== undefined) {
        // Another session of the same account may have been faster.
        for (let left = await access.takeTurn(loan, paceSeconds); left > 0; ) {
          await wait(left);
          left = await access.takeTurn(loan, paceSeconds);
        }
      }
      await access.check(loan);
    },
  };
}
