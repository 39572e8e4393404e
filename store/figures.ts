import { sql } from 'kysely';
import type { Figures } from '#core';
import type { Db } from './schema.ts';

/** A task no person answered a question of went straight through. */
export async function figures(db: Db): Promise<Figures> {
  const { rows } = await sql<Figures>`
    with finished as (
      select
        not exists (select from questions where questions.task = tasks.id and answered_by is not null) as straight,
        extract(epoch from ended_at - (select min(started_at) from runs where runs.task = tasks.id)) as seconds
      from tasks where state = 'done'
    )
    select
      (select avg(straight::integer)::float8 from finished) as "straightThrough",
      (select percentile_cont(0.5) within group (order by seconds) from finished where straight)::float8 as "medianSeconds",
      (select count(*)::integer from tasks where ended_at is null and due_at < clock_timestamp()) as "late"`.execute(
    db,
  );
  return rows[0]!;
}
