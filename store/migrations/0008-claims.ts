import { type Kysely, sql } from 'kysely';

/**
 * Claims look at open tasks only, by what their order needs, and never at those that have ended. The lane keeps how many
 * tasks were open when they were last counted.
 */
const CHANGES = [
  `create index ready_by_value on tasks (bot, value, due_at, received_at, id, available_at) where state = 'ready'`,
  // The value is above 0 by the table's check: only a statement that says so may use this index (see `bestTasks`).
  `create index ready_by_promise on tasks (bot, due_at, received_at, id, available_at) where state = 'ready' and value > 0`,
  'drop index open_tasks',
  `create index leases on tasks (bot, lease_until) where state = 'running'`,
  `alter table lanes
    add column backlog integer not null default 1,
    add column counted_at timestamptz`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES) await sql.raw(statement).execute(db);
}
