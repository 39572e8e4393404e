import { randomUUID } from 'node:crypto';
import type { AccessStore, AccountLoan, AccountNeed, Bearing } from '#core';
import type { OpenStore } from '#store';

export const BADLY: Bearing = { bore: 'badly', code: 'application-failed' };
export const WELL: Bearing = { bore: 'well' };

/** A wish for the one account of an application of the test's own. */
export function someNeed(changes: Partial<AccountNeed> = {}): AccountNeed {
  const usual = { accounts: ['main'], sessions: 1, holder: 'w1', seconds: 30 };
  return { application: `app-${randomUUID()}`, ...usual, ...changes };
}

export async function lentTo(access: AccessStore, need: AccountNeed): Promise<AccountLoan> {
  const lending = await access.lend(need);
  if (lending.state !== 'lent') throw new Error(`The account is not lent: ${lending.state}.`);
  return lending.loan;
}

/** Uses the application badly until it is parked. */
export async function parkApplication(access: AccessStore, need: AccountNeed): Promise<void> {
  for (let use = 0; use < 3; use++) await access.giveBack(await lentTo(access, need), BADLY);
}

/**
 * As if so many seconds had gone by for everything that is known of the application, and for the tasks that wait for it; or
 * for one of both alone.
 */
export async function passTime(
  store: OpenStore,
  application: string,
  seconds: number,
  only?: 'applications' | 'tasks',
): Promise<void> {
  const query = (text: string, values: readonly unknown[]) => {
    const pool: { query(text: string, values: readonly unknown[]): Promise<unknown> } = store.pool;
    return pool.query(text, values);
  };
  const back = (column: string) => `${column} = ${column} - make_interval(secs => $2)`;
  const changes: readonly (readonly [table: string, of: string, columns: readonly string[]])[] = [
    ['applications', 'name', ['parked_at', 'probe_at', 'closed_until', 'wanted_until']],
    ['accounts', 'application', ['held_at', 'look_at', 'submitted_at', 'warned_at', 'password_expires_at']],
    ['account_loans', 'application', ['lent_until', 'spell_at']],
    ['tasks', 'parked_on', ['received_at', 'due_at', 'available_at', 'throttled_since']],
  ];
  for (const [table, of, columns] of changes) {
    if (only && (table === 'tasks') !== (only === 'tasks')) continue;
    await query(`update ${table} set ${columns.map(back).join(', ')} where ${of} = $1`, [application, seconds]);
  }
}
