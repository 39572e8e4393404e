import { expect, it } from 'vitest';
import type { BotCard, Outcome } from '#core';
import type { OpenStore } from '#store';
import { BADLY, lentTo, parkApplication, passTime, someNeed, WELL } from '../../support/applications.ts';
import { claimed, someBot, submitted } from '../../support/work.ts';

const DAY = 86_400;

export function parked(store: () => OpenStore): void {
  const there = () => store().access;
  const putOff = (reason: string, application: string | null, afterSeconds = DAY): Outcome => ({
    ...{ kind: 'retry', afterSeconds, spendsAttempt: false, reason },
    throttled: { application },
  });

  /** So many tasks of a bot, all of them waiting for the application. */
  async function waiting(bot: BotCard, tasks: number, application: string, reason: string) {
    for (let n = 0; n < tasks; n++) await submitted(store(), bot, { dueAt: `2039-01-0${tasks - n}T00:00:00Z` });
    for (let n = 0; n < tasks; n++)
      await store().tasks.finish(await claimed(store(), bot), putOff(reason, application));
    expect(await store().tasks.claim(bot, 'worker', 30)).toBeUndefined();
  }
  const open = async (bot: BotCard) =>
    (await store().openLanes()).find((lane) => lane.bot === bot.name)?.claimable ?? 0;

  it('go on in their order with a new promise when it is well again', async () => {
    const need = someNeed();
    const bot = someBot();
    await parkApplication(there(), need);
    await waiting(bot, 3, need.application, 'application-parked');
    const [state] = (await there().applications()).filter(({ application }) => application === need.application);
    expect(state).toMatchObject({ state: 'parked', waiting: 3 });
    await passTime(store(), need.application, 1800);

    expect(await there().wakeDue()).toContain(bot.name);
    expect(await open(bot)).toBe(1);
    expect(await there().wakeDue()).not.toContain(bot.name);
    const scout = await claimed(store(), bot);
    const probe = await lentTo(there(), need);
    expect(await there().recovered(probe)).toEqual([bot.name]);
    await there().giveBack(probe, WELL);
    await store().tasks.finish(scout, { kind: 'done', output: null });

    const order = [scout, await claimed(store(), bot), await claimed(store(), bot)];
    const dues = order.map(({ task }) => Date.parse(task.dueAt));
    expect(dues.slice(1)).toEqual(dues.slice(1).toSorted((a, b) => a - b));
    for (const { task } of order) {
      const story = await store().tasks.story(task.id);
      const moved = story!.events.find(({ kind }) => kind === 'promise-moved');
      expect(moved?.facts).toMatchObject({ application: need.application, dueAt: story!.task.dueAt });
      expect(Number(moved!.facts['seconds'])).toBeGreaterThanOrEqual(1795);
      expect(Number(moved!.facts['seconds'])).toBeLessThan(1860);
    }
    expect(order.map(({ task }) => task.attempt)).toEqual([0, 0, 0]);
  });

  it('have their promises moved by the same time, so that many of them change no places', async () => {
    const need = someNeed();
    const bot = someBot();
    const tasks = 60;
    for (let n = 0; n < tasks; n++) await submitted(store(), bot, { dueAt: '2039-01-01T00:00:00Z' });
    await parkApplication(there(), need);
    for (let n = 0; n < tasks; n++)
      await store().tasks.finish(await claimed(store(), bot), putOff('application-parked', need.application));
    await passTime(store(), need.application, 61);
    await there().recovered(await lentTo(there(), need));
    const all = await store().tasks.list({ bot: bot.name, limit: tasks });
    expect(all).toHaveLength(tasks);
    expect(new Set(all.map(({ dueAt }) => dueAt)).size).toBe(1);
  });

  it('stay where they are, but for one that looks, while it is out of order', async () => {
    const need = someNeed();
    const bot = someBot();
    await parkApplication(there(), need);
    await waiting(bot, 4, need.application, 'application-parked');
    for (let look = 0; look < 3; look++) {
      await passTime(store(), need.application, 61);
      await there().wakeDue();
      expect(await open(bot)).toBe(1);
      const scout = await claimed(store(), bot);
      await there().giveBack(await lentTo(there(), need), BADLY);
      await store().tasks.finish(scout, putOff('application-parked', need.application));
      await there().wakeDue();
      expect(await open(bot)).toBe(0);
    }
  });

  it('send another ahead when nobody works the lane of the first', async () => {
    const need = someNeed();
    const [idle, other] = [someBot(), someBot()];
    await parkApplication(there(), need);
    await waiting(idle, 1, need.application, 'application-parked');
    await submitted(store(), other);
    await store().tasks.finish(await claimed(store(), other), putOff('application-parked', need.application));
    await passTime(store(), need.application, 15);
    const first = await there().wakeDue();
    await passTime(store(), need.application, 40);
    const second = await there().wakeDue();
    const ours = [...first, ...second].filter((lane) => lane === idle.name || lane === other.name);
    expect(ours.toSorted()).toEqual([idle.name, other.name].toSorted());
  });

  it('pass over those that nobody works: of a stopped bot, and of a version nobody runs', async () => {
    const need = someNeed();
    const [stopped, gone, worked] = [someBot(), someBot(), someBot()];
    await submitted(store(), stopped);
    const stopping = await claimed(store(), stopped);
    await waiting(stopped, 1, need.application, 'account-busy');
    await waiting(gone, 1, need.application, 'account-busy');
    await submitted(store(), worked, { dueAt: '2039-06-01T00:00:00Z' });
    await store().tasks.finish(await claimed(store(), worked), putOff('account-busy', need.application));
    await store().tasks.finish(stopping, { kind: 'stop-bot', code: 'bot-crashed', message: '' });
    await store().announceVersions([stopped, { ...gone, version: '2' }, worked]);
    const wake = async () => (await there().giveBack(await lentTo(there(), need), WELL)).lanes;
    expect(await wake()).toEqual([worked.name]);
    expect([...(await wake()), ...(await wake())].toSorted()).toEqual([stopped.name, gone.name].toSorted());
  });

  it.each(['application-parked', 'account-held'])(
    'keep their place when it is over by the time a run ends with %s',
    async (code) => {
      const bot = someBot();
      const { application } = someNeed();
      const soonest = await submitted(store(), bot, { dueAt: '2038-01-01T00:00:00Z' });
      for (let n = 1; n < 5; n++) await submitted(store(), bot, { dueAt: `2039-01-0${n}T00:00:00Z` });
      const lease = await claimed(store(), bot);
      expect(lease.task.id).toBe(soonest.id);
      await store().tasks.finish(lease, putOff(code, application));
      expect((await claimed(store(), bot)).task.id).toBe(soonest.id);
      expect(await store().tasks.get(soonest.id)).toMatchObject({ dueAt: soonest.dueAt, attempt: 0 });
    },
  );

  it('keep their place when it is over at the very moment a run ends', async () => {
    const bot = someBot();
    for (let round = 0; round < 5; round++) {
      const need = someNeed();
      await parkApplication(there(), need);
      const task = await submitted(store(), bot);
      const lease = await claimed(store(), bot);
      await passTime(store(), need.application, 61);
      const probe = await lentTo(there(), need);
      await Promise.all([
        store().tasks.finish(lease, putOff('application-parked', need.application)),
        there().recovered(probe),
      ]);
      const again = await claimed(store(), bot);
      expect(again.task.id).toBe(task.id);
      await store().tasks.finish(again, { kind: 'done', output: null });
    }
  });

  it('are not forgotten where an older release let them wait after it was in order again', async () => {
    const bot = someBot();
    const need = someNeed();
    await parkApplication(there(), need);
    await waiting(bot, 2, need.application, 'application-parked');
    const pool: { query(text: string, values: unknown[]): Promise<unknown> } = store().pool;
    await pool.query('update applications set parked_at = null, parked_code = null where name = $1', [
      need.application,
    ]);
    expect(await there().wakeDue()).toContain(bot.name);
    expect(await open(bot)).toBe(2);
    expect(await store().mended()).toContainEqual(
      expect.objectContaining({ kind: 'wait-forgotten', bot: bot.name, tasks: 2 }),
    );
  });

  it('for an account’s turn go on one by one, the soonest promise first', async () => {
    const need = someNeed();
    const bot = someBot();
    await waiting(bot, 2, need.application, 'account-busy');
    const { lanes } = await there().giveBack(await lentTo(there(), need), WELL);
    expect(lanes).toEqual([bot.name]);
    expect(await open(bot)).toBe(1);
    expect((await claimed(store(), bot)).task.dueAt).toBe('2039-01-01T00:00:00.000Z');
  });

  it('for a held account go on when it is let go; one looks now and then whether its credentials changed', async () => {
    const need = someNeed();
    const bot = someBot();
    const loan = await lentTo(there(), need);
    await there().hold(loan, 'sign-in-refused', 'print');
    await there().giveBack(loan, { bore: 'unclear' });
    await waiting(bot, 3, need.application, 'account-held');
    await there().wakeDue();
    expect(await open(bot)).toBe(0);
    await passTime(store(), need.application, 61);
    await there().wakeDue();
    expect(await open(bot)).toBe(1);
    expect(await there().release(need.application, undefined, 'ann')).toEqual([bot.name]);
    expect(await open(bot)).toBe(3);
  });

  it('are put off with no end only until their promise has passed: then a person is asked', async () => {
    const bot = someBot();
    const task = await submitted(store(), bot);
    const throttle = async () => store().tasks.finish(await claimed(store(), bot), putOff('settling', null, 0));
    await throttle();
    await throttle();
    expect(await store().tasks.get(task.id)).toMatchObject({ state: 'ready', reason: 'settling', attempt: 0 });
    await age(task.id, 7200);
    await throttle();
    expect(await store().tasks.get(task.id)).toMatchObject({
      state: 'waiting',
      reason: 'put-off-too-long',
      attempt: 0,
    });
    const [question] = (await store().tasks.story(task.id))!.questions;
    expect(question).toMatchObject({ kind: 'technical', problems: [{ code: 'settling' }] });
    await store().people.answer(question!.id, 'ann', 'again', null);
    await throttle();
    expect(await store().tasks.get(task.id)).toMatchObject({ state: 'ready', reason: 'settling' });
  });

  it('are not a person’s because they were late before they were put off', async () => {
    const bot = someBot();
    await submitted(store(), bot, { dueAt: '2020-01-01T00:00:00Z' });
    for (let n = 0; n < 3; n++) {
      const lease = await claimed(store(), bot);
      await store().tasks.finish(lease, putOff('settling', null, 0));
      expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'ready' });
    }
  });

  const age = (task: string, seconds: number) => {
    const pool: { query(text: string, values: readonly unknown[]): Promise<unknown> } = store().pool;
    const back = ['due_at', 'throttled_since'].map((name) => `${name} = ${name} - make_interval(secs => $2)`);
    return pool.query(`update tasks set ${back.join(', ')} where id = $1`, [task, seconds]);
  };
}
