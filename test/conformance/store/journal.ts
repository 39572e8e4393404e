import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenAnswer, Journal } from '#core';
import { claimed, type JournalStore, leased, someBot, someQuestion } from '../../support/work.ts';

export function journal(store: () => JournalStore): void {
  const opened = async () => store().tasks.journal(await leased(store()));

  it('remembers a step by name, once', async () => {
    const journal = await opened();
    expect(await journal.recall('read')).toBeUndefined();
    await journal.remember('read', 'extract', { total: '10.00' });
    await journal.remember('read', 'extract', { total: '99.99' });
    expect(await journal.recall('read')).toMatchObject({ name: 'read', kind: 'extract', value: { total: '10.00' } });
    const story = await store().tasks.story(journal.task.id);
    expect(story?.steps).toHaveLength(1);
    expect(story?.events.filter(({ kind }) => kind === 'step')).toHaveLength(1);
  });

  it('gives steps to the next run as they were', async () => {
    const bot = someBot();
    const first = await leased(store(), bot);
    await store().tasks.journal(first).remember('look', 'look', [1, null, 'x']);
    await store().tasks.finish(first, { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' });
    const second = await claimed(store(), bot);
    expect(await store().tasks.journal(second).recall('look')).toMatchObject({ value: [1, null, 'x'] });
  });

  it('returns what was stored, letter by letter', async () => {
    const journal = await opened();
    let step = 0;
    const hostile = ['\u0000', '\ud800', "'; drop table tasks; --", '__proto__', '€Łß', '\\u0000', '"'];
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile));
    const value = fc.oneof(fc.jsonValue(), fc.dictionary(text, text), text);
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const name = `step ${step++}`;
        await journal.remember(name, 'step', given);
        expect(JSON.stringify((await journal.recall(name))?.value)).toBe(JSON.stringify(given));
      }),
      { numRuns: 60 },
    );
  });

  it('tells nothing from null', async () => {
    const journal = await opened();
    await journal.remember('nothing', 'step', undefined);
    await journal.remember('null', 'step', null);
    expect(await journal.recall('nothing')).toHaveProperty('value', undefined);
    expect(await journal.recall('null')).toHaveProperty('value', null);
  });

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['not a number', { total: Number.NaN }],
    ['a function', [() => 1]],
    ['a big integer', 1n],
    ['a hole in a list', [undefined]],
  ])('refuses %s, which would come back as something else', async (_name, value) => {
    const journal = await opened();
    await expect(journal.remember('step', 'step', value)).rejects.toMatchObject({ code: 'value-not-plain' });
    expect(await journal.recall('step')).toBeUndefined();
  });

  it('asks the same open question once', async () => {
    const journal = await opened();
    await journal.ask(someQuestion());
    await journal.ask(someQuestion({ title: 'again' }));
    const story = await store().tasks.story(journal.task.id);
    expect(story?.questions).toMatchObject([{ ...someQuestion(), state: 'open', task: journal.task.id }]);
    expect(story?.events.filter(({ kind }) => kind === 'asked')).toHaveLength(1);
    expect(await journal.answer('ask for order')).toBeUndefined();
  });

  it('gives a question’s answer until it is used up, and lets the step ask anew', async () => {
    const journal = await opened();
    const answered = async (values: unknown) => {
      const problems = [{ code: 'vendor-unknown', fields: [], message: 'Unknown.' }];
      await journal.ask(someQuestion({ problems }));
      const story = await store().tasks.story(journal.task.id);
      const open = story?.questions.find(({ state }) => state === 'open');
      await store().people.answer(open!.id, 'ann', 'answer', values);
    };
    await answered({ order: 1 });
    const expected = { choice: 'answer', values: { order: 1 }, by: 'ann', inSpiteOf: ['vendor-unknown'] };
    const given = await journal.answer('ask for order');
    expect(given).toMatchObject(expected);
    await journal.useUp('ask for order', given!);
    expect(await journal.answer('ask for order')).toBeUndefined();
    await answered({ order: 2 });
    expect(await journal.answer('ask for order')).toMatchObject({ values: { order: 2 } });
    expect((await store().tasks.story(journal.task.id))?.questions).toHaveLength(2);
  });

  describe('of two answers', () => {
    async function answered(journal: Journal, order: number): Promise<GivenAnswer> {
      await journal.ask(someQuestion());
      const story = await store().tasks.story(journal.task.id);
      const open = story?.questions.find(({ state }) => state === 'open');
      await store().people.answer(open!.id, 'ann', 'answer', { order });
      return (await journal.answer('ask for order'))!;
    }

    it('uses up the former, not one that came in quickly to the new question', async () => {
      const journal = await opened();
      const former = await answered(journal, 1);
      await answered(journal, 2);
      await journal.useUp('ask for order', former);
      expect(await journal.answer('ask for order')).toMatchObject({ values: { order: 2 } });
    });

    it('uses up the one that was read with what a dead run left before it, and no other step’s', async () => {
      const journal = await opened();
      await answered(journal, 1);
      await journal.ask(someQuestion({ step: 'other' }));
      const story = await store().tasks.story(journal.task.id);
      const other = story?.questions.find(({ step }) => step === 'other');
      await store().people.answer(other!.id, 'ann', 'answer', { order: 7 });
      const read = await answered(journal, 2);
      expect(read).toMatchObject({ values: { order: 2 } });
      await journal.useUp('ask for order', read);
      expect(await journal.answer('ask for order')).toBeUndefined();
      expect(await journal.answer('other')).toMatchObject({ values: { order: 7 } });
    });
  });

  it('keeps evidence for the story', async () => {
    const journal = await opened();
    await journal.attach('key', { label: 'form before submit', sha256: 'ab'.repeat(32) });
    const story = await store().tasks.story(journal.task.id);
    expect(story?.evidence).toMatchObject([{ step: 'key', label: 'form before submit', sha256: 'ab'.repeat(32) }]);
  });
}
