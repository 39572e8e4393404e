import { mkdir } from 'node:fs/promises';
import type { Logger } from '#core';
import { type OpenStore, openStore } from '#store';
import { startApplication, voucherNo } from './application.ts';
import type { Places, Profile, Site } from './fault.ts';
import { type Accepted, check, type Findings } from './history.ts';
import { startPostOffice } from './postOffice.ts';
import { longestTakeover } from './takeover.ts';
import { keyer, mailTo, screen, type Work, writtenFor } from './worker/bot.ts';
import type { Orders, Said } from './worker/orders.ts';
import { startWorkerProcess, type WorkerProcess } from './worker/process.ts';

/** Short, so that hundreds of takeovers can be waited for; the fault `takeover` measures with the usual lease. */
const LEASE_SECONDS = 4;
const START_SECONDS = 60;
const SETTLE_SECONDS = 120;
/** More than a worker gives its runs when it is asked to stop. */
const STOP_SECONDS = 40;

export interface SiteOptions {
  readonly profile: Profile;
  readonly folder: string;
  readonly places: Places;
  readonly browser: string;
  /** Workers that never look up. */
  readonly blind: boolean;
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
  const { profile, folder, places, random, log } = options;
  await mkdir(folder, { recursive: true });
  const application = await startApplication(folder);
  const postOffice = await startPostOffice();
  const record = await openRecord(places, log);
  const crew = openCrew(options, { accounts: application.accounts, postOffice: postOffice.url });
  const accepted: Accepted[] = [];

  async function accept(count: number, work: Work): Promise<readonly string[]> {
    const { card } = keyer('1', screen, mailTo(postOffice.url, false));
    const before = accepted.length;
    await record.look(async (store) => {
      for (let n = before + 1; n <= before + count; n++) {
        const voucher = voucherNo(n, random);
        const { task } = await store.tasks.submit({ bot: card, key: String(n), input: { work, voucher } });
        accepted.push({ task: task.id, record: writtenFor(work, voucher) });
      }
    });
    return accepted.slice(before).map(({ task }) => task);
  }

  async function judge(): Promise<Judged> {
    const stories = await record.look(async (store) => {
      const found = [];
      for (const { task } of accepted) found.push(await store.tasks.story(task));
      return found.filter((story) => story !== undefined);
    });
    return {
      tasks: accepted.length,
      findings: check({ accepted, stories, written: [...application.written(), ...postOffice.written()] }),
      takeoverSeconds: longestTakeover(stories, crew.deaths),
    };
  }

  return {
    ...{ profile, folder, places, random, log, accept, judge, record: record.look },
    application: application.process,
    startWorker: crew.start,
    settle: (seconds = SETTLE_SECONDS) => crew.settle(seconds),
    close: async () => {
      await crew.end('SIGKILL');
      await record.close();
      await application.process.stop();
      await postOffice.close();
    },
  };
}

/** The run's workers. */
function openCrew(
  { places, folder, browser, blind, listen = () => undefined }: SiteOptions,
  applications: Pick<Orders, 'accounts' | 'postOffice'>,
) {
  const alive = new Set<WorkerProcess>();
  const deaths = new Map<string, number>();
  let started = 0;

  async function start(changes: Partial<Orders> = {}): Promise<WorkerProcess> {
    const orders: Orders = {
      ...{ places, folder, browser, blind, ...applications },
      ...{ leaseSeconds: LEASE_SECONDS, concurrency: 1, version: '1', rehearses: false, clockHours: 0 },
      ...changes,
    };
    const worker = startWorkerProcess(orders, `worker-${++started}`, listen);
    alive.add(worker);
    void worker.exited.then((how) => {
      alive.delete(worker);
      if (how === 'SIGKILL') deaths.set(String(worker.pid), Date.now());
    });
    const draws = await worker.says(({ say }) => say === 'drawing', START_SECONDS);
    // One that was to die may have done so already.
    if (!draws && (await worker.exited) !== 'SIGKILL')
      throw new Error(`A worker did not start: see its log in ${folder}.`);
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
    start,
    end,
    async settle(seconds: number): Promise<void> {
      const until = Date.now() + seconds * 1000;
      let isDone = false;
      while (!isDone && Date.now() < until) {
        const worker = [...alive].at(-1) ?? (await start());
        isDone = await worker.says(nothingOpen, (until - Date.now()) / 1000);
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
