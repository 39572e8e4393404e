import type { Choice, Comparison, Effect, Question } from '#core';

/** What a person is asked of an effect, but for what only its run can add: the papers, and pictures. */
export type Doubtful = Omit<Question, 'papers' | 'evidence'>;

/** As much of an aim as a person is shown. */
interface Wanted {
  readonly step: string;
  readonly record: unknown;
}

/** Where nobody can tell whether it is there: every way out. `by-hand` and `reject` leave it as it is. */
export const IN_DOUBT: readonly Choice[] = ['again', 'there', 'key-again', 'by-hand', 'reject'];

const TITLES = {
  'already-there': 'The application has this record already, and this bot did not key it',
  'keyed-twice': 'The application shows more than one record with this key',
  'read-back-differs': 'The application shows something else than was keyed',
  'posted-but-absent': 'It is said to be in the application, and the bot does not find it there',
  'look-up-unclear': 'It was submitted, and the application does not let the bot see whether it stands there',
  'other-key-open': 'It was submitted under another key, and nobody knows whether it stands there',
} as const;

const CHOICES: Readonly<Record<keyof typeof TITLES, readonly Choice[]>> = {
  'already-there': ['there', 'again', 'by-hand', 'reject'],
  'keyed-twice': ['again', 'by-hand', 'reject'],
  'read-back-differs': ['accept', 'again', 'key-again', 'by-hand', 'reject'],
  'posted-but-absent': IN_DOUBT,
  'look-up-unclear': IN_DOUBT,
  'other-key-open': ['key-again', 'by-hand', 'reject'],
};

/** The application shows something by our key that we may not simply take for ours. */
export function bothSides(
  wanted: Wanted,
  code: 'already-there' | 'keyed-twice' | 'read-back-differs',
  compared: readonly Comparison[],
): Doubtful {
  return question(wanted, code, { compared, fields: compared.filter(({ same }) => !same).map(({ field }) => field) });
}

/** A person or the application itself says that it is there, and the look-up does not find it. */
export function whereIsIt(wanted: Wanted): Doubtful {
  return question(wanted, 'posted-but-absent', { compared: against(wanted.record, null) });
}

/** It was done, and the look-up cannot tell what came of it; `why` are its own words. */
export function cannotTell(wanted: Wanted, why: string): Doubtful {
  return question(wanted, 'look-up-unclear', { compared: against(wanted.record, null), message: why });
}

/** An intent of this step stands, of a record with another key than the one it has now. */
export function anotherKey(wanted: Wanted, intended: Effect): Doubtful {
  return question(wanted, 'other-key-open', { compared: against(wanted.record, intended.record) });
}

interface Shown {
  readonly compared: readonly Comparison[];
  readonly fields?: readonly string[];
  readonly message?: string;
}

/** A question in which a choice is all that is asked. */
function question(
  { step }: Wanted,
  code:
    | 'already-there'
    | 'keyed-twice'
    | 'read-back-differs'
    | 'posted-but-absent'
    | 'look-up-unclear'
    | 'other-key-open',
  { compared, fields = [], message = TITLES[code] }: Shown,
): Doubtful {
  return {
    ...{ step, code, title: TITLES[code], choices: CHOICES[code], record: null, form: null, draft: {} },
    kind: code === 'read-back-differs' ? 'differs' : 'in-doubt',
    problems: [{ code, fields, message }],
    compared,
  };
}

/** What is wanted beside another record, or beside nothing. */
function against(wanted: unknown, shown: unknown): readonly Comparison[] {
  const other = new Map(Object.entries(Object(shown)));
  return Object.entries(Object(wanted)).map(([field, value]) => {
    const seen = other.get(field) ?? null;
    return { field, wanted: value, shown: seen, same: JSON.stringify(value) === JSON.stringify(seen) };
  });
}
