import { expect, it } from 'vitest';
import { silentLogger } from '#core';
import { type OpenStore, openStore, type StorePlace } from '#store';
import { randomOf } from '../../chaos/random.ts';
import { stormOfSchedulers } from '../../chaos/scheduler/storm.ts';
import { freshDatabase } from '../support/stores.ts';

async function onPostgres() {
  const store: StorePlace = { kind: 'postgres', url: await freshDatabase() };
  return {
    store,
    async look<R>(look: (opened: OpenStore) => Promise<R>): Promise<R> {
      const opened = await openStore(store, { log: silentLogger });
      return look(opened).finally(() => opened.close());
    },
  };
}

it('starts every due time once, with several schedulers that die at their decisions', async () => {
  const random = randomOf('schedulers', 'test', 'postgres');
  const after = await stormOfSchedulers({ ...(await onPostgres()), beside: 3, deaths: 2, random });
  expect(after).toMatchObject({ lost: [], twice: [], deaths: 6 });
  expect(after.due).toBeGreaterThan(2);
}, 600_000);

it('would find due times started twice: schedulers without a transaction start them so', async () => {
  const random = randomOf('careless', 'test', 'postgres');
  const after = await stormOfSchedulers({ ...(await onPostgres()), beside: 3, deaths: 1, random, careless: true });
  expect(after.twice).not.toEqual([]);
}, 600_000);
