import { type Selectable, sql } from 'kysely';
import type { AccessEvent, AccountState, ApplicationLook, ApplicationState } from '#core';
import type { AccountTable, ApplicationTable } from './accessSchema.ts';
import type { EventFacts } from './events.ts';
import { toJson } from './json.ts';
import type { Db } from './schema.ts';
import { databaseTime } from './time.ts';

/** An event of an application that belongs to no task: what a person may have to know. Facts are codes and numbers. */
export async function tellPeople(
  trx: Db,
  { application, account }: { readonly application: string; readonly account?: string | null },
  kind: string,
  facts: EventFacts,
): Promise<void> {
  await trx
    .insertInto('access_events')
    .values({ application, account: account ?? null, kind, facts: toJson(facts) })
    .execute();
}

export async function accessEvents(db: Db, limit: number): Promise<readonly AccessEvent[]> {
  const rows = await db
    .selectFrom('access_events')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(Math.min(Math.max(limit, 1), 1000))
    .execute();
  return rows.map(({ at, application, account, kind, facts }) => ({
    ...{ at: at.toISOString(), application, account, kind },
    facts: facts as AccessEvent['facts'],
  }));
}

type AccountRow = Selectable<AccountTable> & { readonly holders: readonly string[]; readonly sessions: number };
type ApplicationRow = Selectable<ApplicationTable> & {
  readonly waiting: number;
  readonly soonest: Date | null;
  readonly probing: boolean;
  readonly well_at: Date | null;
};

export async function applicationStates(db: Db): Promise<readonly ApplicationState[]> {
  const now = await databaseTime(db);
  const applications = await readApplications(db);
  const accounts = await db
    .selectFrom('accounts')
    .selectAll()
    .select([
      sql<string[]>`array(select holder from account_loans loan where loan.application = accounts.application
        and loan.account = accounts.account and lent_until > clock_timestamp() order by slot)`.as('holders'),
      sql<number>`(select count(*)::integer from account_loans loan where loan.application = accounts.application
        and loan.account = accounts.account)`.as('sessions'),
    ])
    .orderBy('account')
    .execute();
  return applications.map((row) => {
    const own = accounts.filter(({ application }) => application === row.name);
    return {
      ...{ application: row.name, ...standing(row, own, now) },
      ...{ waiting: row.waiting, soonest: iso(row.soonest), failures: row.failures, look: lookAt(row) },
      accounts: own.map(accountOf),
    };
  });
}

/** Tasks that wait for an outage or a refused login are promised anew by as long as that lasts (see `wakeWithNewPromise`). */
function readApplications(db: Db): Promise<ApplicationRow[]> {
  const outage = sql<Date>`case reason when 'application-parked' then parked_at when 'account-held' then
    (select min(held_at) from accounts where accounts.application = name) end`;
  return db
    .selectFrom('applications')
    .leftJoinLateral(
      (join) =>
        join
          .selectFrom('tasks')
          .select([
            sql<number>`count(*)::integer`.as('waiting'),
            sql<Date | null>`min(due_at + coalesce(clock_timestamp() - greatest(received_at, ${outage}), interval '0'))`.as(
              'soonest',
            ),
          ])
          .whereRef('parked_on', '=', 'name')
          .where('state', '=', sql.lit('ready'))
          .as('waits'),
      (join) => join.onTrue(),
    )
    .selectAll('applications')
    .select([
      sql<number>`waits.waiting`.as('waiting'),
      'waits.soonest',
      sql<boolean>`exists (select from account_loans where application = name and probing
        and lent_until > clock_timestamp())`.as('probing'),
      sql<Date | null>`(select max(at) from access_events where application = name and kind = 'application-well')`.as(
        'well_at',
      ),
    ])
    .orderBy('name')
    .execute();
}

function lookAt({
  parked_at,
  parked_code,
  looked_at,
  probes,
  probing,
  well_at,
}: ApplicationRow): ApplicationLook | null {
  if (parked_at === null) return well_at && { at: iso(well_at), code: null, inVain: 0, underWay: false };
  return { at: iso(looked_at), code: parked_code, inVain: probes, underWay: probing };
}

/** The one thing that most keeps bots out, if anything does. */
function standing(
  row: Selectable<ApplicationTable>,
  accounts: readonly AccountRow[],
  now: string,
): Pick<ApplicationState, 'state' | 'code' | 'since' | 'until'> {
  if (row.parked_at !== null) {
    return { state: 'parked', code: row.parked_code, since: iso(row.parked_at), until: iso(row.probe_at) };
  }
  const [first] = accounts.toSorted((a, b) => Number(a.held_at) - Number(b.held_at));
  if (first && accounts.every(({ held_at }) => held_at !== null)) {
    return { state: 'held', code: first.held_code, since: iso(first.held_at), until: null };
  }
  const until = iso(row.closed_until);
  if (until !== null && until > now) {
    return { state: 'closed', code: 'outside-hours', since: iso(row.closed_since), until };
  }
  return { state: 'open', code: null, since: null, until: null };
}

function accountOf(row: AccountRow): AccountState {
  const free = row.holders.length === 0 ? 'free' : 'lent';
  return {
    account: row.account,
    state: row.held_at === null ? free : 'held',
    holders: row.holders,
    sessions: row.sessions,
    code: row.held_code,
    since: iso(row.held_at),
    passwordExpiresAt: iso(row.password_expires_at),
  };
}

function iso(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}
