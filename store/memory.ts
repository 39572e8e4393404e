import { type Selectable, sql } from 'kysely';
import type { KeptPaper, Layout, LayoutMemory, Lesson, Page, Teaching } from '#core';
import { toJson } from './json.ts';
import type { Db, KeptPaperTable, LayoutTable, LessonTable } from './schema.ts';
import { clockNow } from './time.ts';

export function layoutMemory(db: Db): LayoutMemory {
  return {
    candidates: async (extractor, sketch, limit) => {
      const rows = await layoutsLike(db, extractor, sketch, limit);
      const lessons = await lessonsInUse(
        db,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => layoutOf(row, lessons));
    },

    papers: async (layout) => {
      const rows = await db
        .selectFrom('kept_papers')
        .selectAll()
        .where('layout', '=', layout)
        .orderBy('at', 'desc')
        .orderBy('sha256')
        .execute();
      return rows.map(paperOf);
    },

    learn: (teaching) => db.transaction().execute((trx) => learn(trx, teaching)),

    list: async () => {
      const rows = await db.selectFrom('layouts').selectAll().orderBy('changed_at', 'desc').orderBy('id').execute();
      const lessons = await lessonsInUse(
        db,
        rows.map(({ id }) => id),
      );
      const counts = await db
        .selectFrom('kept_papers')
        .select(['layout', (count) => count.fn.countAll().as('papers')])
        .groupBy('layout')
        .execute();
      return rows.map(({ id, extractor, changed_at }) => ({
        id,
        extractor,
        papers: Number(counts.find(({ layout }) => layout === id)?.papers ?? 0),
        fields: lessons.filter(({ layout }) => layout === id).map(({ field }) => field),
        learnedAt: changed_at.toISOString(),
      }));
    },

    lessons: async (layout) => {
      const known = await db.selectFrom('layouts').select('id').where('id', '=', layout).executeTakeFirst();
      if (!known) return undefined;
      const rows = await db
        .selectFrom('lessons')
        .selectAll()
        .where('layout', '=', layout)
        .orderBy('field')
        .orderBy('version', 'desc')
        .execute();
      return rows.map(lessonOf);
    },

    revert: (layout, field) => db.transaction().execute((trx) => revert(trx, layout, field)),
  };
}

/** Whole numbers as PostgreSQL reads a list of them. */
export function numbers(values: readonly number[]) {
  return sql<number[]>`${`{${values.join(',')}}`}::integer[]`;
}

async function layoutsLike(db: Db, extractor: string, sketch: readonly number[], limit: number) {
  const shared = sql<number>`(select count(*)::integer from unnest(sketch) mark where mark = any(${numbers(sketch)}))`;
  return db
    .selectFrom('layouts')
    .selectAll()
    .where('extractor', '=', extractor)
    .where(sql<boolean>`sketch && ${numbers(sketch)}`)
    .orderBy(shared, 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

async function lessonsInUse(db: Db, layouts: readonly string[]): Promise<Lesson[]> {
  if (layouts.length === 0) return [];
  const rows = await db
    .selectFrom('lessons')
    .selectAll()
    .where('layout', 'in', layouts)
    .where('state', '=', 'active')
    .orderBy('field')
    .execute();
  return rows.map(lessonOf);
}

/** Layout first, under its revision: two answers that teach the same layout at once come one after the other. */
async function learn(trx: Db, teaching: Teaching): Promise<boolean> {
  if (!(await takeLayout(trx, teaching))) return false;
  await keepPaper(trx, teaching);
  const { id } = teaching.layout;
  for (const { field, reason } of teaching.retire) await takeOut(trx, id, field, { state: 'inactive', reason });
  for (const lesson of teaching.lessons) await addLesson(trx, teaching, lesson);
  return true;
}

async function takeLayout(trx: Db, { layout, sketch }: Teaching): Promise<boolean> {
  const { id, extractor, revision, signature } = layout;
  const columns = { revision: revision + 1, signature: toJson(signature), sketch: numbers(sketch) };
  const taken =
    revision === 0
      ? await trx
          .insertInto('layouts')
          .values({ id, extractor, ...columns })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning('id')
          .executeTakeFirst()
      : await trx
          .updateTable('layouts')
          .set({ ...columns, changed_at: clockNow })
          .where('id', '=', id)
          .where('revision', '=', revision)
          .returning('id')
          .executeTakeFirst();
  return taken !== undefined;
}

async function keepPaper(trx: Db, { layout, paper, keep }: Teaching): Promise<void> {
  const { sha256, pages, read, values } = paper;
  const columns = { pages: toJson(pages), read_values: toJson(read), said_values: toJson(values), at: clockNow };
  await trx
    .insertInto('kept_papers')
    .values({ layout: layout.id, sha256, ...columns })
    .onConflict((conflict) => conflict.columns(['layout', 'sha256']).doUpdateSet(columns))
    .execute();
  const newest = trx
    .selectFrom('kept_papers')
    .select('sha256')
    .where('layout', '=', layout.id)
    .orderBy('at', 'desc')
    .limit(keep);
  await trx.deleteFrom('kept_papers').where('layout', '=', layout.id).where('sha256', 'not in', newest).execute();
}

async function addLesson(
  trx: Db,
  { layout, paper, by }: Teaching,
  { field, state, reason, body, right, papers }: Teaching['lessons'][number],
): Promise<void> {
  if (state === 'active') await takeOut(trx, layout.id, field, { state: 'replaced', reason: null });
  const { newest } = await trx
    .selectFrom('lessons')
    .select((lesson) => lesson.fn.max('version').as('newest'))
    .where('layout', '=', layout.id)
    .where('field', '=', field)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('lessons')
    .values({
      ...{ layout: layout.id, field, version: Number(newest ?? 0) + 1, state, reason, body: toJson(body) },
      ...{ right_on: right, papers, paper: paper.sha256, by_person: by },
    })
    .execute();
}

async function takeOut(
  trx: Db,
  layout: string,
  field: string,
  change: Pick<Lesson, 'state' | 'reason'>,
): Promise<boolean> {
  const gone = await trx
    .updateTable('lessons')
    .set(change)
    .where('layout', '=', layout)
    .where('field', '=', field)
    .where('state', '=', 'active')
    .returning('version')
    .executeTakeFirst();
  return gone !== undefined;
}

async function revert(trx: Db, layout: string, field: string): Promise<boolean> {
  const known = await trx.selectFrom('layouts').select('id').where('id', '=', layout).forUpdate().executeTakeFirst();
  if (!known || !(await takeOut(trx, layout, field, { state: 'reverted', reason: 'reverted' }))) return false;
  const before = await trx
    .selectFrom('lessons')
    .select('version')
    .where('layout', '=', layout)
    .where('field', '=', field)
    .where('state', '=', 'replaced')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  if (before) {
    await trx
      .updateTable('lessons')
      .set({ state: 'active', reason: null })
      .where('layout', '=', layout)
      .where('field', '=', field)
      .where('version', '=', before.version)
      .execute();
  }
  await trx
    .updateTable('layouts')
    .set({ revision: sql`revision + 1`, changed_at: clockNow })
    .where('id', '=', layout)
    .execute();
  return true;
}

function layoutOf(row: Selectable<LayoutTable>, lessons: readonly Lesson[]): Layout {
  const { id, extractor, revision } = row;
  const signature = row.signature as Layout['signature'];
  return { id, extractor, revision, signature, lessons: lessons.filter(({ layout }) => layout === id) };
}

function paperOf({ sha256, pages, read_values, said_values }: Selectable<KeptPaperTable>): KeptPaper {
  return {
    sha256,
    pages: pages as Page[],
    read: read_values as KeptPaper['read'],
    values: said_values as KeptPaper['values'],
  };
}

function lessonOf(row: Selectable<LessonTable>): Lesson {
  const { layout, field, version, state, reason, body, papers, paper } = row;
  return {
    ...{ layout, field, version, state, reason, body, papers, paper },
    right: row.right_on,
    by: row.by_person,
    at: row.at.toISOString(),
  };
}
