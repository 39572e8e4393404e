import { randomBytes } from 'node:crypto';
import { openCodes } from './codes.ts';
import type { LedgerUser } from './types.ts';

const LOCKED_AFTER = 3;

export interface Session {
  readonly user: string;
  /** Set until the welcome page has shown its reminder. */
  greeted: boolean;
  /** Set once the tour has been skipped. */
  toured: boolean;
  lastSeen: number;
}

export interface Refused {
  readonly refused: string;
  /** The user was known and has to choose a new password first. */
  readonly expired?: true;
  /** The password was right; the user has to show a one-time code besides. */
  readonly wantsCode?: true;
}

export interface Sessions {
  /** Ends the user's other session. Three wrong passwords in a row lock the account. */
  signIn(user: string, password: string, code?: string): { readonly token: string } | Refused;
  /** Absent when it never was, was ended or idled too long. */
  find(token: string | undefined): Session | undefined;
  signOut(token: string | undefined): void;
  signOutAll(): void;
  /** Ends the user's session; the right password is refused until the account is unlocked. */
  expirePassword(user: string): void;
  unlock(user: string): void;
  signedIn(): string[];
  locked(): string[];
}

export function openSessions(users: readonly LedgerUser[], idleMs: number, now: () => number): Sessions {
  const passwords = new Map(users.map(({ user, password }) => [user, password]));
  const codes = openCodes(users, now);
  const wrongTries = new Map<string, number>();
  const expired = new Set<string>();
  const sessions = new Map<string, Session>();
  const isLocked = (user: string) => (wrongTries.get(user) ?? 0) >= LOCKED_AFTER;

  function find(token: string | undefined): Session | undefined {
    const session = token === undefined ? undefined : sessions.get(token);
    if (!session || token === undefined) return undefined;
    if (now() - session.lastSeen > idleMs) {
      sessions.delete(token);
      return undefined;
    }
    session.lastSeen = now();
    return session;
  }

  function endOf(user: string): void {
    for (const [token, session] of sessions) if (session.user === user) sessions.delete(token);
  }

  return {
    signIn(user, password, code) {
      if (isLocked(user)) return { refused: 'Account locked! Please contact your administrator.' };
      if (!passwords.has(user)) return { refused: 'Login failed!' };
      if (passwords.get(user) !== password) {
        wrongTries.set(user, (wrongTries.get(user) ?? 0) + 1);
        return { refused: isLocked(user) ? 'Account locked! Please contact your administrator.' : 'Login failed!' };
      }
      wrongTries.delete(user);
      if (expired.has(user)) return { refused: 'Password expired! Please choose a new one.', expired: true };
      if (codes.wanted(user) && code === undefined) return { refused: 'Code missing!', wantsCode: true };
      if (codes.wanted(user) && !codes.take(user, code ?? '')) return { refused: 'Login failed!' };
      endOf(user);
      const token = randomBytes(12).toString('hex').toUpperCase();
      sessions.set(token, { user, greeted: false, toured: false, lastSeen: now() });
      return { token };
    },
    find,
    signOut: (token) => void (token !== undefined && sessions.delete(token)),
    signOutAll: () => sessions.clear(),
    expirePassword(user) {
      expired.add(user);
      endOf(user);
    },
    unlock(user) {
      wrongTries.delete(user);
      expired.delete(user);
    },
    signedIn: () => [...sessions.values()].map(({ user }) => user),
    locked: () => [...wrongTries.keys()].filter(isLocked),
  };
}
