import type { Html } from '../html.ts';
import type { Books } from '../journal.ts';
import type { Form } from '../latin1.ts';
import type { Session } from '../sessions.ts';
import type { Drift, Misfiling } from '../types.ts';

/** A request of a user who is signed in. */
export interface Call {
  readonly query: Form;
  /** Absent for GET. */
  readonly form: Form | undefined;
  readonly session: Session;
  readonly books: Books;
  readonly now: number;
  /** What the last update made of the form. */
  readonly drift: Drift;
}

/** A page at once, or a posting: `write` stores the record, rightly or as it was told to, and then tells of it. */
export type Answer = { readonly page: Html } | { readonly write: (misfiling?: Misfiling) => Html };

export type Screen = (call: Call) => Answer;
