import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PLAIN_TIMING, type SchedulePut, type Task } from '#core';
import type { OpenStore, StorePlace } from '#store';
import { BOT, type SchedulerOrders, type SchedulerSaid } from './orders.ts';

export interface Storm {
  readonly store: StorePlace;
  /** Looks into the store while no scheduler is up. */
  readonly look: <R>(look: (store: OpenStore) => Promise<R>) => Promise<R>;
  /** Schedulers side by side. */
  readonly beside: number;
  /** How many die in each one's place before the last one lives. */
  readonly deaths: number;
  readonly random: () => number;
  readonly careless?: boolean;
}

/** What became of the due times of a schedule. */
export interface Aftermath {
  readonly due: number;
  /** Due times that no task stands for and that were not left out either. */
  readonly lost: readonly string[];
  /** Due times that several tasks stand for. */
  readonly twice: readonly string[];
  readonly deaths: number;
}

/** Milliseconds after a decision was sent off; null is before. */
const BLOWS = [null, 0, 1, 2, 4, 8, 16];
const CALM_SECONDS = 120;

const PLAIN: Omit<SchedulePut, 'name' | 'missed' | 'overlap'> = {
  bot: BOT.name,
  cron: '* * * * * *',
  timeZone: 'Europe/Berlin',
  input: {},
  ...PLAIN_TIMING,
};
/** Every due time is a start; and, of another, one is while the rest waits for it or is left out. */
const EACH: SchedulePut = { ...PLAIN, name: 'each', missed: 'all', overlap: 'allow' };
const ONE: SchedulePut = { ...PLAIN, name: 'one', missed: 'once', overlap: 'queue-one', jitterSeconds: 2 };

/** Schedulers side by side start two schedules by the second and die at their decisions; the last one catches up. */
export async function stormOfSchedulers(storm: Storm): Promise<Aftermath> {
  const begin = await storm.look(async (store) => {
    const put = [await store.schedules.put(EACH), await store.schedules.put(ONE)];
    return put.map(({ doneUntil }) => doneUntil);
  });
  const lives = Array.from({ length: storm.beside }, () => dieInTurn(storm));
  const deaths = (await Promise.all(lives)).reduce((sum, died) => sum + died, 0);
  await catchUp(storm, new Date().toISOString());
  return storm.look((store) => aftermathIn(store, begin[0]!, deaths));
}

async function dieInTurn({ store, deaths, random, careless = false }: Storm): Promise<number> {
  for (let death = 0; death < deaths; death++) {
    const at = 1 + Math.floor(random() * 3);
    // A control dies where it does harm: it has started and not written down that it did.
    const afterMs = careless ? null : (BLOWS[Math.floor(random() * BLOWS.length)] ?? null);
    const [, signal] = await once(start({ store, dies: { at, afterMs }, careless }), 'exit');
    if (signal !== 'SIGKILL') throw new Error('A scheduler ended otherwise than by its death.');
  }
  return deaths;
}

async function catchUp({ store, careless = false }: Storm, target: string): Promise<void> {
  const calm = start({ store, dies: null, careless });
  const ended = once(calm, 'exit');
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const patience = setTimeout(() => reject(new Error('The schedules were not caught up with.')), CALM_SECONDS * 1000);
  calm.on('message', (said) => {
    if ((said as SchedulerSaid).doneUntil.every((doneUntil) => doneUntil >= target)) resolve();
  });
  try {
    await Promise.race([done, ended.then(() => Promise.reject(new Error('The last scheduler ended by itself.')))]);
  } finally {
    clearTimeout(patience);
    calm.kill('SIGTERM');
    await ended;
  }
}

function start(orders: SchedulerOrders): ChildProcess {
  return fork(path.join(import.meta.dirname, 'child.ts'), [JSON.stringify(orders)], { execArgv: [], stdio: 'inherit' });
}

async function aftermathIn(store: OpenStore, begin: string, deaths: number): Promise<Aftermath> {
  const [each, one] = [await store.schedules.get(EACH.name), await store.schedules.get(ONE.name)];
  if (!each || !one) throw new Error('A schedule is gone.');
  const due = secondsBetween(begin, each.doneUntil);
  const started = Map.groupBy(await tasksOf(store, EACH.name), ({ key }) => dueTimeOf(key));
  const ofOne = await tasksOf(store, ONE.name);
  const startsOfOne = Map.groupBy(ofOne, ({ key }) => dueTimeOf(key));
  // Its first task never ends, so it is the only one.
  const surplus = [...startsOfOne.keys()].slice(1).map((dueAt) => `${dueAt} of the one that may not overlap`);
  return {
    due: due.length,
    lost: [...due.filter((at) => !started.has(at)), ...(ofOne.length === 0 ? ['all of the one'] : [])],
    twice: [...started, ...startsOfOne].flatMap(([at, tasks]) => (tasks.length > 1 ? [at] : [])).concat(surplus),
    deaths,
  };
}

function secondsBetween(from: string, to: string): readonly string[] {
  const [first, last] = [Math.floor(Date.parse(from) / 1000) + 1, Math.floor(Date.parse(to) / 1000)];
  return Array.from({ length: last - first + 1 }, (_, at) => new Date((first + at) * 1000).toISOString());
}

/** `schedule:each:2026-03-31T09:00:00.000Z`, and behind it whatever the control has put there. */
function dueTimeOf(key: string): string {
  return key.split(':').slice(2).join(':').split('#')[0] ?? '';
}

async function tasksOf(store: OpenStore, schedule: string): Promise<readonly Task[]> {
  const found: Task[] = [];
  for (;;) {
    const after = found.at(-1)?.id;
    const page = await store.tasks.list({ bot: BOT.name, limit: 500, ...(after !== undefined && { after }) });
    if (page.length === 0) return found.filter(({ key }) => key.startsWith(`schedule:${schedule}:`));
    found.push(...page);
  }
}
