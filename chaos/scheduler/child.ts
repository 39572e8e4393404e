import { newId, silentLogger, systemClock } from '#core';
import { startScheduler } from '#queues';
import { type OpenStore, openStore } from '#store';
import { BOT, type SchedulerOrders, type SchedulerSaid } from './orders.ts';

/*
 * A scheduler in a process of its own, which ends itself as by `kill -9` soon after it has sent off its nth decision:
 * before the database has it, while it writes, or after it has and before the process hears of it.
 */

const orders: SchedulerOrders = JSON.parse(process.argv[2] ?? '');
process.on('disconnect', () => process.exit(0));

let decisions = 0;

function dieSoon(): void {
  decisions++;
  if (decisions !== orders.dies?.at) return;
  if (orders.dies.afterMs === null) process.kill(process.pid, 'SIGKILL');
  else setTimeout(() => process.kill(process.pid, 'SIGKILL'), orders.dies.afterMs);
}

/** The control: tasks first, each under a key of its own, then the schedule; as schedulers do that have no transaction. */
function careless(schedules: OpenStore['schedules'], tasks: OpenStore['tasks']): OpenStore['schedules'] {
  return {
    ...schedules,
    async decide(schedule, decision) {
      for (const { dueAt, task } of decision.starts)
        await tasks.submit({ ...task, key: `${task.key}#${dueAt}#${newId()}` });
      return schedules.decide(schedule, { ...decision, starts: [] });
    },
  };
}

function mortal(schedules: OpenStore['schedules']): OpenStore['schedules'] {
  return {
    ...schedules,
    decide(schedule, decision) {
      dieSoon();
      return schedules.decide(schedule, decision);
    },
  };
}

async function run(): Promise<void> {
  const store = await openStore(orders.store, { log: silentLogger });
  const schedules = orders.careless ? careless(mortal(store.schedules), store.tasks) : mortal(store.schedules);
  const say = (said: SchedulerSaid) => void process.send?.(said);
  const clock = {
    ...systemClock,
    // Between two rounds: how far it has come.
    async sleep(ms: number, signal?: AbortSignal) {
      say({ doneUntil: (await store.schedules.list()).map(({ doneUntil }) => doneUntil) });
      await systemClock.sleep(ms, signal);
    },
  };
  const scheduler = startScheduler({
    store: { ...store, schedules },
    bots: [BOT],
    dispatch: { ticket: async () => undefined },
    everySeconds: 0.2,
    clock,
    log: silentLogger,
  });
  process.once('SIGTERM', async () => {
    await scheduler.stop();
    await store.close();
    process.disconnect();
  });
}

await run();
