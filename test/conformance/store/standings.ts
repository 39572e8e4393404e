import { describe, expect, it } from 'vitest';
import type { BotCard, Outcome } from '#core';
import type { OpenStore } from '#store';
import { lentTo, parkApplication, passTime, someNeed } from '../../support/applications.ts';
import { claimed, leased, someBot, someQuestion, submitted, waitingOn } from '../../support/work.ts';

const SOON = { kind: 'retry', afterSeconds: 3600, spendsAttempt: true, reason: 'application-slow' } as const;

export function standings(store: () => OpenStore): void {
  const there = () => store().access;
  const standingOf = async (task: string) => (await store().tasks.standings([task])).get(task);
  const running = (...bots: readonly BotCard[]) => store().announceVersions(bots);
  const putOff = (reason: string, application: string | null, afterSeconds = 86_400): Outcome => ({
    ...{ kind: 'retry', afterSeconds, spendsAttempt: false, reason },
    throttled: { application },
  });
  /** A task whose run ended so. */
  async function ended(outcome: Outcome, bot = someBot()) {
    const lease = await leased(store(), bot);
    await store().tasks.finish(lease, outcome);
    return lease.task.id;
  }

  it('in line: nothing keeps it', async () => {
    const bot = someBot();
    await running(bot);
    const task = await submitted(store(), bot);
    expect(await standingOf(task.id)).toEqual({
      ...{ hold: 'line', code: null, until: null, of: null, by: null },
      since: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('at a worker, and at one that says nothing any more', async () => {
    const { task } = await leased(store());
    expect(await standingOf(task.id)).toMatchObject({ hold: 'run', of: 'worker', until: expect.any(String) });
    await leaseEnds(task.id);
    expect(await standingOf(task.id)).toMatchObject({ hold: 'silent', of: 'worker', until: null });
  });

  it('put off after a failure: why, and until when', async () => {
    const task = await ended(SOON);
    const standing = await standingOf(task);
    expect(standing).toMatchObject({ hold: 'later', code: 'application-slow', of: null });
    expect(Date.parse(standing!.until!) - Date.parse(standing!.since)).toBeGreaterThan(3_590_000);
  });

  it('waits for a person: the question, who has it, and the promise', async () => {
    const { task, question } = await waitingOn(store(), { code: 'sums-differ' });
    const { dueAt } = (await store().people.get(question))!;
    const standing = { hold: 'person', code: 'sums-differ', of: question, until: dueAt };
    expect(await standingOf(task)).toMatchObject({ ...standing, by: null });
    await store().people.claim(question, 'Mara', 60);
    expect(await standingOf(task)).toMatchObject({ ...standing, by: 'Mara' });
  });

  it('waits for its turn at a key: the task that is at it, then the one that came before', async () => {
    const bot = someBot();
    const intent = {
      ...{ step: 'key it', application: 'ledger', screen: 'voucher' },
      ...{ key: `key of ${bot.name}`, record: {}, quietSeconds: 0 },
    };
    const [first, second, third] = [await leased(store(), bot), await leased(store(), bot), await leased(store(), bot)];
    await store().tasks.journal(first).intend(intent);
    for (const lease of [second, third]) {
      await expect(store().tasks.journal(lease).intend(intent)).rejects.toMatchObject({ code: 'key-busy' });
      await store().tasks.finish(lease, putOff('key-busy', null, 10));
    }
    const behind = (of: string) => ({ hold: 'key', code: 'key-busy', of, until: expect.any(String) });
    expect(await standingOf(second.task.id)).toMatchObject(behind(first.task.id));
    expect(await standingOf(third.task.id)).toMatchObject(behind(first.task.id));
    await store().tasks.journal(first).withdraw('key it', 'application-refused');
    expect(await standingOf(third.task.id)).toMatchObject(behind(second.task.id));
  });

  it('has no worker: of its version, or of its bot at all', async () => {
    const [bot, gone] = [someBot(), someBot()];
    const begun = await ended({ ...SOON, afterSeconds: 0 }, bot);
    const fresh = await submitted(store(), gone);
    await running({ ...bot, version: '2' });
    expect(await standingOf(begun)).toMatchObject({ hold: 'version', code: 'version-missing', of: '1' });
    expect(await standingOf(fresh.id)).toMatchObject({ hold: 'version', code: 'version-missing', of: null });
    await running({ ...bot, version: '2', runs: ['1'] });
    expect(await standingOf(begun)).toMatchObject({ hold: 'line' });
  });

  it('stopped with its bot, until another version goes on with it or a person lets it work again', async () => {
    const bot = someBot();
    const stop: Outcome = { kind: 'stop-bot', code: 'bot-crashed', message: 'It crashed.' };
    const crashed = await ended(stop, bot);
    const fresh = await submitted(store(), bot);
    await running(bot);
    for (const task of [crashed, fresh.id]) {
      expect(await standingOf(task)).toMatchObject({ hold: 'stopped', code: 'bot-crashed', of: '1', until: null });
    }
    await running({ ...bot, version: '2' });
    expect(await standingOf(crashed)).toMatchObject({ hold: 'stopped', of: '1' });
    expect(await standingOf(fresh.id)).toMatchObject({ hold: 'line' });
    await store().resume(bot.name);
    expect(await standingOf(crashed)).toMatchObject({ hold: 'line', code: null });
  });

  it('stopped with the version whose code would run it, and with no other', async () => {
    const one = someBot();
    const old = await ended({ kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' }, one);
    const two: BotCard = { ...one, version: '2', runs: ['1'], runBy: { '1': '1' } };
    await running(two);
    const crashed = await claimed(store(), two);
    expect(crashed.task.id).toBe(old);
    await store().tasks.finish(crashed, { kind: 'stop-bot', code: 'bot-crashed', message: 'It crashed.' });
    const fresh = await submitted(store(), two);
    expect(await standingOf(old)).toMatchObject({ hold: 'stopped', of: '1' });
    expect(await standingOf(fresh.id)).toMatchObject({ hold: 'line' });
    await store().resume(one.name);
    const { task } = await claimed(store(), { ...two, runs: [] });
    expect(task.id).toBe(fresh.id);
  });

  describe('waits for an application', () => {
    it('that is out of order: since when, and when somebody looks', async () => {
      const need = someNeed();
      await parkApplication(there(), need);
      const task = await ended(putOff('application-parked', need.application));
      const state = await stateOf(need.application);
      expect(await standingOf(task)).toMatchObject({
        ...{ hold: 'application', code: 'application-parked', of: need.application },
        ...{ since: state!.since, until: state!.until },
      });
      expect(state).toMatchObject({ waiting: 1, failures: 3, look: { at: null, inVain: 0, underWay: false } });
    });

    it('that is closed: until it opens', async () => {
      const { application } = someNeed();
      await there().closed(application, '2039-01-01T06:00:00Z');
      const task = await ended(putOff('outside-hours', application, 7200));
      const { since } = (await stateOf(application))!;
      expect(await standingOf(task)).toMatchObject({ hold: 'application', code: 'outside-hours', since });
    });

    it('whose account is held, or in use, or has submitted just now', async () => {
      const need = someNeed();
      const loan = await lentTo(there(), need);
      const busy = await ended(putOff('account-busy', need.application, 30));
      const paced = await ended(putOff('submit-pace', need.application, 25));
      await there().hold(loan, 'sign-in-refused', 'print');
      const held = await ended(putOff('account-held', need.application));
      const [account] = (await stateOf(need.application))!.accounts;
      const at = { hold: 'application', of: need.application };
      expect(await standingOf(busy)).toMatchObject({ ...at, code: 'account-busy', until: expect.any(String) });
      expect(await standingOf(paced)).toMatchObject({ ...at, code: 'submit-pace', until: expect.any(String) });
      expect(await standingOf(held)).toMatchObject({ ...at, code: 'account-held', since: account!.since, until: null });
    });
  });

  it('tells of many at once, and nothing of those that have ended', async () => {
    const bot = someBot();
    const done = await ended({ kind: 'done', output: null }, bot);
    const ids = [await ended(SOON, bot), await ended(SOON, bot), done, 'nowhere'];
    expect([...(await store().tasks.standings(ids)).keys()].toSorted()).toEqual(ids.slice(0, 2).toSorted());
    expect(await store().tasks.standings([])).toEqual(new Map());
  });

  describe('of an application', () => {
    it('what the last look found, how often in vain, and the promises as the outage moves them', async () => {
      const need = someNeed();
      const bot = someBot();
      await parkApplication(there(), need);
      await submitted(store(), bot, { dueAt: '2039-01-01T00:00:00Z' });
      await store().tasks.finish(await claimed(store(), bot), putOff('application-parked', need.application));
      await passTime(store(), need.application, 1800);
      const probe = await lentTo(there(), need);
      expect((await stateOf(need.application))?.look).toMatchObject({ inVain: 0, underWay: true });
      await there().giveBack(probe, { bore: 'badly', code: 'application-slow' });
      const state = (await stateOf(need.application))!;
      expect(state).toMatchObject({ code: 'application-slow', look: { code: 'application-slow', inVain: 1 } });
      expect(await there().lookNow(need.application, 'ann')).toEqual([bot.name]);
      expect((await stateOf(need.application))?.look).toEqual(state.look);
      expect(Math.abs(Date.parse(state.look!.at!) - Date.parse(await store().now()))).toBeLessThan(30_000);
      const moved = Date.parse(state.soonest!) - Date.parse((await store().tasks.list({ bot: bot.name }))[0]!.dueAt);
      expect(moved).toBeGreaterThanOrEqual(1_795_000);
      expect(moved).toBeLessThan(1_860_000);
    });

    it('is looked at when a person says so, and then stands as well', async () => {
      const need = someNeed();
      const bot = someBot();
      expect(await there().lookNow(need.application, 'ann')).toBeUndefined();
      await parkApplication(there(), need);
      expect(await there().lookNow(need.application, 'ann')).toBe('nothing-waits');
      const task = await ended(putOff('application-parked', need.application), bot);
      expect((await there().lend(need)).state).toBe('parked');
      expect(await there().lookNow(need.application, 'ann')).toEqual([bot.name]);
      await running(bot);
      expect(await standingOf(task)).toMatchObject({ hold: 'line' });
      expect(await claimed(store(), bot)).toMatchObject({ task: { id: task } });
      const probe = await lentTo(there(), need);
      expect(probe.probe).toBe(true);
      await there().recovered(probe);
      expect((await stateOf(need.application))?.look).toMatchObject({ code: null, inVain: 0, at: expect.any(String) });
      expect(
        (await there().events(50)).some(({ kind, facts }) => kind === 'application-look' && facts['by'] === 'ann'),
      );
    });

    it('an account a person took out is lent to nobody, until a person lets it go', async () => {
      const need = someNeed({ accounts: ['main'], sessions: 2 });
      expect(await there().takeOut(need.application, 'main', 'ann')).toBe(false);
      const loan = await lentTo(there(), need);
      expect(await there().takeOut(need.application, 'main', 'ann')).toBe(true);
      await there().check(loan);
      const lending = await there().lend(need);
      expect(lending).toMatchObject({ state: 'held', accounts: [{ account: 'main', code: 'held-by-person' }] });
      const [account] = (await stateOf(need.application))!.accounts;
      expect(account).toMatchObject({ state: 'held', code: 'held-by-person', sessions: 2, holders: ['w1'] });
      await passTime(store(), need.application, 600);
      await there().wakeDue();
      expect((await there().lend(need)).state).toBe('held');
      expect(await there().release(need.application, 'main', 'ann')).toEqual([]);
      expect((await there().lend(need)).state).toBe('lent');
    });

    it.each<[string, readonly ('a person' | 'a refused login')[]]>([
      ['a refused login', ['a refused login', 'a person']],
      ['a person', ['a person', 'a refused login']],
    ])(
      'an account first held by %s is held by the person, and then by the refusal, until they say so twice',
      async (_, holds) => {
        const need = someNeed({ accounts: ['main'] });
        const loan = await lentTo(there(), need);
        for (const by of holds) {
          if (by === 'a person') expect(await there().takeOut(need.application, 'main', 'ann')).toBe(true);
          else await there().hold(loan, 'sign-in-refused', 'PRINT');
        }
        const held = () => there().heldAccounts(need.application);
        expect(await held()).toMatchObject([{ code: 'held-by-person', fingerprint: null }]);
        expect(await there().release(need.application, 'main', 'ann')).toEqual([]);
        expect(await held()).toMatchObject([{ code: 'sign-in-refused', fingerprint: 'PRINT' }]);
        expect(await there().release(need.application, 'main', 'ann')).toEqual([]);
        expect(await held()).toEqual([]);
      },
    );
  });

  it('of a person’s question outlives nothing: an answer opens the task again', async () => {
    const bot = someBot();
    await running(bot);
    const { task, question } = await waitingOn(store(), someQuestion(), bot);
    await store().people.answer(question, 'Mara', 'answer', {});
    expect(await standingOf(task)).toMatchObject({ hold: 'line', code: null });
  });

  const stateOf = async (name: string) =>
    (await there().applications()).find(({ application }) => application === name);

  async function leaseEnds(task: string): Promise<void> {
    const pool: { query(text: string, values: readonly unknown[]): Promise<unknown> } = store().pool;
    await pool.query(`update tasks set lease_until = clock_timestamp() - interval '1 second' where id = $1`, [task]);
  }
}
