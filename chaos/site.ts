import { mkdir } from 'node:fs/promises';
import { type Logger, silentLogger } from '#core';
import { openDispatch } from '#queues';
import { type OpenStore, openStore } from '#store';
import { type Application, startApplication, voucherNo } from './application.ts';
import type { Places, Profile, Site, Without } from './fault.ts';
import { type Accepted, allOf, check, checkWithoutRecord, type Findings } from './history.ts';
import { leaks } from './leaks.ts';
import { startPostOffice } from './postOffice.ts';
import { progressWithin } from './progress.ts';
import { openQueueAlone } from './queueAlone.ts';
import { longestTakeover } from './takeover.ts';
import { BOT, keyer, mailTo, screen, type Work, writtenFor } from './worker/bot.ts';
import type { Orders, Said } from './worker/orders.ts';
import { startWorkerProcess, type WorkerProcess } from './worker/process.ts';

/** Short, so that hundreds of takeovers can be waited for; the fault `takeover` measures with the usual lease. */
const LEASE_SECONDS = 4;
/** Patience for a machine that does much else: nothing is measured by these. */
const START_SECONDS = 180;
const SETTLE_SECONDS = 300;
/** More than a worker gives its runs when it is asked to stop. */
const STOP_SECONDS = 40;

export interface SiteOptions {
  readonly profile: Profile;
  readonly folder: string;
  readonly places: Places;
  readonly browser: string;
  /** The control: what its workers go without. */
  readonly without?: Without;
  readonly byApplication?: boolean;
  readonly random: () => number;
  readonly log: Logger;
  /** Hears everything the workers say. */
  readonly listen?: (said: Said) => void;
}

/** What a run left behind, judged. */
export interface Judged {
  readonly tasks: number;
  readonly findings: Findings;
  /** From the end of a worker to the next one's claim of its task; null when none was taken over. */
  readonly takeoverSeconds: number | null;
}

export interface OpenSite extends Site {
  judge(): Promise<Judged>;
  close(): Promise<void>;
}

export async function openSite(options: SiteOptions): Promise<OpenSite> {
  const { profile, folder, places, without, byApplication = false, random, log } = options;
  await mkdir(folder, { recursive: true });
  const postOffice = await startPostOffice();
  const record = await openRecord(places, log);
  let started: Promise<Application> | undefined;
  const application = () => {
    started ??= startApplication(folder);
    return started;
  };
  const crew = openCrew(options, async () => ({
    accounts: started ? (await started).accounts : [],
    postOffice: postOffice.url,
  }));
  const accepted: Accepted[] = [];
  const amiss: Partial<Findings>[] = [];
  let besides = 0;

  async function accept(count: number, work: Work): Promise<readonly string[]> {
    if (work === 'voucher' || work === 'visit' || work === 'stray') await application();
    const before = accepted.length;
    const vouchers = Array.from({ length: count }, (_, n) => ({
      n: before + n + 1,
      voucher: voucherNo(before + n + 1, random),
    }));
    if (without === 'record') {
      const all = vouchers.map(({ n, voucher }) => ({ task: String(n), record: writtenFor('letter', voucher) }));
      accepted.push(...all);
      // Whoever is refused has nothing to show for it, which is what the product spares them.
      await addToQueue(all).catch(() => log.warn('the queue took no jobs'));
      return all.map(({ task }) => task);
    }
    const { card } = keyer('1', screen, mailTo(postOffice.url, undefined));
    await record.look(async (store) => {
      for (const { n, voucher } of vouchers) {
        const { task } = await store.tasks.submit({ bot: card, key: String(n), input: { work, voucher } });
        accepted.push({ task: task.id, record: writtenFor(work, voucher) });
      }
    });
    return accepted.slice(before).map(({ task }) => task);
  }

  function addToQueue(all: readonly Accepted[]): Promise<void> {
    return record.look(async ({ pool }) => {
      const queue = await openQueueAlone(places, pool);
      await queue.add(all.flatMap(({ record: letter }) => letter ?? [])).finally(queue.close);
    });
  }

  async function handOut(times: number): Promise<void> {
    if (without === 'record') return addToQueue(Array.from({ length: times }, () => accepted).flat());
    await record.look(async ({ pool }) => {
      const place = places.dispatch === 'with-store' ? ({ kind: 'postgres', pool } as const) : places.dispatch;
      const dispatch = await openDispatch(place, { log: silentLogger });
      await Promise.all(Array.from({ length: times * accepted.length }, () => dispatch.ticket(BOT)));
      await dispatch.close();
    });
  }

  async function postByHand(n: number): Promise<void> {
    const letter = accepted[n]?.record;
    if (!letter) throw new Error('There is no such letter.');
    await mailTo(postOffice.url, undefined).post(letter, AbortSignal.timeout(5000));
  }

  async function judge(): Promise<Judged> {
    const written = [...(started ? (await started).written() : []), ...postOffice.written()];
    const stories = without === 'record' ? [] : await record.look(storiesOf);
    const history = { accepted, stories, written, byApplication };
    // Without an application nobody was given a password.
    amiss.push({ wrong: started ? await leaks({ folder, places }) : [] });
    return {
      tasks: accepted.length + besides,
      findings: allOf([...amiss, without === 'record' ? checkWithoutRecord(history) : check(history)]),
      // Embedded, a worker's clock is the record's: by a wrong one nothing can be measured.
      takeoverSeconds: profile === 'embedded' && crew.isClockWrong() ? null : longestTakeover(stories, crew.deaths),
    };
  }

  async function storiesOf({ tasks }: OpenStore) {
    const found = [];
    for (const { task } of accepted) found.push(await tasks.story(task));
    return found.filter((story) => story !== undefined);
  }

  return {
    ...{ profile, folder, places, random, log, accept, handOut, postByHand, judge, record: record.look },
    ...(without && { without }),
    application,
    dawdle: postOffice.dawdle,
    posted: () => postOffice.written().length,
    found: (findings, tasks = 0) => {
      amiss.push(findings);
      besides += tasks;
    },
    startWorker: crew.start,
    settle: (seconds = SETTLE_SECONDS) => (accepted.length > 0 ? crew.settle(seconds) : crew.end('SIGTERM')),
    close: async () => {
      await crew.close();
      await record.close();
      await (await started)?.process.stop();
      await postOffice.close();
    },
  };
}

/** The run's workers. */
function openCrew(
  { places, folder, browser, without, listen = () => undefined }: SiteOptions,
  applications: () => Promise<Pick<Orders, 'accounts' | 'postOffice'>>,
) {
  const alive = new Set<WorkerProcess>();
  const deaths = new Map<string, number>();
  let started = 0;
  let isClockWrong = false;
  let isClosed = false;

  async function start(changes: Partial<Orders> = {}): Promise<WorkerProcess> {
    // A fault that was given up may not have heard of it.
    if (isClosed) throw new Error('The run is over.');
    const orders: Orders = {
      ...{ places, folder, browser, ...(await applications()) },
      ...(without && { without }),
      ...{ leaseSeconds: LEASE_SECONDS, concurrency: 1, version: '1', rehearses: false, clockHours: 0 },
      ...changes,
    };
    isClockWrong ||= orders.clockHours !== 0;
    const worker = startWorkerProcess(orders, `worker-${++started}`, listen);
    alive.add(worker);
    void worker.exited.then((how) => {
      alive.delete(worker);
      if (how === 'SIGKILL') deaths.set(String(worker.pid), Date.now());
    });
    if (await worker.says(({ say }) => say === 'drawing', START_SECONDS)) return worker;
    // One that was to die may have done so already.
    const how = await Promise.race([worker.exited, 'slow']);
    if (how !== 'SIGKILL') throw new Error(`A worker did not start (${how}): see its log in ${folder}.`);
    return worker;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = [...alive];
    for (const worker of ending) worker.signal(signal);
    const patience = setTimeout(() => {
      for (const worker of alive) worker.signal('SIGKILL');
    }, STOP_SECONDS * 1000);
    await Promise.all(ending.map(({ exited }) => exited));
    clearTimeout(patience);
  }

  return {
    deaths,
    isClockWrong: () => isClockWrong,
    start,
    end,
    close: () => {
      isClosed = true;
      return end('SIGKILL');
    },
    async settle(seconds: number): Promise<void> {
      const progress = progressWithin(seconds, Date.now);
      const isOver = (said: Said) => {
        progress.hear(said);
        return nothingOpen(said);
      };
      let isDone = false;
      while (!isDone && progress.secondsLeft() > 0) {
        const worker = [...alive].at(-1) ?? (await start());
        isDone = await worker.says(isOver, progress.secondsLeft());
      }
      await end('SIGTERM');
    },
  };
}

/** Nothing is left for bots, and this worker has ended what it had under way. */
export function nothingOpen(said: Said): boolean {
  return said.say === 'open' && said.tasks === 0 && said.runs === 0;
}

/** The run's record: open all the time on a server, and embedded for moments only, since one process at a time may open it. */
async function openRecord({ store: place }: Places, log: Logger) {
  if (place.kind === 'postgres') {
    const store = await openStore(place, { log });
    return { look: <R>(look: (store: OpenStore) => Promise<R>) => look(store), close: () => store.close() };
  }
  return {
    look: async <R>(look: (store: OpenStore) => Promise<R>) => {
      const store = await openStore(place, { log });
      try {
        return await look(store);
      } finally {
        await store.close();
      }
    },
    close: async () => undefined,
  };
}
