import { sql, type UpdateObject } from 'kysely';
import type { AccountLoan, HeldAccount } from '#core';
import { tellPeople } from './applications.ts';
import { wakeWithNewPromise } from './parked.ts';
import type { Db, Tables } from './schema.ts';
import { clockIn, clockNow } from './time.ts';

/** From so many days before a password's end people are warned, once a day. */
const WARN_DAYS = 14;
/** The first look whether a held account's credentials have changed comes so soon. */
const FIRST_LOOK_SECONDS = 60;
/** A person took it out of use, and nobody but a person lets it go. */
const BY_PERSON = { code: 'held-by-person' } as const;

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
      : [
          {
            ...{ account, code: held_code ?? '', since: held_at.toISOString() },
            fingerprint: held_code === BY_PERSON.code ? null : held_fingerprint,
          },
        ],
  );
}

export async function hold(trx: Db, loan: AccountLoan, code: string, fingerprint: string): Promise<boolean> {
  const known = await lockAccount(trx, loan);
  if (known?.held_at === null) {
    await change(trx, loan, { held_at: clockNow, ...refused(code, fingerprint) });
    await tellPeople(trx, loan, 'account-held', { code });
    return true;
  }
  // Beside the hold of a person, so that the refused password is not tried once more when they let it go.
  if (known?.held_code === BY_PERSON.code) await change(trx, loan, { held_fingerprint: fingerprint });
  return false;
}

/** Held until the credentials are others than these. */
function refused(code: string, fingerprint: string) {
  return { held_code: code, held_fingerprint: fingerprint, look_at: clockIn(FIRST_LOOK_SECONDS) };
}

/** Nobody looks whether the credentials have changed. A login that was refused before is kept in mind. */
export async function takeOut(
  trx: Db,
  { application, account, by }: { application: string; account: string; by: string },
): Promise<boolean> {
  const place = { application, account };
  const known = await lockAccount(trx, place);
  if (!known) return false;
  if (known.held_code === BY_PERSON.code) return true;
  const since = known.held_at === null ? { held_at: clockNow } : {};
  await change(trx, place, { ...since, held_code: BY_PERSON.code, look_at: null });
  await tellPeople(trx, place, 'account-held', { ...BY_PERSON, by });
  return true;
}

type Place = Pick<AccountLoan, 'application' | 'account'>;

function lockAccount(trx: Db, { application, account }: Place) {
  return trx
    .selectFrom('accounts')
    .select(['held_at', 'held_code'])
    .where('application', '=', application)
    .where('account', '=', account)
    .forUpdate()
    .executeTakeFirst();
}

async function change(trx: Db, { application, account }: Place, set: UpdateObject<Tables, 'accounts'>): Promise<void> {
  await trx
    .updateTable('accounts')
    .set(set)
    .where('application', '=', application)
    .where('account', '=', account)
    .execute();
}

/** A login that was refused while a person held the account holds it further, until its credentials change or they say so again. */

export async function release(
  trx: Db,
  { application, account, by }: { application: string; account: string | undefined; by: string },
): Promise<readonly string[] | undefined> {
  const held = await trx
    .selectFrom('accounts')
    .select(['account', 'held_at', 'held_code', 'held_fingerprint'])
    .where('application', '=', application)
    .where('held_at', 'is not', null)
    .$if(account !== undefined, (query) => query.where('account', '=', account ?? ''))
    .forUpdate()
    .execute();
  const since = held.flatMap(({ held_at }) => held_at ?? []).sort((a, b) => Number(a) - Number(b))[0];
  if (since === undefined) return undefined;
  let released = false;
  for (const { account: name, held_code, held_fingerprint } of held) {
    const place = { application, account: name };
    if (held_code === BY_PERSON.code && held_fingerprint !== null) {
      await change(trx, place, refused('sign-in-refused', held_fingerprint));
      await tellPeople(trx, place, 'account-held', { code: 'sign-in-refused', by });
    } else {
      await change(trx, place, { held_at: null, held_code: null, held_fingerprint: null, look_at: null });
      await tellPeople(trx, place, 'account-released', { by });
      released = true;
    }
  }
  if (!released) return [];
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
