import path from 'node:path';
import { chromium } from 'playwright-core';
import { openArchive } from '#archive';
import { createLogger, systemClock } from '#core';
import { openDispatch, startReconciler, startWorker } from '#queues';
import { openSessions, runTask, type Services } from '#runner';
import { openStore } from '#store';
import { blindScreen, keyer, mailTo, screen } from './bot.ts';
import { fated, fatedScreen, fatedSessions, fateOf } from './fate.ts';
import { type Moment, momentName, type Orders, type Said } from './orders.ts';
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
  const fate = fateOf(strike);
  const store = await openStore(places.store, { log });
  const dispatch = await openDispatch(
    places.dispatch === 'with-store' ? { kind: 'postgres', pool: store.pool } : places.dispatch,
    { log },
  );
  const keying = fatedScreen(orders.blind ? blindScreen : screen, fate);
  const mail = fated(mailTo(orders.postOffice, orders.blind), 'mail', ['lookUp', 'post'], fate);
  const bot = keyer(version, keying, mail);
  const worker = String(process.pid);
  const archive = openArchive(path.join(orders.folder, 'archive'));
  const services: Services = {
    archive,
    maskEvidence: false,
    reader: { read: noPapers, reread: noPapers },
    memory: store.memory,
    papers: store.papers,
    sessions: fatedSessions(
      openSessions({
        launch: (options) => chromium.launch({ ...options, executablePath: orders.browser }),
        archive,
        accounts: async () => orders.accounts,
        access: store.access,
        holder: worker,
        leaseSeconds,
        onWork: (lanes) => lanes.forEach((lane) => void dispatch.ticket(lane)),
        log,
      }),
      fate,
    ),
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
      return runTask(bot, fated(journal, 'journal', JOURNAL, fate), services, signal).finally(() => runs--);
    },
    clock: systemClock,
    log,
  });
  const reconciler = startReconciler({
    store,
    dispatch,
    lanes: [bot.card.name],
    everySeconds: 1,
    clock: systemClock,
    log,
  });
  await reconciler.reconcileOnce();
  say({ say: 'drawing' });
  const reporting = setInterval(async () => {
    const counts = await store.tasks.counts(bot.card.name).catch(() => undefined);
    if (counts) say({ say: 'open', tasks: counts.ready + counts.running, runs });
  }, 500);

  process.once('SIGTERM', async () => {
    clearInterval(reporting);
    await reconciler.stop();
    await drawing.drain(DRAIN_SECONDS);
    await services.sessions.close();
    await dispatch.close();
    await store.close();
    process.exit(0);
  });
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

function strike(moment: Moment): void {
  if (orders.rehearses) say({ say: 'did', moment });
  const { struck } = orders;
  if (!struck || momentName(struck) !== momentName(moment)) return;
  say({ say: 'struck' });
  if (struck.how === 'tell') return;
  if (struck.how === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, struck.seconds * 1000);
  else process.kill(process.pid, struck.how === 'die' ? 'SIGKILL' : 'SIGSTOP');
}

function say(said: Said): void {
  process.send?.(said);
}

function noPapers(): Promise<never> {
  return Promise.reject(new Error('There are no papers here.'));
}

await work();
