import type { Drift, Failure, LedgerCommand, Misfiling } from './types.ts';

type Told<D extends LedgerCommand['do']> = Extract<LedgerCommand, { do: D }>;

export interface Faults {
  slow(command: Told<'slow'>): void;
  jitter(command: Told<'jitter'>): void;
  fail(command: Told<'fail'>): void;
  misfile(command: Told<'misfile'>): void;
  signOutAt(at: 'before-write' | 'after-write'): void;
  wall(): void;
  drift(how: Drift): void;
  intrude(): void;
  behave(): void;
  /** Milliseconds this page waits before and after its work. */
  waits(): { readonly before: number; readonly after: number };
  /** How this page or posting fails here, if it does; each failure told is taken once. */
  takeFailure(at: Told<'fail'>['at']): Failure | undefined;
  /** How this posting is stored, where it is not stored as it came. */
  takeMisfiling(): Misfiling | undefined;
  takeSignOut(at: 'before-write' | 'after-write'): boolean;
  walled(): boolean;
  /** The form of the vendor invoice as it is now. */
  drifted(): Drift;
  /** Whether a tour and a survey stand in the way. */
  intruded(): boolean;
}

export function openFaults(): Faults {
  let slow: Told<'slow'> | undefined;
  let jitter: (() => number) | undefined;
  const failures: { readonly at: Told<'fail'>['at']; readonly how: Failure }[] = [];
  const misfilings: Misfiling[] = [];
  let signOut: 'before-write' | 'after-write' | undefined;
  let walled = false;
  let drifted: Drift = 'none';
  let intruded = false;

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
    misfile({ how, times = 1 }) {
      for (let i = 0; i < times; i++) misfilings.push(how);
    },
    signOutAt(at) {
      signOut = at;
    },
    wall() {
      walled = true;
    },
    drift(how) {
      drifted = how;
    },
    intrude() {
      intruded = true;
    },
    behave() {
      slow = undefined;
      jitter = undefined;
      failures.length = 0;
      misfilings.length = 0;
      signOut = undefined;
      walled = false;
      drifted = 'none';
      intruded = false;
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
    takeMisfiling: () => misfilings.shift(),
    takeSignOut(at) {
      if (signOut !== at) return false;
      signOut = undefined;
      return true;
    },
    walled: () => walled,
    drifted: () => drifted,
    intruded: () => intruded,
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
