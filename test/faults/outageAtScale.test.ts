import { expect, it, onTestFinished } from 'vitest';
import type { Lease, Outcome } from '#core';
import type { OpenStore } from '#store';
import { BADLY, passTime, someNeed, WELL } from '../support/applications.ts';
import { postgresStore } from '../support/stores.ts';
import { someBot } from '../support/work.ts';

const TASKS = 5000;
/** Those whose runs find out; the others are put where such runs leave a task, which takes no minutes. */
const FIND_OUT = 200;
const OUTAGE_SECONDS = 1800;
/** The reconciler's pace, as it is shipped. */
const ROUND_SECONDS = 10;
/** Runs at the same time, each with a session of its own. */
const PLACES = 8;
const USES_TO_PARK = 3;
/** How often it is looked at in so many seconds: after 10, 20 and 40, and every minute from then on. */
const looksIn = (seconds: number) => 3 + Math.floor((seconds - 10 - 20 - 40) / 60);

/** The record's own clock is the database's: what stood in it is put back instead of waiting. */
it('5,000 tasks of an application that is down for half an hour wait for one that looks, and go on in their order', {
  timeout: 900_000,
}, async () => {
  const store = await postgresStore();
  onTestFinished(() => store.close());
  const { access } = store;
  const bot = someBot();
  const need = someNeed({ sessions: PLACES });
  const { application } = need;
  const begin = Date.now();
  const due = (n: number) => new Date(begin + 4 * 3_600_000 + n * 1000).toISOString();
  const submit = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, n) =>
        store.tasks.submit({ bot, key: String(from + n), input: {}, dueAt: due(from + n) }),
      ),
    );

  let isUp = false;
  let [uses, looks] = [0, 0];
  const putOff = (reason: string, afterSeconds: number): Outcome => ({
    ...{ kind: 'retry', afterSeconds, spendsAttempt: false, reason },
    throttled: { application },
  });
  /** One run: the application is used if its account is lent. */
  async function outcomeOf(): Promise<Outcome> {
    const lending = await access.lend(need);
    if (lending.state === 'parked') return putOff('application-parked', 86_400);
    if (lending.state !== 'lent') return putOff('account-busy', 0);
    const { probe } = lending.loan;
    if (probe) looks++;
    else uses++;
    if (isUp && probe) await access.recovered(lending.loan);
    await access.giveBack(lending.loan, isUp ? WELL : BADLY);
    if (isUp) return { kind: 'done', output: null };
    if (probe) return putOff('application-parked', 86_400);
    return { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'application-failed' };
  }
  /** Works the lane until nothing is open, or so many runs have been made. */
  async function workLane(runs = Number.POSITIVE_INFINITY): Promise<number> {
    let made = 0;
    const place = async () => {
      while (made < runs) {
        const lease = await store.tasks.claim(bot, 'worker', 30);
        if (!lease) return;
        made++;
        await store.tasks.finish(lease, await outcomeOf());
      }
    };
    await Promise.all(Array.from({ length: PLACES }, place));
    return made;
  }
  const state = async () => (await access.applications()).find((one) => one.application === application);

  await submit(0, FIND_OUT);
  await workLane();
  // Those that found out, and those that were in there with them.
  expect(uses).toBeLessThan(USES_TO_PARK + PLACES);
  await submit(FIND_OUT, TASKS);
  await sendToWait(store, application);
  expect(await state()).toMatchObject({ state: 'parked', waiting: TASKS });

  for (let passed = 0; passed < OUTAGE_SECONDS; passed += ROUND_SECONDS) {
    await passTime(store, application, ROUND_SECONDS, 'applications');
    const woken = await access.wakeDue();
    if (woken.length > 0) expect(await workLane()).toBe(1);
  }
  const { since } = (await state())!;
  const downSeconds = (Date.parse(await store.now()) - Date.parse(since!)) / 1000;
  expect(looks).toBeGreaterThanOrEqual(looksIn(OUTAGE_SECONDS) - 1);
  expect(looks).toBeLessThanOrEqual(looksIn(downSeconds) + 1);
  expect(uses).toBeLessThan(USES_TO_PARK + PLACES);
  expect(await state()).toMatchObject({ state: 'parked', waiting: TASKS });

  isUp = true;
  await passTime(store, application, OUTAGE_SECONDS, 'tasks');
  await passTime(store, application, 61, 'applications');
  await access.wakeDue();
  expect(await workLane(1)).toBe(1);
  expect(await store.tasks.counts(bot.name)).toMatchObject({ done: 1, ready: TASKS - 1 });

  const claimed = await claimAll(() => store.tasks.claim(bot, 'worker', 3600));
  expect(new Set(claimed.map(({ task }) => task.id)).size).toBe(TASKS - 1);
  const dues = claimed.map(({ task }) => Date.parse(task.dueAt));
  expect(dues).toEqual(dues.toSorted((a, b) => a - b));
  // No try is lost but by those that found out; each promise stands where it stood, and later by the outage.
  expect(claimed.reduce((lost, { task }) => lost + task.attempt, 0)).toBeLessThan(USES_TO_PARK + PLACES);
  for (const { task } of claimed) {
    const late = Date.parse(task.dueAt) - Date.parse(due(Number(task.key)));
    expect(Math.abs(late)).toBeLessThan(300_000);
  }
  expect((await access.events(10)).map(({ kind }) => kind)).toEqual(['application-well', 'application-parked']);
});

/** As runs leave a task that came to an application that is parked. */
async function sendToWait({ pool }: OpenStore, application: string): Promise<void> {
  const asking: { query(text: string, values: readonly unknown[]): Promise<unknown> } = pool;
  await asking.query(
    `update tasks set reason = 'application-parked', parked_on = $1, available_at = clock_timestamp() + interval '1 day'
      where state = 'ready' and parked_on is null`,
    [application],
  );
}

async function claimAll(claim: () => Promise<Lease | undefined>): Promise<readonly Lease[]> {
  const all: Lease[] = [];
  for (;;) {
    const some = await Promise.all(Array.from({ length: 50 }, claim));
    const leases = some.filter((lease) => lease !== undefined);
    all.push(...leases);
    if (leases.length === 0) return all;
  }
}
