import type { PGlite } from '@electric-sql/pglite';

/**
 * One process at a time opens the folder: whoever held a lease or an account there is gone, and nobody need wait it out.
 *
 * The machine's clock is the only one here. Where it was set back since the last event, what was free to be worked then is
 * free now, and an intent is as old as this moment, so that it has all its time to settle.
 */
export async function endLeases(db: PGlite): Promise<void> {
  await db.exec(`
    update tasks set lease_until = clock_timestamp() where state = 'running';
    update account_loans set lent_until = null, probing = false;
    with last as (select at from events order by seq desc limit 1)
    update tasks set available_at = available_at - (last.at - clock_timestamp()) from last
      where state = 'ready' and available_at > clock_timestamp() and last.at > clock_timestamp();
    update effects set intended_at = clock_timestamp() where state = 'intended' and intended_at > clock_timestamp()`);
}
