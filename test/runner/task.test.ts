import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { BusinessException, LeaseLost, SystemException, Throttled } from '#core';
import { defineBot, runTask } from '#runner';
import { openBench, services } from '../support/bench.ts';
import { botThat } from '../support/runnerBots.ts';

describe('a step', () => {
  it('runs once in the task’s life, whatever happens after it', async () => {
    const act = vi.fn(() => ({ orders: [1, 2] }));
    let tries = 0;
    const bench = await openBench(
      botThat(async (task) => {
        const found = await task.step('find orders', act);
        if (++tries < 3) throw new SystemException('application-slow', 'Slow.');
        return found;
      }),
    );
    expect(await bench.run()).toMatchObject({ kind: 'retry' });
    expect(await bench.run()).toMatchObject({ kind: 'retry' });
    expect(await bench.run()).toEqual({ kind: 'done', output: { orders: [1, 2] } });
    expect(act).toHaveBeenCalledOnce();
  });

  it('gives the first run what later ones get: a copy that JSON has kept', async () => {
    const made = { list: [1, null], left: undefined };
    const got: unknown[] = [];
    const bench = await openBench(
      botThat(async (task) => {
        got.push(await task.step('make', () => made));
        got.push(await task.step('nothing', () => undefined));
        if (got.length === 2) throw new Throttled('settling', 'Later.');
      }),
    );
    await bench.run();
    await bench.run();
    expect(got).toEqual([{ list: [1, null] }, undefined, { list: [1, null] }, undefined]);
    expect(got[0]).not.toBe(made);
    expect(got[0]).not.toHaveProperty('left');
  });

  it.each([
    ['a Date', new Date(0)],
    ['a Map', new Map([[1, 2]])],
    ['not a number', { total: Number.NaN }],
  ])('that returns %s stops the bot: the next run would go on with something else', async (_, value) => {
    const { run } = await openBench(botThat((task) => task.step('make', () => value)));
    expect(await run()).toMatchObject({ kind: 'stop-bot', code: 'value-not-plain' });
  });

  it('named twice is a defect, whatever the verbs', async () => {
    const { run } = await openBench(
      botThat(async (task) => {
        await task.step('Which order?', () => 1);
        await task.ask('Which order?', z.string());
      }),
    );
    const outcome = await run();
    expect(outcome).toMatchObject({ kind: 'stop-bot', code: 'step-named-twice' });
    expect(outcome).toHaveProperty('message', expect.stringContaining('Which order?'));
  });

  it('of the same name in the next run is the same step', async () => {
    const { run } = await openBench(
      botThat(async (task) => {
        await task.step('a', () => 1);
        throw new Throttled('settling', 'Later.');
      }),
    );
    await run();
    expect(await run()).toMatchObject({ kind: 'retry', reason: 'settling' });
  });
});

describe('a question', () => {
  const order = z.enum(['PO-1', 'PO-2']);

  it('waits without settling, so that no catch of a bot sees it, and its answer is good for ever', async () => {
    const seen = vi.fn();
    let tries = 0;
    const bench = await openBench(
      botThat(async (task) => {
        const answer = await task.ask('Which order?', order, { total: '10.00' }).catch(seen);
        if (++tries === 1) throw new SystemException('application-slow', 'Slow.');
        return answer;
      }),
    );
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({
      ...{ step: 'Which order?', kind: 'ask', code: 'bot-asks', title: 'Which order?', record: null },
      ...{ choices: ['answer', 'by-hand', 'reject'], draft: { total: { value: '10.00' } } },
      form: { properties: { answer: { enum: ['PO-1', 'PO-2'] } } },
    });
    await bench.answer('answer', { answer: 'PO-2' });
    expect(await bench.run()).toMatchObject({ kind: 'retry' });
    expect(await bench.run()).toEqual({ kind: 'done', output: 'PO-2' });
    expect(seen).not.toHaveBeenCalled();
  });

  it('is asked again when the answer does not fit, and the misfit is used up', async () => {
    const bench = await openBench(botThat((task) => task.ask('Which order?', order)));
    await bench.run();
    await bench.answer('answer', { answer: 'PO-9' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect((await bench.question()).problems).toMatchObject([{ code: 'invalid-value', fields: ['answer'] }]);
    await bench.answer('answer', { answer: 'PO-1' });
    expect(await bench.run()).toEqual({ kind: 'done', output: 'PO-1' });
    const { questions } = await bench.story();
    expect(questions.map(({ answer }) => answer?.values)).toEqual([{ answer: 'PO-9' }, { answer: 'PO-1' }]);
  });
});

describe('an error', () => {
  const thrown = (error: unknown) => openBench(botThat(() => Promise.reject(error)));

  it('of the work goes to a person, with what the bot shows', async () => {
    const show = { supplier: 'Vendor GmbH' };
    const bench = await thrown(new BusinessException('no-order', 'No open order.', { show, fields: ['supplier'] }));
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({
      ...{ kind: 'business', code: 'no-order', choices: ['again', 'by-hand', 'reject'], form: null },
      problems: [{ code: 'no-order', fields: ['supplier'], message: 'No open order.' }],
      draft: { supplier: { value: 'Vendor GmbH' } },
    });
    await bench.answer('again');
    expect(await bench.run()).toEqual({ kind: 'waiting' });
  });

  it('of the world goes to a person after the last try', async () => {
    const bench = await thrown(new SystemException('application-slow', 'It did not answer.'));
    for (let attempt = 1; attempt < 4; attempt++) expect(await bench.run()).toMatchObject({ kind: 'retry' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({ kind: 'technical', code: 'application-slow' });
  });

  it.each([
    ['of the language', () => openBench(botThat(async () => JSON.parse('{'))), 'bot-crashed'],
    [
      'in the bot’s output',
      () => openBench(botThat(async () => ({ voucher: 7 }), { output: z.object({ voucher: z.string() }) })),
      'output-misfit',
    ],
  ])('%s stops the bot', async (_, open, code) => {
    const { run, story } = await open();
    expect(await run()).toMatchObject({ kind: 'stop-bot', code });
    expect((await story()).task).toMatchObject({ state: 'ready', reason: code });
  });

  it('thrown before the bot’s first await is an error like any other', async () => {
    const { run } = await openBench(
      botThat(() => {
        throw new SystemException('application-slow', 'Slow.');
      }),
    );
    expect(await run()).toMatchObject({ kind: 'retry', reason: 'application-slow' });
  });

  it('of an input that the bot no longer takes is a person’s matter, and stops no other task', async () => {
    const bot = defineBot({
      ...{ name: 'some-bot', version: '2', goal: { within: '1h', skill: 'clerk' }, records: [] },
      input: z.object({ order: z.string() }),
      output: z.unknown(),
      run: async () => 1,
    });
    const bench = await openBench(bot, { invoice: 'x' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({ kind: 'business', code: 'input-outdated' });
  });
});

describe('a run that is not ours any more', () => {
  it('ends with the reason at once, whatever the bot is waiting for', async () => {
    const abort = new AbortController();
    const bench = await openBench(botThat(() => new Promise(() => {})));
    const ending = bench.run({ signal: abort.signal });
    abort.abort(new LeaseLost(bench.task.id));
    await expect(ending).rejects.toBeInstanceOf(LeaseLost);
  });

  it('does not begin', async () => {
    const act = vi.fn(async () => 1);
    const bench = await openBench(botThat(act));
    const run = bench.run({ signal: AbortSignal.abort(new LeaseLost(bench.task.id)) });
    await expect(run).rejects.toBeInstanceOf(LeaseLost);
    expect(act).not.toHaveBeenCalled();
  });

  it('writes nothing, though the bot swallows every error', async () => {
    const bot = botThat(async (task) => {
      await task.step('first', () => 1).catch(() => undefined);
      return task.step('second', () => 2).catch(() => 'swallowed');
    });
    const { store, task, claim, story } = await openBench(bot);
    const lease = await claim();
    store.abandon(task.id);
    await claim();
    const outcome = await runTask(bot, store.tasks.journal(lease), services(), new AbortController().signal);
    expect(outcome).toEqual({ kind: 'done', output: 'swallowed' });
    await expect(store.tasks.finish(lease, outcome)).rejects.toBeInstanceOf(LeaseLost);
    expect((await story()).steps).toEqual([]);
  });
});

describe('a definition', () => {
  const base = { version: '1', input: z.unknown(), output: z.unknown(), records: [], run: async () => 1 };

  it.each([
    [{ ...base, name: 'Some Bot', goal: { within: '1h', skill: 'x' } }, 'bad-name'],
    [{ ...base, name: 'some-bot', goal: { within: 'soon', skill: 'x' } }, 'bad-goal'],
  ])('that cannot be meant is a defect %#', (definition, code) => {
    expect(() => defineBot(definition)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['90s', 90],
    ['30m', 1800],
    ['4h', 14_400],
    ['2d', 172_800],
  ])('promises %s in seconds', (within, seconds) => {
    const { card } = defineBot({ ...base, name: 'some-bot', goal: { within, skill: 'x' } });
    expect(card.promiseSeconds).toBe(seconds);
  });
});
