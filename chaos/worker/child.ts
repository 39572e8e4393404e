import path from 'node:path';
import { chromium } from 'playwright-core';
import { openArchive } from '#archive';
import { createLogger, Secret, systemClock } from '#core';
import { openDispatch, startReconciler, startWorker } from '#queues';
import { openSessions, runTask, type Services } from '#runner';
import { type OpenStore, openStore } from '#store';
import { keySource, openVault } from '#vault';
import { blows, type Struck, say } from './blows.ts';
import { keyer, mailTo, screenOf, strayTo } from './bot.ts';
import { fated, fatedScreen, fatedSessions, fateOf } from './fate.ts';
import type { Orders } from './orders.ts';
import { sendingTwice, unguarded } from './twice.ts';
import { unfenced } from './unfenced.ts';
import { runWrongBy } from './wrongClock.ts';

/*
 * A worker process to be killed, stopped and misled: the parts that main.ts puts together, with fate between them.
 * Started by `startWorkerProcess`, which hands its orders over as its only argument.
 */

/** Seconds that runs under way get when it is asked to stop. */
const DRAIN_SECONDS = 20;

const orders: Orders = JSON.parse(process.argv[2] ?? '');
runWrongBy(orders.clockHours);
process.on('disconnect', () => process.exit(0));

async function work(): Promise<void> {
  const { places, leaseSeconds, concurrency, version } = orders;
  const log = createLogger('info');
  const struck: Struck = {};
  const fate = fateOf(blows(orders, struck));
  const isUnfenced = orders.without === 'fence';
  const store = await openStore(places.store, { log });
  const dispatch = await openDispatch(
    places.dispatch === 'with-store' ? { kind: 'postgres', pool: store.pool } : places.dispatch,
    { log },
  );
  const known = screenOf(orders.without);
  const keying = fatedScreen(orders.sendsBy ? sendingTwice(known, orders.sendsBy) : known, fate);
  const mail = fated(mailTo(orders.postOffice, orders.without), 'mail', ['lookUp', 'post'], fate);
  const stray = orders.stray && strayTo(orders.stray, orders.without);
  const bot = keyer(version, keying, mail, stray);
  const worker = String(process.pid);
  const archive = openArchive(path.join(orders.folder, 'archive'));
  const sessions = openSessions({
    launch: async (options) => {
      struck.browser = await chromium.launch({ ...options, executablePath: orders.browser });
      return struck.browser;
    },
    archive,
    accounts: accountsIn(store),
    access: orders.without === 'breaker' ? unbroken(store.access) : heard(store.access),
    holder: worker,
    leaseSeconds,
    onWork: (lanes) => lanes.forEach((lane) => void dispatch.ticket(lane)),
    log,
  });
  const services: Services = {
    archive,
    maskEvidence: false,
    reader: { read: noPapers, reread: noPapers },
    memory: store.memory,
    papers: store.papers,
    sessions: fatedSessions(orders.without === 'one-sending' ? unguarded(sessions) : sessions, fate, (page) => {
      struck.page = page;
    }),
    accepts: () => true,
    sampled: () => undefined,
    today: () => '2026-03-31',
    clock: systemClock,
    log,
  };

  let runs = 0;
  const drawing = await startWorker({
    store: { ...store, tasks: fated(store.tasks, 'store', ['claim', 'renew', 'finish'], fate) },
    dispatch: fated(dispatch, 'queue', ['ticket', 'work'], fate),
    bot: bot.card,
    concurrency,
    worker,
    leaseSeconds,
    perform: async (_, journal, signal) => {
      runs++;
      const [own, until] = isUnfenced ? unfenced(journal) : [journal, signal];
      return runTask(bot, fated(own, 'journal', JOURNAL, fate), services, until).finally(() => runs--);
    },
    clock: systemClock,
    log,
  });
  const reconciler = startReconciler({
    store: fated(store, 'reconciler', ['openLanes', 'isAsleep', 'sumUp'], fate),
    dispatch: fated(dispatch, 'reconciler', ['tickets', 'ticket'], fate),
    lanes: [bot.card.name],
    everySeconds: 1,
    clock: systemClock,
    log,
  });
  await reconciler.reconcileOnce();
  const reporting = setInterval(async () => {
    const counts = await store.tasks.counts(bot.card.name).catch(() => undefined);
    if (counts) say({ say: 'open', tasks: counts.ready + counts.running, runs });
  }, 500);

  process.once('SIGTERM', async () => {
    if (orders.without === 'drain') process.exit(0);
    clearInterval(reporting);
    await reconciler.stop();
    await drawing.drain(DRAIN_SECONDS);
    await services.sessions.close();
    await dispatch.close();
    await store.close();
    process.exit(0);
  });
  // Who hears it may ask it to stop at once.
  say({ say: 'drawing' });
}

const JOURNAL = [
  'recall',
  'remember',
  'checkLease',
  'ask',
  'answer',
  'useUp',
  'effect',
  'intend',
  'prove',
  'withdraw',
  'attach',
] as const;

/** Those that were ordered, or what the vault opens with the ordered keys. */
function accountsIn(store: OpenStore) {
  const { keys, accounts } = orders;
  if (keys === undefined) return async () => accounts;
  const vault = openVault({
    store: store.credentials,
    keys: keySource({ key: keys === '' ? undefined : new Secret(keys), keyFile: undefined }),
    now: store.now,
    clock: systemClock,
  });
  return vault.accounts;
}

/** Says when an application is parked. */
function heard(access: OpenStore['access']): OpenStore['access'] {
  return {
    ...access,
    async giveBack(loan, bearing) {
      const given = await access.giveBack(loan, bearing);
      if (given.parked) say({ say: 'parked' });
      return given;
    },
  };
}

/** Whatever an application does, nothing is held against it. */
function unbroken(access: OpenStore['access']): OpenStore['access'] {
  return { ...access, giveBack: (loan) => access.giveBack(loan, { bore: 'unclear' }) };
}

function noPapers(): Promise<never> {
  return Promise.reject(new Error('There are no papers here.'));
}

await work();
