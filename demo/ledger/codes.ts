import { createHmac } from 'node:crypto';
import type { LedgerUser } from './types.ts';

const PERIOD_MS = 30_000;

export interface Codes {
  /** Whether the user has to show one. */
  wanted(user: string): boolean;
  /** Takes the code of this period or of the one before, each of them once. */
  take(user: string, code: string): boolean;
}

/** One-time codes as an authenticator shows them. */
export function openCodes(users: readonly LedgerUser[], now: () => number): Codes {
  const keys = new Map(users.flatMap(({ user, codeKey }) => (codeKey === undefined ? [] : [[user, codeKey]])));
  const lastTaken = new Map<string, number>();
  return {
    wanted: (user) => keys.has(user),
    take(user, code) {
      const key = keys.get(user);
      const current = Math.floor(now() / PERIOD_MS);
      const period = [current, current - 1].find((each) => key !== undefined && codeAt(key, each) === code);
      if (period === undefined || period <= (lastTaken.get(user) ?? 0)) return false;
      lastTaken.set(user, period);
      return true;
    },
  };
}

function codeAt(key: string, period: number): string {
  const hash = createHmac('sha1', Buffer.from(key, 'hex'))
    .update(Buffer.from(period.toString(16).padStart(16, '0'), 'hex'))
    .digest('hex');
  const offset = Number.parseInt(hash.slice(-1), 16) * 2;
  const number = Number.parseInt(hash.slice(offset, offset + 8), 16) % 2 ** 31;
  return String(number).slice(-6).padStart(6, '0');
}
