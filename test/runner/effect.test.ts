import { describe, expect, it, vi } from 'vitest';
import type { Journal, Task } from '#core';
import type { BotTask, EffectDefinition } from '#runner';
import { openBench, services } from '../support/bench.ts';
import { ManualClock } from '../support/clocks.ts';
import { death, mortal, untilDeath } from '../support/dying.ts';
import { EFFECT, openWorld, RECORD, SETTLED_AFTER_SECONDS } from '../support/outsideWorld.ts';
import { botThat } from '../support/runnerBots.ts';

const absent = async () => ({ state: 'absent' }) as const;
const sending = (definition: (task: BotTask<Record<string, unknown>>) => EffectDefinition) =>
  botThat(async (task) => task.effect('send', definition(task)));

describe('an effect', () => {
  it('is done once and proven by what its look-up shows', async () => {
    const world = openWorld();
    const bench = await openBench(EFFECT.bot(world));
    expect(await bench.run()).toEqual({ kind: 'done', output: '#1' });
    const { effects, events } = await bench.story();
    const compared = Object.entries(RECORD).map(([field, value]) => ({
      field,
      wanted: value,
      shown: value,
      same: true,
    }));
    expect(effects).toMatchObject([
      {
        step: 'send',
        application: 'some-bot',
        screen: 'send',
        key: 'M-1',
        state: 'proven',
        record: RECORD,
        receipt: { compared },
      },
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(['submitted', 'started', 'intended', 'proven', 'step']);
  });

  it('is proven by being there where its look-up shows nothing of it', async () => {
    const found = vi.fn<EffectDefinition['lookUp']>(async () => ({ state: 'there', reference: '7' }));
    found.mockResolvedValueOnce({ state: 'absent' });
    const bench = await openBench(sending(() => ({ key: 'a', lookUp: found, act: async () => {} })));
    expect(await bench.run()).toMatchObject({ kind: 'done', output: { reference: '7', compared: [], evidence: [] } });
  });

  it('shares its key with no effect of another name', async () => {
    const bot = botThat(async (task) => {
      for (const name of ['send', 'file']) {
        const found = vi.fn<EffectDefinition['lookUp']>(async () => ({ state: 'there', reference: name }));
        found.mockResolvedValueOnce({ state: 'absent' });
        await task.effect(name, { application: 'mail', key: 'a', lookUp: found, act: async () => {} });
      }
    });
    const bench = await openBench(bot);
    expect(await bench.run()).toMatchObject({ kind: 'done' });
    expect((await bench.story()).effects).toMatchObject([
      { application: 'mail', screen: 'send', key: 'a', state: 'proven' },
      { application: 'mail', screen: 'file', key: 'a', state: 'proven' },
    ]);
  });

  it('shows a person both sides where something else is there', async () => {
    const world = openWorld();
    world.records.push({ ...RECORD, text: 'unpaid' });
    const bench = await openBench(EFFECT.bot(world));
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({
      ...{ kind: 'in-doubt', code: 'already-there', choices: ['there', 'again', 'by-hand', 'reject'] },
      compared: [{ same: true }, { field: 'text', wanted: 'paid', shown: 'unpaid', same: false }],
    });
    await bench.answer('there');
    await bench.run();
    expect(await bench.question()).toMatchObject({ kind: 'differs', code: 'read-back-differs' });
    await bench.answer('accept');
    expect(await bench.run()).toMatchObject({ kind: 'done' });
  });

  it('that never comes to its end is given up, told so, and looked for before it is done again', async () => {
    const clock = new ManualClock();
    const told: unknown[] = [];
    const act = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => told.push(signal.reason.code));
      return new Promise<void>(() => {});
    };
    const bench = await openBench(sending(() => ({ key: 'a', lookUp: absent, act, patienceSeconds: 5 })));
    const running = bench.run({ services: services({ clock }) });
    await clock.pass(5000);
    expect(await running).toMatchObject({ kind: 'retry', reason: 'effect-slow', spendsAttempt: true });
    expect(told).toEqual(['effect-slow']);
    expect(clock.sleeping).toBe(0);
    expect(await bench.run()).toMatchObject({ kind: 'retry', reason: 'settling', spendsAttempt: false });
  });

  it('may begin late, be given up later, and take effect later still, before it is done again', async () => {
    const act = vi.fn(async () => ({ kind: 'unknown' }) as const);
    const seconds = { patienceSeconds: 30, settlingSeconds: 60 };
    const bench = await openBench(sending(() => ({ key: 'a', lookUp: absent, act, ...seconds })));
    await bench.run();
    bench.store.age(bench.task.id, 30 + 30 + 59);
    expect(await bench.run()).toMatchObject({ reason: 'settling' });
    expect(act).toHaveBeenCalledOnce();
    bench.store.age(bench.task.id, 1);
    await bench.run();
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('is told when its run must stop', async () => {
    const stop = new AbortController();
    const act = (signal: AbortSignal) => {
      stop.abort(new Error('The worker stops.'));
      return signal.aborted ? Promise.resolve() : Promise.reject(new Error('Not told.'));
    };
    const bench = await openBench(sending(() => ({ key: 'a', lookUp: absent, act })));
    await expect(bench.run({ signal: stop.signal })).rejects.toThrow('The worker stops.');
  });

  it('takes no look-up for granted', () => {
    // @ts-expect-error A change of the world that cannot be looked for does not compile.
    const blind: EffectDefinition = { key: 'a', act: async () => {} };
    // @ts-expect-error Nor does one that cannot be named.
    const nameless: EffectDefinition = { lookUp: absent, act: async () => {} };
    // @ts-expect-error Nor does a look-up that says yes or no and never that it cannot tell which.
    const sure: EffectDefinition = { key: 'a', lookUp: async () => true, act: async () => {} };
    expect([blind, nameless, sure]).toHaveLength(3);
  });
});

describe('a look-up that cannot tell', () => {
  const UNCLEAR = { state: 'unclear', why: 'The search is closed for the day.' } as const;

  it('is asked again later, as long as nothing was done', async () => {
    const world = openWorld();
    world.looks.push(UNCLEAR, UNCLEAR, UNCLEAR, UNCLEAR);
    const bench = await openBench(EFFECT.bot(world));
    for (let run = 1; run < 4; run++)
      expect(await bench.run()).toMatchObject({ kind: 'retry', reason: 'look-up-unclear' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({ kind: 'technical', code: 'look-up-unclear' });
    expect((await bench.story()).effects).toEqual([]);
    await bench.answer('again');
    expect(await bench.run()).toMatchObject({ kind: 'done' });
  });

  it('leaves it to a person what becomes of what was done, with every way out', async () => {
    const world = openWorld();
    world.looks.push('truth', UNCLEAR);
    const bench = await openBench(EFFECT.bot(world));
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({
      ...{ kind: 'in-doubt', code: 'look-up-unclear', choices: ['again', 'there', 'key-again', 'by-hand', 'reject'] },
      problems: [{ code: 'look-up-unclear', message: UNCLEAR.why }],
      compared: [
        { wanted: 'M-1', shown: null, same: false },
        { wanted: 'paid', shown: null, same: false },
      ],
    });
    expect(world.records).toHaveLength(1);
  });

  it('keeps a person’s word to do it again until it can take effect no longer', async () => {
    const world = openWorld();
    world.looks.push('truth', UNCLEAR, UNCLEAR, UNCLEAR);
    world.reactions.push({ writes: false, says: { kind: 'unknown' } });
    const bench = await openBench(EFFECT.bot(world));
    await bench.run();
    await bench.answer('key-again');
    expect(await bench.run()).toMatchObject({ kind: 'retry', reason: 'settling', spendsAttempt: false });
    expect(world.records).toEqual([]);
    bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    expect(await bench.run()).toMatchObject({ kind: 'done' });
    expect(world.records).toEqual([RECORD]);
    const { effects } = await bench.story();
    expect(effects).toMatchObject([{ state: 'withdrawn', closed: { because: 'key-again' } }, { state: 'proven' }]);
  });

  it('lets a person leave it as it is, by name', async () => {
    const world = openWorld();
    world.looks.push('truth', UNCLEAR);
    const bench = await openBench(EFFECT.bot(world));
    await bench.run();
    await bench.answer('reject');
    const { task, effects } = await bench.story();
    expect(task.state).toBe('rejected');
    expect(effects).toMatchObject([{ state: 'left', closed: { because: 'reject', by: 'ann' } }]);
  });
});

describe('an intent of another key', () => {
  it('is a person’s matter before anything else is done', async () => {
    let key = 'first';
    const act = vi.fn(async () => ({ kind: 'unknown' }) as const);
    const lookUp = vi.fn(absent);
    const bench = await openBench(sending(() => ({ key, record: { key }, lookUp, act })));
    await bench.run();
    key = 'second';
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({
      ...{ code: 'other-key-open', choices: ['key-again', 'by-hand', 'reject'] },
      compared: [{ field: 'key', wanted: 'second', shown: 'first', same: false }],
    });
    expect(act).toHaveBeenCalledOnce();
    await bench.answer('key-again');
    expect(await bench.run()).toMatchObject({ reason: 'settling' });
    bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    expect(await bench.run()).toMatchObject({ reason: 'posting-unconfirmed' });
    expect((await bench.story()).effects).toMatchObject([
      { key: 'first', state: 'withdrawn' },
      { key: 'second', state: 'intended' },
    ]);
  });

  /** A person has said to do it again, of the key that the record no longer has. */
  async function answeredOfFormerKey() {
    let key = 'first';
    const act = vi.fn(async () => ({ kind: 'unknown' }) as const);
    const lookUp = vi.fn<EffectDefinition['lookUp']>(absent);
    const bench = await openBench(sending(() => ({ key, record: { key }, lookUp, act })));
    await bench.run();
    key = 'second';
    await bench.run();
    await bench.answer('key-again');
    bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    lookUp.mockResolvedValue({ state: 'unclear', why: 'The search is closed for the day.' });
    return { bench, act };
  }

  it('is all that its answer was about: the new key is not done before a look-up can tell', async () => {
    const { bench, act } = await answeredOfFormerKey();
    for (let run = 0; run < 2; run++)
      expect(await bench.run()).toMatchObject({ kind: 'retry', reason: 'look-up-unclear' });
    expect(act).toHaveBeenCalledOnce();
  });

  it.each(['useUp', 'withdraw'] as const)(
    'keeps its answer from the new key where a run dies at %s',
    async (operation) => {
      for (const when of ['before', 'after'] as const) {
        const { bench, act } = await answeredOfFormerKey();
        const end = death();
        const journal = (own: Journal) => mortal(own, { operation, when }, end);
        expect(await untilDeath(end, bench.run({ journal })), when).toBe(true);
        bench.store.abandon(bench.task.id);
        const next = await bench.run();
        expect(next.kind === 'waiting' || (next.kind === 'retry' && next.reason === 'look-up-unclear'), when).toBe(
          true,
        );
        expect(act, when).toHaveBeenCalledOnce();
      }
    },
  );
});

describe('two tasks of one key', () => {
  it('are never at it at the same time: the second waits, and finds what the first has done', async () => {
    const world = openWorld();
    const bot = EFFECT.bot(world);
    const bench = await openBench(bot);
    const other = await bench.store.tasks.submit({ bot: bot.card, key: 'other', input: {} });
    const entered = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    world.around = async (moment) => {
      if (moment === 'after') return;
      entered.resolve();
      await go.promise;
    };
    const first = bench.run();
    await entered.promise;
    expect(await bench.run()).toMatchObject({ kind: 'retry', reason: 'key-busy', spendsAttempt: false });
    go.resolve();
    expect(await first).toMatchObject({ kind: 'done' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    const second: Task | undefined = await bench.store.tasks.get(other.task.id);
    expect(second).toMatchObject({ state: 'waiting', reason: 'already-there' });
    expect(world.records).toEqual([RECORD]);
  });
});
