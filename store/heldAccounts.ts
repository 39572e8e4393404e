import { sql } from 'kysely';
import type { AccountLoan, HeldAccount } from '#core';
import { tellPeople } from './applications.ts';
import { wakeWithNewPromise } from './parked.ts';
import type { Db } from './schema.ts';
import { clockIn, clockNow } from './time.ts';

/** From so many days before a password's end people are warned, once a day. */
const WARN_DAYS = 14;
/** The first look whether a held account's credentials have changed comes so soon. */
const FIRST_LOOK_SECONDS = 60;

export async function heldAccounts(db: Db, application: string): Promise<readonly HeldAccount[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(['account', 'held_at', 'held_code', 'held_fingerprint'])
    .where('application', '=', application)
    .where('held_at', 'is not', null)
    .orderBy('account')
    .execute();
  return rows.flatMap(({ account, held_at, held_code, held_fingerprint }) =>
    held_at === null
      ? []
      : [{ account, code: held_code ?? '', since: held_at.toISOString(), fingerprint: held_fingerprint }],
  );
}

export async function hold(trx: Db, loan: AccountLoan, code: string, fingerprint: string): Promise<boolean> {
  const { application, account } = loan;
  const first = await trx
    .updateTable('accounts')
    .set({
      held_at: clockNow,
      held_code: code,
      held_fingerprint: fingerprint,
      look_at: clockIn(FIRST_LOOK_SECONDS),
    })
    .where('application', '=', application)
    .where('account', '=', account)
    .where('held_at', 'is', null)
    .returning('account')
    .executeTakeFirst();
  if (first) await tellPeople(trx, loan, 'account-held', { code });
  return first !== undefined;
}

/** Held without credentials to compare with: nobody looks whether they have changed. */
export async function takeOut(
  trx: Db,
  { application, account, by }: { application: string; account: string; by: string },
): Promise<boolean> {
  const known = await trx
    .selectFrom('accounts')
    .select('held_at')
    .where('application', '=', application)
    .where('account', '=', account)
    .forUpdate()
    .executeTakeFirst();
  if (!known) return false;
  if (known.held_at !== null) return true;
  const code = 'held-by-person';
  await trx
    .updateTable('accounts')
    .set({ held_at: clockNow, held_code: code, held_fingerprint: null, look_at: null })
    .where('application', '=', application)
    .where('account', '=', account)
    .execute();
  await tellPeople(trx, { application, account }, 'account-held', { code, by });
  return true;
}

export async function release(
  trx: Db,
  { application, account, by }: { application: string; account: string | undefined; by: string },
): Promise<readonly string[] | undefined> {
  const held = await trx
    .selectFrom('accounts')
    .select(['account', 'held_at'])
    .where('application', '=', application)
    .where('held_at', 'is not', null)
    .$if(account !== undefined, (query) => query.where('account', '=', account ?? ''))
    .forUpdate()
    .execute();
  const since = held.flatMap(({ held_at }) => held_at ?? []).sort((a, b) => Number(a) - Number(b))[0];
  if (since === undefined) return undefined;
  const names = held.map((row) => row.account);
  await trx
    .updateTable('accounts')
    .set({ held_at: null, held_code: null, held_fingerprint: null, look_at: null })
    .where('application', '=', application)
    .where('account', 'in', names)
    .execute();
  for (const name of names) await tellPeople(trx, { application, account: name }, 'account-released', { by });
  return (await wakeWithNewPromise(trx, application, 'account-held', since)).lanes;
}

export async function passwordExpires(trx: Db, loan: AccountLoan, days: number): Promise<boolean> {
  const { application, account } = loan;
  const { warned } = await trx
    .updateTable('accounts')
    .set({ password_expires_at: sql<string>`clock_timestamp() + make_interval(secs => ${days * 86_400})` })
    .where('application', '=', application)
    .where('account', '=', account)
    .returning(sql<boolean>`coalesce(warned_at > clock_timestamp() - interval '1 day', false)`.as('warned'))
    .executeTakeFirstOrThrow();
  if (days > WARN_DAYS || warned) return false;
  await trx
    .updateTable('accounts')
    .set({ warned_at: clockNow })
    .where('application', '=', application)
    .where('account', '=', account)
    .execute();
  await tellPeople(trx, loan, 'password-expires', { days: Math.floor(days) });
  return true;
}
