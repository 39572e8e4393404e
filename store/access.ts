import { sql } from 'kysely';
import { type AccessStore, type AccountLoan, type AccountNeed, type Lending, SessionLost } from '#core';
import { accessEvents, applicationStates } from './applications.ts';
import { giveBack, lookNow, recovered } from './breaker.ts';
import { heldAccounts, hold, passwordExpires, release, takeOut } from './heldAccounts.ts';
import { wakeDue } from './parked.ts';
import type { Db } from './schema.ts';
import { clockIn, clockNow, clockTime, databaseTime } from './time.ts';

/** How long a wish for an account that is lent is kept in mind: longer than anybody waits between two tries. */
const WISH_SECONDS = 5;
/** A holder may have an account again and again for so long, though another waits for it: signing in costs too. */
const SPELL_SECONDS = 5;

export function accessStore(db: Db): AccessStore {
  return {
    lend: (need) => db.transaction().execute((trx) => lend(trx, need)),
    renew: async (loan, seconds) => {
      const renewed = await db
        .updateTable('account_loans')
        .set({ lent_until: clockIn(seconds) })
        .where(isOurs(loan))
        .returning('token')
        .executeTakeFirst();
      if (!renewed) throw accountLost(loan);
    },
    check: async (loan) => {
      if (!(await findOurs(db, loan))) throw accountLost(loan);
    },
    untilTurn: async (loan, paceSeconds) => (await turnOf(db, loan, paceSeconds).executeTakeFirstOrThrow()).left,
    takeTurn: (loan, paceSeconds) => takeTurn(db, loan, paceSeconds),
    giveBack: (loan, bearing) => db.transaction().execute((trx) => giveBack(trx, loan, bearing)),
    recovered: (loan) => db.transaction().execute((trx) => recovered(trx, loan)),

    hold: (loan, code, fingerprint) => db.transaction().execute((trx) => hold(trx, loan, code, fingerprint)),
    heldAccounts: (application) => heldAccounts(db, application),
    release: (application, account, by) =>
      db.transaction().execute((trx) => release(trx, { application, account, by })),
    takeOut: (application, account, by) =>
      db.transaction().execute((trx) => takeOut(trx, { application, account, by })),
    lookNow: (application, by) => db.transaction().execute((trx) => lookNow(trx, application, by)),
    passwordExpires: (loan, days) => db.transaction().execute((trx) => passwordExpires(trx, loan, days)),
    closed: async (application, until) => {
      await enter(db, application);
      await db
        .updateTable('applications')
        .set({
          closed_until: until,
          closed_since: sql<string>`case when closed_until > clock_timestamp() then closed_since else clock_timestamp() end`,
        })
        .where('name', '=', application)
        .execute();
    },

    wakeDue: () => db.transaction().execute(wakeDue),
    applications: () => applicationStates(db),
    events: (limit) => accessEvents(db, limit),
    now: () => databaseTime(db),
  };
}

/** This loan's row, while nobody else has had it. */
function isOurs({ application, account, slot, token }: AccountLoan) {
  return sql<boolean>`(application = ${application} and account = ${account} and slot = ${slot} and token = ${token}
    and lent_until is not null)`;
}

function findOurs(db: Db, loan: AccountLoan) {
  return db
    .selectFrom('account_loans')
    .select('token')
    .where(isOurs(loan))
    .where('lent_until', '>', clockTime)
    .executeTakeFirst();
}

function accountLost({ application, account }: AccountLoan): SessionLost {
  return new SessionLost(
    'account-lost',
    `The account ${account} of ${application} was given to another worker meanwhile.`,
  );
}

async function enter(db: Db, application: string): Promise<void> {
  await db
    .insertInto('applications')
    .values({ name: application })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

interface Slot {
  readonly account: string;
  readonly slot: number;
  readonly holder: string | null;
  readonly lent: boolean;
  readonly held: boolean;
  readonly probing: boolean;
  /** Seconds since this holder began to have it again and again. */
  readonly spell: number | null;
}

/** Wishes for one application take turns on its row. */
async function lend(trx: Db, need: AccountNeed): Promise<Lending> {
  await enter(trx, need.application);
  const application = await trx
    .selectFrom('applications')
    .select(['parked_at', 'wanted_by'])
    .select([
      sql<boolean>`coalesce(probe_at <= clock_timestamp(), false)`.as('probe_due'),
      sql<boolean>`coalesce(wanted_until > clock_timestamp(), false)`.as('wanted'),
    ])
    .where('name', '=', need.application)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const slots = await slotsFor(trx, need);

  const isParked = application.parked_at !== null;
  const probes = isParked && application.probe_due && !slots.some(({ lent, probing }) => lent && probing);
  if (application.parked_at && !probes) return { state: 'parked', since: application.parked_at.toISOString() };

  const usable = slots.filter(({ held }) => !held);
  if (usable.length === 0) return { state: 'held', accounts: await heldAccounts(trx, need.application) };
  const rival = application.wanted && application.wanted_by !== need.holder;
  const slot = best(usable, need.holder, rival);
  if (slot) return { state: 'lent', loan: await take(trx, need, slot, probes) };
  // Who has a session is not made to wait: its wish would keep others from theirs.
  const hasOne = slots.some(({ lent, holder }) => lent && holder === need.holder);
  if (!rival && !hasOne) await wish(trx, need);
  return { state: 'busy' };
}

async function slotsFor(trx: Db, need: AccountNeed): Promise<readonly Slot[]> {
  const there = await readSlots(trx, need);
  if (there.length === need.accounts.length * need.sessions) return there;
  const { application } = need;
  for (const account of need.accounts) {
    await trx
      .insertInto('accounts')
      .values({ application, account })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const slots = Array.from({ length: need.sessions }, (_, slot) => ({ application, account, slot }));
    await trx
      .insertInto('account_loans')
      .values(slots)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return readSlots(trx, need);
}

function readSlots(trx: Db, { application, accounts, sessions }: AccountNeed): Promise<Slot[]> {
  return trx
    .selectFrom('account_loans')
    .innerJoin('accounts', (join) =>
      join
        .onRef('accounts.application', '=', 'account_loans.application')
        .onRef('accounts.account', '=', 'account_loans.account'),
    )
    .select(['account_loans.account', 'slot', 'holder', 'probing'])
    .select([
      sql<boolean>`coalesce(lent_until > clock_timestamp(), false)`.as('lent'),
      sql<boolean>`held_at is not null`.as('held'),
      sql<number | null>`extract(epoch from clock_timestamp() - spell_at)::float8`.as('spell'),
    ])
    .where('account_loans.application', '=', application)
    .where('account_loans.account', 'in', [...accounts])
    .where('slot', '<', sessions)
    .orderBy('token')
    .orderBy('account_loans.account')
    .orderBy('slot')
    .execute();
}

/** Its own before others', the least used of these first. The last one free is left to who waits for it, after a while. */
function best(slots: readonly Slot[], holder: string, rival: boolean): Slot | undefined {
  const free = slots.filter(({ lent }) => !lent);
  const own = free.find((slot) => slot.holder === holder);
  if (!rival || free.length > 1) return own ?? free[0];
  return own && (own.spell ?? 0) < SPELL_SECONDS ? own : undefined;
}

async function take(trx: Db, need: AccountNeed, slot: Slot, probe: boolean): Promise<AccountLoan> {
  const { application, holder, seconds } = need;
  const kept = slot.holder === holder;
  const { token } = await trx
    .updateTable('account_loans')
    .set({
      token: sql<number>`token + 1`,
      holder,
      lent_until: clockIn(seconds),
      probing: probe,
      ...(!kept && { spell_at: clockNow }),
    })
    .where('application', '=', application)
    .where('account', '=', slot.account)
    .where('slot', '=', slot.slot)
    .returning('token')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('applications')
    .set({ wanted_by: null, wanted_until: null })
    .where('name', '=', application)
    .where('wanted_by', '=', holder)
    .execute();
  return { application, account: slot.account, slot: slot.slot, token, kept, probe };
}

async function wish(trx: Db, { application, holder }: AccountNeed): Promise<void> {
  await trx
    .updateTable('applications')
    .set({ wanted_by: holder, wanted_until: clockIn(WISH_SECONDS) })
    .where('name', '=', application)
    .execute();
}

function turnOf(db: Db, { application, account }: AccountLoan, paceSeconds: number) {
  return db
    .selectFrom('accounts')
    .select(
      sql<number>`greatest(0, coalesce(extract(epoch from
        submitted_at + make_interval(secs => ${paceSeconds}) - clock_timestamp()), 0))::float8`.as('left'),
    )
    .where('application', '=', application)
    .where('account', '=', account);
}

/** Sessions of one account take turns on its row, so that two never have the same one. */
function takeTurn(db: Db, loan: AccountLoan, paceSeconds: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { left } = await turnOf(trx, loan, paceSeconds).forUpdate().executeTakeFirstOrThrow();
    if (!(await findOurs(trx, loan))) throw accountLost(loan);
    if (left > 0) return left;
    await trx
      .updateTable('accounts')
      .set({ submitted_at: clockNow })
      .where('application', '=', loan.application)
      .where('account', '=', loan.account)
      .execute();
    return 0;
  });
}
