import { isDeepStrictEqual } from 'node:util';
import { type Comparison, type Receipt, SystemException } from '#core';
import { type Aim, type Deed, type Found, type Looked, once } from './once.ts';
import type { Submitted } from './outcomes.ts';
import type { Run } from './run.ts';

/** What a bot's own look-up found of an effect. */
export interface FoundEffect extends Found {
  /** What it holds, by the names of the definition's `record`. */
  readonly shows?: Readonly<Record<string, unknown>>;
}

/**
 * A change of the outside world that no screen makes: a mail sent, an interface called, a file moved. Without a way to look
 * whether it happened there is none.
 */
export interface EffectDefinition {
  /**
   * Where it takes effect; `key` is one there for effects of this name, whichever bot's. The bot's own name where absent.
   */
  readonly application?: string;
  /** By which anybody would find it again. */
  readonly key: string;
  /** What shall be there afterwards, as plain data: kept in the ledger, compared with what `lookUp` shows, shown to a person. */
  readonly record?: Readonly<Record<string, unknown>>;
  /** Looks by the key; an error is tried again, `unclear` after an intent is a person's. */
  readonly lookUp: (signal: AbortSignal) => Promise<Looked<FoundEffect>>;
  /** Does it, once. Coming to its end without a word means that the other side has taken it. */
  readonly act: (signal: AbortSignal) => Promise<Submitted> | Promise<void>;
  /** Both sides, where more is to be compared than equal values of `record` and what the look-up shows. */
  readonly compare?: (found: FoundEffect) => readonly Comparison[];
  /** Seconds that `act` may go on taking effect after it was given up; 60 where absent. */
  readonly settlingSeconds?: number;
  /** Seconds that `act` and `lookUp` may take; 30 where absent. */
  readonly patienceSeconds?: number;
}

/** Brings it about once, and proves it by looking again: see `once`. */
export function effect(run: Run, name: string, definition: EffectDefinition): Promise<Receipt> {
  const { application = run.bot.card.name, key, record = {}, settlingSeconds = 60, patienceSeconds = 30 } = definition;
  const aim: Aim = {
    ...{ step: name, application, screen: name, key, record },
    patienceSeconds,
    // It may begin as late as its patience after the intent, and is given up only a patience after it began.
    settlingSeconds: 2 * patienceSeconds + settlingSeconds,
  };
  return once(run, aim, (use) => use(deedOf(run, definition, patienceSeconds)));
}

function deedOf(run: Run, definition: EffectDefinition, patienceSeconds: number): Deed<FoundEffect> {
  const { record = {}, lookUp, act, compare } = definition;
  const patiently = <R>(work: (signal: AbortSignal) => Promise<R>) => withPatience(run, patienceSeconds, work);
  return {
    lookUp: () => patiently(lookUp),
    prepare: async () => () => patiently(async (signal) => (await act(signal)) ?? { kind: 'posted' }),
    // Where the look-up shows nothing, being there by its key is all there is to compare.
    compare: async (found) => compare?.(found) ?? (found.shows ? compared(record, found.shows) : []),
    picture: async () => [],
  };
}

function compared(record: object, shows: object): Comparison[] {
  const seen = new Map(Object.entries(shows));
  return Object.entries(record).map(([field, wanted]) => {
    const shown = seen.get(field) ?? null;
    return { field, wanted, shown, same: isDeepStrictEqual(wanted, shown) };
  });
}

/** Gives up on what does not come to an end: its signal is aborted, and whatever it still does is left to settle. */
async function withPatience<R>(run: Run, seconds: number, work: (signal: AbortSignal) => Promise<R>): Promise<R> {
  run.signal.throwIfAborted();
  const given = new AbortController();
  const settled = new AbortController();
  const late = run.services.clock.sleep(seconds * 1000, settled.signal).then(() => {
    const tooSlow = new SystemException('effect-slow', 'An effect or its look-up did not come to its end in time.');
    given.abort(tooSlow);
    throw tooSlow;
  });
  // Whichever comes second is heard by nobody.
  late.catch(() => {});
  try {
    return await Promise.race([work(AbortSignal.any([run.signal, given.signal])), late]);
  } finally {
    settled.abort();
  }
}
