import type { LedgerCommand } from './types.ts';

type Told<D extends LedgerCommand['do']> = Extract<LedgerCommand, { do: D }>;

export interface Faults {
  slow(command: Told<'slow'>): void;
  jitter(command: Told<'jitter'>): void;
  fail(command: Told<'fail'>): void;
  signOutAt(at: 'before-write' | 'after-write'): void;
  behave(): void;
  /** Milliseconds this page waits before and after its work. */
  waits(): { readonly before: number; readonly after: number };
  /** How this page or posting fails here, if it does; each failure told is taken once. */
  takeFailure(at: Told<'fail'>['at']): 'error' | 'hang' | undefined;
  takeSignOut(at: 'before-write' | 'after-write'): boolean;
}

export function openFaults(): Faults {
  let slow: Told<'slow'> | undefined;
  let jitter: (() => number) | undefined;
  const failures: { readonly at: Told<'fail'>['at']; readonly how: 'error' | 'hang' }[] = [];
  let signOut: 'before-write' | 'after-write' | undefined;

  return {
    slow(command) {
      slow = command;
    },
    jitter(command) {
      jitter = slowNowAndThen(command);
    },
    fail({ at, how = 'error', times = 1 }) {
      for (let i = 0; i < times; i++) failures.push({ at, how });
    },
    signOutAt(at) {
      signOut = at;
    },
    behave() {
      slow = undefined;
      jitter = undefined;
      failures.length = 0;
      signOut = undefined;
    },
    waits() {
      const told = slow?.ms ?? 0;
      const drawn = jitter?.() ?? 0;
      return slow?.write === 'after-wait' ? { before: told, after: drawn } : { before: 0, after: told + drawn };
    },
    takeFailure(at) {
      const index = failures.findIndex((failure) => failure.at === at);
      return index < 0 ? undefined : failures.splice(index, 1)[0]?.how;
    },
    takeSignOut(at) {
      if (signOut !== at) return false;
      signOut = undefined;
      return true;
    },
  };
}

function slowNowAndThen({ seed, share, ms }: Told<'jitter'>): () => number {
  const random = randomOf(seed);
  return () => (random() < share ? ms : 0);
}

/** The same numbers, 0 to 1, for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
