import { isDeepStrictEqual } from 'node:util';
import type { Selectable } from 'kysely';
import type { TrustLayer, TrustStore } from '#core';
import { toJson } from './json.ts';
import type { QuestionBody, QuestionRow } from './rows.ts';
import type { Db, TrustLayerTable } from './schema.ts';
import { clockNow } from './time.ts';

export function trustStore(db: Db): TrustStore {
  return {
    labels: () =>
      db
        .selectFrom('labels')
        .select(['reading_group as group', 'trust', 'is_right as right', 'task as paper', 'sampled'])
        .orderBy('id')
        .execute(),

    layer: async () => {
      const row = await newestLayer(db).executeTakeFirst();
      return row && layerOf(row);
    },

    addLayer: async (body) => {
      const added = db.insertInto('trust_layers').values({ body: toJson(body) });
      return layerOf(await added.returningAll().executeTakeFirstOrThrow());
    },

    takeBack: async () => {
      const taken = await db
        .updateTable('trust_layers')
        .set({ taken_back_at: clockNow })
        .where('version', '=', newestLayer(db).clearSelect().select('version'))
        .returning('version')
        .executeTakeFirst();
      return taken !== undefined;
    },
  };
}

function newestLayer(db: Db) {
  return db
    .selectFrom('trust_layers')
    .selectAll()
    .where('taken_back_at', 'is', null)
    .orderBy('version', 'desc')
    .limit(1);
}

function layerOf({ version, at, body }: Selectable<TrustLayerTable>): TrustLayer {
  return { version: Number(version), at: at.toISOString(), body };
}

/**
 * What an answer says of every field that was read: kept as it was, or changed. The first answer to a step counts; what a
 * person said before is no reading.
 */
export async function learnFromAnswer(trx: Db, row: QuestionRow, values: unknown): Promise<void> {
  const { draft, sampled = false } = row.body as QuestionBody;
  const said = Object(values) as Record<string, unknown>;
  const labels = Object.entries(draft).flatMap(([field, { value, probability, absent, group, evidence }]) => {
    if (group === undefined || evidence.includes('person')) return [];
    const right = isDeepStrictEqual(value, said[field] ?? null);
    const trust = value === null ? absent : probability;
    return [{ task: row.task, step: row.step, field, reading_group: group, trust, is_right: right, sampled }];
  });
  if (labels.length === 0) return;
  await trx
    .insertInto('labels')
    .values(labels)
    .onConflict((conflict) => conflict.columns(['task', 'step', 'field']).doNothing())
    .execute();
}
