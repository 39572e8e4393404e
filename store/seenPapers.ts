import { type Selectable, sql } from 'kysely';
import type { SeenPaper, SeenPapers } from '#core';
import { toJson } from './json.ts';
import { numbers } from './memory.ts';
import type { Db, SeenPaperTable } from './schema.ts';

const MOST_ALIKE = 20;

export function seenPapers(db: Db): SeenPapers {
  return {
    note: async (id, { document, sketch, facts }) => {
      const columns = { document: toJson(document), sketch: numbers(sketch), facts: toJson(facts) };
      const task = db
        .selectFrom('tasks')
        .select([
          'id',
          'bot',
          sql<unknown>`${columns.document}::json`.as('document'),
          columns.sketch.as('sketch'),
          sql<unknown>`${columns.facts}::json`.as('facts'),
          'received_at',
        ])
        .where('id', '=', id)
        // A run that a person overruled may come here after its task was erased.
        .where(sql<boolean>`not exists (select from erasures where erasures.task = tasks.id)`);
      await db
        .insertInto('seen_papers')
        .columns(['task', 'bot', 'document', 'sketch', 'facts', 'received_at'])
        .expression(task)
        .onConflict((conflict) => conflict.column('task').doUpdateSet(columns))
        .execute();
    },

    before: async (id, days) => {
      const shared = sql<number>`(select count(*) from unnest(earlier.sketch) mark where mark = any(own.sketch))`;
      const rows = await db
        .selectFrom('seen_papers as own')
        .innerJoin('seen_papers as earlier', 'earlier.bot', 'own.bot')
        .innerJoin('tasks', 'tasks.id', 'earlier.task')
        .selectAll('earlier')
        .where('own.task', '=', id)
        .where('tasks.state', '!=', 'rejected')
        .where(sql<boolean>`(earlier.received_at, earlier.task) < (own.received_at, own.task)`)
        .where(sql<boolean>`earlier.received_at > own.received_at - make_interval(days => ${days})`)
        .where(sql<boolean>`earlier.sketch && own.sketch`)
        .orderBy(shared, 'desc')
        .orderBy('earlier.received_at', 'desc')
        .limit(MOST_ALIKE)
        .execute();
      return rows.map(seenOf);
    },

    of: async (id) => {
      const row = await db.selectFrom('seen_papers').selectAll().where('task', '=', id).executeTakeFirst();
      return row && seenOf(row);
    },
  };
}

function seenOf(row: Selectable<SeenPaperTable>): SeenPaper {
  const { task, sketch, received_at } = row;
  return {
    task,
    sketch,
    document: row.document as SeenPaper['document'],
    facts: row.facts as SeenPaper['facts'],
    receivedAt: received_at.toISOString(),
  };
}
