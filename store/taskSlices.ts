import type { Db } from './schema.ts';

/** Ids of tasks, from the first to the last. */
export interface Slice {
  readonly first: string;
  readonly last: string;
}

/** All tasks in the order of their ids, so many at a time: no statement takes long, however many there are. */
export async function* taskSlices(db: Db, size: number): AsyncGenerator<Slice> {
  let after = '';
  for (;;) {
    const rows = await db.selectFrom('tasks').select('id').where('id', '>', after).orderBy('id').limit(size).execute();
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    if (first === undefined || last === undefined) return;
    yield { first, last };
    after = last;
  }
}
