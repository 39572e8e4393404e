import type { LedgerCommand } from './types.ts';

/** A fault of the application under its users' feet, in a form that any test can use. */
export interface LedgerFault {
  /** Kebab-case. */
  readonly name: string;
  /** When it is armed: before anybody signs in, or once the form of a record is filled in and not yet sent. */
  readonly when: 'at-first' | 'form-filled';
  /**
   * What must be left once it is over and everybody had their time. `once`: the record, once and right · `nothing`: while it
   * lasts nothing is written, afterwards the record, once and right · `differs`: what is there is not what was keyed, and a
   * person is shown both.
   */
  readonly ends: 'once' | 'nothing' | 'differs';
  /** Told to the ledger one after the other: what begins it, and what ends it. */
  readonly arm: readonly LedgerCommand[];
  readonly disarm: readonly LedgerCommand[];
}

/** All of them, for a ledger in which this user signs in. */
export function ledgerFaults(user: string): readonly LedgerFault[] {
  return [...answerFaults, ...sessionFaults(user), ...driftFaults, ...misfilings];
}

function fault(
  name: string,
  when: LedgerFault['when'],
  ends: LedgerFault['ends'],
  command: LedgerCommand,
  disarm: LedgerCommand = { do: 'behave' },
): LedgerFault {
  return { name, when, ends, arm: [command], disarm: [disarm] };
}

/** How the application answers while, or although, it does its work. */
const answerFaults = [
  fault('error-page', 'at-first', 'once', { do: 'fail', at: 'page' }),
  fault('error-before-write', 'form-filled', 'once', { do: 'fail', at: 'before-write' }),
  fault('error-after-write', 'form-filled', 'once', { do: 'fail', at: 'after-write' }),
  fault('bad-gateway-after-write', 'form-filled', 'once', { do: 'fail', at: 'after-write', how: 'bad-gateway' }),
  fault('no-answer-after-write', 'form-filled', 'once', { do: 'fail', at: 'after-write', how: 'hang' }),
  fault('half-a-page-after-write', 'form-filled', 'once', { do: 'fail', at: 'after-write', how: 'cut-short' }),
  fault('endless-file-after-write', 'form-filled', 'once', { do: 'fail', at: 'after-write', how: 'endless' }),
  fault('minute-long-answer', 'form-filled', 'once', { do: 'slow', ms: 60_000 }),
];

/** How the bot's session ends, and why there is no other at once. */
const sessionFaults = (user: string) => [
  fault('signed-out-in-mid-form', 'form-filled', 'once', { do: 'sign-out', at: 'now' }),
  fault('signed-out-before-write', 'form-filled', 'once', { do: 'sign-out', at: 'before-write' }),
  fault('signed-out-after-write', 'form-filled', 'once', { do: 'sign-out', at: 'after-write' }),
  fault('login-wall-in-mid-form', 'form-filled', 'nothing', { do: 'wall' }),
  fault(
    'password-expired-in-mid-form',
    'form-filled',
    'nothing',
    { do: 'expire-password', user },
    { do: 'unlock', user },
  ),
];

/** How an update changes the form. */
const driftFaults = [
  fault('label-renamed', 'at-first', 'nothing', { do: 'drift', how: 'renamed' }),
  fault('fields-moved', 'at-first', 'nothing', { do: 'drift', how: 'moved' }),
  fault('new-mandatory-field', 'at-first', 'nothing', { do: 'drift', how: 'mandatory' }),
];

/** How the application stores something else than it was given, and says nothing. */
const misfilings = [
  fault('stored-altered', 'form-filled', 'differs', { do: 'misfile', how: 'altered' }),
  fault('stored-twice', 'form-filled', 'differs', { do: 'misfile', how: 'twice' }),
];
