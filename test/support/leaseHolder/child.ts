import { silentLogger, systemClock } from '#core';
import { openDispatch, startWorker } from '#queues';
import { openStore, type StorePlace } from '#store';

/**
 * A worker process to be killed: works one task as far as its first step, says so, and hangs.
 * Arguments: where the store lies as JSON, the bot's card as JSON, the lease in seconds.
 */
const [place, card, seconds] = process.argv.slice(2);
const log = silentLogger;
const store = await openStore(JSON.parse(place!) as StorePlace, { log });
const dispatch = await openDispatch({ kind: 'postgres', pool: store.pool }, { log });
const bot = JSON.parse(card!);
await store.tasks.submit({ bot, key: 'left behind', input: {} });
await startWorker({
  store,
  dispatch,
  bot,
  concurrency: 1,
  worker: 'to be killed',
  leaseSeconds: Number(seconds),
  clock: systemClock,
  log,
  perform: async (_lease, journal) => {
    await journal.remember('first', 'step', process.pid);
    await journal.intend({
      step: 'key',
      application: 'ledger',
      screen: 'voucher',
      key: '1',
      record: {},
      quietSeconds: 0,
    });
    process.send?.('holding');
    return new Promise(() => undefined);
  },
});
await dispatch.ticket(bot.name);
