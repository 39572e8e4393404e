import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { BusinessException, type Draft, known, type Reading } from '#core';
import { type Check, defineApp, defineLookup, defineRecord, judgeAnswer, type Rule } from '#runner';
import { type Bench, openBench, services, TODAY } from '../support/bench.ts';
import { botThat } from '../support/runnerBots.ts';

const schema = z.object({ vendor: z.string(), total: z.string().regex(/^\d+\.\d\d$/), note: z.string().nullable() });
type Bill = z.infer<typeof schema>;

const RIGHT: Bill = { vendor: 'V1', total: '10.00', note: null };
const doubtful = <V>(value: V): Reading<V> => ({ ...known(value), probability: 0.6 });
const unread: Reading<string> = { ...known(''), value: null, probability: 0, absent: 0.3 };

const future: Rule<Bill> = {
  code: 'too-much',
  fields: ['total'],
  fails: ({ total }, today) => (total > '50.00' ? `Too much on ${today}.` : undefined),
};

/** A task that validates this draft, and what its checks say, by code. */
async function bill(draft: Partial<Draft<Bill>> = {}, failing: Record<string, boolean> = {}, after?: () => void) {
  const check = (code: string): Check<Bill> => ({
    ...{ code, fields: ['vendor'] },
    fails: vi.fn(async () => (failing[code] ? `It is ${code}.` : undefined)),
  });
  const checks = [check('paid-before'), check('iban-differs')];
  const record = defineRecord({
    ...{ name: 'bill', schema, rules: [future], checks },
    missing: { vendor: { code: 'unknown-vendor', message: 'Who is it?' } },
  });
  const bot = botThat(
    async (task) => {
      const full = { vendor: known('V1'), total: known('10.00'), note: known(null), ...draft };
      const checked = await task.validate(record, full);
      after?.();
      return checked;
    },
    { records: [record] },
  );
  return { ...(await openBench(bot)), bot, record, checks, failing };
}

const asked = async ({ question }: Bench) => (await question()).problems.map(({ code, fields }) => [code, ...fields]);

describe('a draft', () => {
  it('goes straight through when it is sure and keeps its rules', async () => {
    const { run, checks, story } = await bill();
    expect(await run()).toEqual({ kind: 'done', output: RIGHT });
    expect(checks[0]?.fails).toHaveBeenCalledOnce();
    expect((await story()).questions).toEqual([]);
  });

  it('with more fields than the record gives the record alone', async () => {
    const { run } = await bill({ items: known('x') } as Partial<Draft<Bill>>);
    expect(await run()).toEqual({ kind: 'done', output: RIGHT });
  });

  it('that is sure goes to a person all the same where it was picked at random, as an unbiased label', async () => {
    const bench = await bill({ total: { ...known('10.00'), group: 'text/money' } });
    const picked = services({ sampled: (task) => (task === bench.task.id ? 'audit' : undefined) });
    expect(await bench.run({ services: picked })).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({ code: 'audit', sampled: true });
    expect(await asked(bench)).toEqual([['audit']]);
    await bench.answer('answer', RIGHT);
    expect(await bench.run({ services: picked })).toEqual({ kind: 'done', output: RIGHT });
  });

  it('that is unsure of a kind nothing passes of yet is a label, and is not called an audit', async () => {
    const bench = await bill({ total: doubtful('10.00') });
    await bench.run({ services: services({ sampled: () => 'learning' }) });
    expect(await bench.question()).toMatchObject({ code: 'low-confidence', sampled: true });
  });

  it('that is unsure goes to a person, who sees the form, the reading and the doubt', async () => {
    const bench = await bill({ total: doubtful('10.00') });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({
      ...{ step: 'validate bill', kind: 'validate', code: 'low-confidence', record: 'bill' },
      choices: ['answer', 'by-hand', 'reject'],
      form: { properties: { total: { type: 'string' } }, required: ['vendor', 'total', 'note'] },
      draft: { total: { value: '10.00', probability: 0.6 }, note: { value: null } },
    });
    expect(await asked(bench)).toEqual([['low-confidence', 'total']]);
    // Looking things up for a draft that a person sees anyway would be for nothing.
    expect(bench.checks[0]?.fails).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<Draft<Bill>>, string[][]]>([
    ['a value that is missing', { total: unread }, [['missing-value', 'total']]],
    ['one whose absence means something', { vendor: unread }, [['unknown-vendor', 'vendor']]],
    ['one that has not the form', { total: known('10') }, [['invalid-value', 'total']]],
    ['a broken rule', { total: known('99.00') }, [['too-much', 'total']]],
    [
      'a broken rule besides a doubt',
      { total: known('99.00'), vendor: doubtful('V1') },
      [
        ['low-confidence', 'vendor'],
        ['too-much', 'total'],
      ],
    ],
  ])('names %s', async (_, draft, problems) => {
    const bench = await bill(draft);
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await asked(bench)).toEqual(problems);
    expect((await bench.question()).code).toBe(problems.at(-1)?.[0]);
  });

  it('that an application speaks against may be looked up again, once it is mended there', async () => {
    const bench = await bill({}, { 'paid-before': true });
    await bench.run();
    expect((await bench.question()).choices).toEqual(['answer', 'again', 'by-hand', 'reject']);
    bench.failing['paid-before'] = false;
    await bench.answer('again');
    expect(await bench.run()).toEqual({ kind: 'done', output: RIGHT });
  });

  it('that a person answered and an application speaks against is looked up again with what they said', async () => {
    const bench = await bill({ total: doubtful('10.00') }, { 'paid-before': true });
    await bench.run();
    await bench.answer('answer', { ...RIGHT, total: '12.00' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    bench.failing['paid-before'] = false;
    await bench.answer('again');
    expect(await bench.run()).toEqual({ kind: 'done', output: { ...RIGHT, total: '12.00' } });
  });

  it('is held against what the application knows', async () => {
    const bench = await bill({}, { 'paid-before': true });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await asked(bench)).toEqual([['paid-before', 'vendor']]);
  });

  it('may lack what the schema lets be null, when it is surely not there', async () => {
    const { run } = await bill({ note: { ...known(null), absent: 0.5 } });
    expect(await run()).toEqual({ kind: 'waiting' });
  });
});

describe('an answer', () => {
  it('is the record, whatever was read, and stays so for ever', async () => {
    let tries = 0;
    const bench = await bill({ total: doubtful('70.00'), vendor: unread }, {}, () => {
      if (++tries === 1) throw new Error('the network');
    });
    await bench.run();
    await bench.answer('answer', RIGHT);
    expect(await bench.run()).toMatchObject({ kind: 'retry' });
    expect(await bench.run()).toEqual({ kind: 'done', output: RIGHT });
    expect((await bench.story()).questions).toHaveLength(1);
  });

  it('that does not fit is asked again with what was typed', async () => {
    const bench = await bill({ total: doubtful('10.00') });
    await bench.run();
    await bench.answer('answer', { ...RIGHT, total: 'ten', note: 'by phone' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await asked(bench)).toEqual([['invalid-value', 'total']]);
    expect((await bench.question()).draft).toMatchObject({ total: { value: 'ten' }, note: { value: 'by phone' } });
    await bench.answer('answer', RIGHT);
    expect(await bench.run()).toEqual({ kind: 'done', output: RIGHT });
  });

  it('leaves a changed list no places of what was read in it', async () => {
    const parts = [{ page: 1, x0: 1, y0: 1, x1: 9, y1: 9, confidence: 1 }];
    const bench = await bill({ total: { ...doubtful('10.00'), parts }, vendor: { ...known('V1'), parts } });
    await bench.run();
    await bench.answer('answer', { ...RIGHT, total: 'ten' });
    await bench.run();
    const { draft } = await bench.question();
    expect(draft['total']).not.toHaveProperty('parts');
    expect(draft['vendor']).toMatchObject({ parts });
  });

  it('is checked anew, and given in spite of a check counts in spite of it', async () => {
    const bench = await bill({ total: doubtful('10.00') }, { 'paid-before': true });
    await bench.run();
    await bench.answer('answer', RIGHT);
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await asked(bench)).toEqual([['paid-before', 'vendor']]);
    await bench.answer('answer', RIGHT);
    expect(await bench.run()).toEqual({ kind: 'done', output: RIGHT });
  });

  it('in spite of one check is asked again with both when another fails, and then not a third time', async () => {
    const bench = await bill({}, { 'iban-differs': true });
    await bench.run();
    bench.failing['paid-before'] = true;
    await bench.answer('answer', RIGHT);
    await bench.run();
    expect(await asked(bench)).toEqual([
      ['paid-before', 'vendor'],
      ['iban-differs', 'vendor'],
    ]);
    await bench.answer('answer', RIGHT);
    expect(await bench.run()).toEqual({ kind: 'done', output: RIGHT });
  });

  it('is judged while the person is there: misfits, and rules that may be overruled', async () => {
    const bench = await bill({ total: doubtful('70.00') });
    await bench.run();
    const question = await bench.question();
    const judge = (values: unknown) => judgeAnswer(bench.bot, question, values, TODAY);
    expect(judge(RIGHT)).toEqual({ misfits: [], broken: [] });
    expect(judge({ ...RIGHT, vendor: null }).misfits).toMatchObject([{ code: 'unknown-vendor', fields: ['vendor'] }]);
    expect(judge({ ...RIGHT, total: '70.00' }).broken).toMatchObject([
      { code: 'too-much', message: `Too much on ${TODAY}.` },
    ]);
    expect(judge('nonsense').misfits).not.toEqual([]);
    expect(judgeAnswer(bench.bot, { ...question, record: null, form: null }, 1, TODAY)).toEqual({
      misfits: [],
      broken: [],
    });
  });
});

describe('a business exception after a record was checked', () => {
  it('lets the person correct that record, as it stands now', async () => {
    let orders = 0;
    const bench = await bill({ total: doubtful('10.00') }, {}, () => {
      if (orders++ < 2) throw new BusinessException('no-order', 'No open order.');
    });
    await bench.run();
    await bench.answer('answer', { ...RIGHT, total: '12.00' });
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    const expected = {
      ...{ step: 'validate bill', kind: 'business', code: 'no-order', record: 'bill' },
      choices: ['correct', 'again', 'by-hand', 'reject'],
      draft: { total: { value: '12.00', evidence: ['person'] }, vendor: { value: 'V1' } },
    };
    expect(await bench.question()).toMatchObject(expected);

    await bench.answer('again');
    expect(await bench.run()).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject(expected);

    await bench.answer('correct', { ...RIGHT, vendor: 'V2' });
    expect(await bench.run()).toEqual({ kind: 'done', output: { ...RIGHT, vendor: 'V2' } });
  });
});

describe('a look-up', () => {
  const app = defineApp({
    ...{ name: 'some-app', charset: 'utf-8', settlingSeconds: 0 },
    signIn: async () => {},
    signedOut: async () => false,
  });
  const orders = defineLookup({ app, name: 'orders of', find: async (_, vendor: string) => [vendor] });

  it('without a browser stops the bot, and says what is missing', async () => {
    const { run } = await openBench(botThat((task) => task.look(orders, 'V1')));
    expect(await run()).toMatchObject({ kind: 'stop-bot', code: 'no-browser' });
  });

  it('is remembered as a step, until a person says "again"', async () => {
    const use = vi.fn(async () => ['PO-1']);
    const sessions = { use, discard: async () => {}, close: async () => {} } as never;
    const bench = await openBench(
      botThat(async (task) => {
        await task.look(orders, 'V1');
        throw new BusinessException('no-order', 'None.');
      }),
    );
    await bench.run({ services: services({ sessions }) });
    await bench.answer('again');
    await bench.run({ services: services({ sessions }) });
    expect(use).toHaveBeenCalledTimes(2);
  });
});
