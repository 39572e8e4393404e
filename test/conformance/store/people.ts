import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { type Choice, LeaseLost, newId, type Question, type StepKind } from '#core';
import type { OpenStore } from '#store';
import { claimed, leased, someBot, someQuestion, someReceipt, submitted, waitingOn } from '../../support/work.ts';

export function people(store: () => OpenStore): void {
  it('shows what is open, the soonest promise first, by skill', async () => {
    const skill = `skill-${randomUUID()}`;
    const bot = someBot({ skill });
    const ask = async (dueAt: string) => {
      await submitted(store(), bot, { dueAt });
      const lease = await claimed(store(), bot);
      await store().tasks.journal(lease).ask(someQuestion());
      await store().tasks.finish(lease, { kind: 'waiting' });
    };
    await ask('2031-01-02T00:00:00.000Z');
    await ask('2031-01-01T00:00:00.000Z');
    const list = await store().people.list({ skills: [skill, 'other'] });
    expect(list.map(({ dueAt }) => dueAt)).toEqual(['2031-01-01T00:00:00.000Z', '2031-01-02T00:00:00.000Z']);
    expect(list[0]).toMatchObject({ ...someQuestion(), bot: bot.name, skill, state: 'open', answer: null });
    expect(await store().people.list({ skills: [skill], limit: 1 })).toHaveLength(1);
    expect((await store().people.list()).length).toBeGreaterThanOrEqual(2);
    expect(await store().people.get(list[0]!.id)).toEqual(list[0]);
    expect(await store().people.get(newId())).toBeUndefined();
  });

  it('is held by one person at a time', async () => {
    const { question } = await waitingOn(store());
    const both = await Promise.all(['ann', 'bob'].map((person) => store().people.claim(question, person, 60)));
    expect(both.filter(Boolean)).toHaveLength(1);
    const [holder, other] = both[0] ? ['ann', 'bob'] : ['bob', 'ann'];
    expect(await store().people.get(question)).toMatchObject({ state: 'claimed', claimedBy: holder });
    expect(await store().people.claim(question, holder!, 60)).toBe(true);
    expect(await store().people.answer(question, other!, 'answer', {})).toBe('taken');
    await store().people.release(question, other!);
    expect(await store().people.claim(question, other!, 60)).toBe(false);
    await store().people.release(question, holder!);
    expect(await store().people.claim(question, other!, 60)).toBe(true);
    expect(await store().people.claim(newId(), 'ann', 60)).toBe(false);
  });

  it('is free again when its holder went away', async () => {
    const { question } = await waitingOn(store());
    await store().people.claim(question, 'ann', 0.05);
    await vi.waitFor(async () => expect(await store().people.claim(question, 'bob', 60)).toBe(true));
    expect(await store().people.answer(question, 'ann', 'answer', {})).toBe('taken');
    expect(await store().people.answer(question, 'bob', 'answer', {})).toBe('stored');
  });

  it('takes the first answer, and the same again as the same', async () => {
    const { question } = await waitingOn(store());
    const people = ['ann', 'bob', 'cleo'];
    const given = await Promise.all(
      people.map((person) => store().people.answer(question, person, 'answer', { person })),
    );
    expect(given.filter((outcome) => outcome === 'stored')).toHaveLength(1);
    const winner = people[given.indexOf('stored')]!;
    expect(await store().people.answer(question, winner, 'answer', { person: winner })).toBe('stored');
    expect(await store().people.answer(question, winner, 'answer', { person: 'else' })).toBe('taken');
    expect(await store().people.get(question)).toMatchObject({
      state: 'answered',
      claimedBy: null,
      answer: { choice: 'answer', values: { person: winner }, by: winner },
    });
    expect(await store().people.claim(question, 'dora', 60)).toBe(false);
  });

  it('refuses a choice that was not offered, and a question nobody asked', async () => {
    const { question, task } = await waitingOn(store());
    await expect(store().people.answer(question, 'ann', 'accept', {})).rejects.toMatchObject({ where: 'choice' });
    await expect(store().people.answer(newId(), 'ann', 'answer', {})).rejects.toMatchObject({ where: 'id' });
    expect(await store().tasks.get(task)).toMatchObject({ state: 'waiting' });
  });

  describe('an answer', () => {
    const STEPS: readonly StepKind[] = ['step', 'look', 'extract', 'validate', 'ask'];

    /** A task with a finished step of each kind, waiting for the answer, at its third attempt. */
    async function waiting(question: Partial<Question>) {
      const bot = someBot();
      let lease = await leased(store(), bot);
      for (const attempt of [1, 2]) {
        const reason = `try-${attempt}`;
        await store().tasks.finish(lease, { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason });
        lease = await claimed(store(), bot);
      }
      const journal = store().tasks.journal(lease);
      for (const kind of STEPS) await journal.remember(`a ${kind}`, kind, kind);
      await journal.intend({
        step: 'a rekey',
        application: 'ledger',
        screen: 's',
        key: newId(),
        ...{ record: {}, quietSeconds: 0 },
      });
      await journal.prove('a rekey', someReceipt());
      await journal.ask(someQuestion({ step: 'a validate', ...question }));
      await store().tasks.finish(lease, { kind: 'waiting' });
      const [asked] = (await store().tasks.story(lease.task.id))!.questions;
      return { bot, task: lease.task.id, question: asked!.id };
    }

    it.each<[Choice, Question['kind'], readonly string[], boolean, number]>([
      ['answer', 'validate', ['a step', 'a look', 'a extract', 'a validate', 'a ask', 'a rekey'], true, 2],
      ['answer', 'ask', ['a step', 'a look', 'a extract', 'a validate', 'a ask', 'a rekey'], true, 2],
      ['there', 'in-doubt', ['a step', 'a look', 'a extract', 'a validate', 'a ask', 'a rekey'], true, 0],
      ['key-again', 'in-doubt', ['a step', 'a look', 'a extract', 'a validate', 'a ask', 'a rekey'], true, 0],
      ['accept', 'differs', ['a step', 'a look', 'a extract', 'a validate', 'a ask', 'a rekey'], true, 0],
      ['again', 'technical', ['a extract', 'a validate', 'a ask', 'a rekey'], false, 0],
      ['correct', 'business', ['a extract', 'a ask', 'a rekey'], true, 0],
      ['answer', 'technical', ['a extract', 'a ask', 'a rekey'], true, 0],
    ])(
      '%s to a %s question opens the task with the steps that still hold',
      async (choice, kind, steps, stays, attempt) => {
        const { bot, task, question } = await waiting({ kind, choices: [choice] });
        expect(await store().people.answer(question, 'ann', choice, { total: '1.00' })).toBe('stored');
        const next = await claimed(store(), bot);
        expect(next.task).toMatchObject({ id: task, attempt, reason: null });
        const story = await store().tasks.story(task);
        expect(story?.steps.map(({ name }) => name).sort()).toEqual([...steps].sort());
        const answer = await store().tasks.journal(next).answer('a validate');
        expect(answer?.values).toEqual(stays ? { total: '1.00' } : undefined);
        expect(story?.questions[0]?.answer).toMatchObject({ choice, by: 'ann' });
      },
    );

    it('by hand ends the task as done by that person', async () => {
      const { bot, task, question } = await waiting({ choices: ['by-hand'] });
      expect(await store().people.answer(question, 'ann', 'by-hand', null)).toBe('stored');
      expect(await store().tasks.get(task)).toMatchObject({ state: 'done', output: { byHand: 'ann' } });
      expect(await store().tasks.claim(bot, 'worker', 30)).toBeUndefined();
    });

    it('reject ends the task with the question’s code', async () => {
      const { task, question } = await waiting({ code: 'no-order', choices: ['reject'] });
      expect(await store().people.answer(question, 'ann', 'reject', null)).toBe('stored');
      const rejected = await store().tasks.get(task);
      expect(rejected).toMatchObject({ state: 'rejected', reason: 'no-order' });
      expect(rejected?.endedAt).not.toBeNull();
      const events = (await store().tasks.story(task))!.events.slice(-2);
      expect(events).toMatchObject([
        { kind: 'answered', facts: { choice: 'reject', by: 'ann' } },
        { kind: 'rejected', facts: { code: 'no-order' } },
      ]);
    });
  });

  it.each<Choice>(['reject', 'by-hand'])(
    'that ends the task (%s) closes what it had intended, by name',
    async (choice) => {
      const lease = await leased(store());
      const journal = store().tasks.journal(lease);
      const intent = { application: 'ledger', screen: 's', record: {}, quietSeconds: 0 };
      await journal.intend({ ...intent, step: 'proven', key: newId() });
      await journal.prove('proven', someReceipt());
      await journal.intend({ ...intent, step: 'open', key: newId() });
      await journal.ask(someQuestion({ choices: [choice] }));
      await store().tasks.finish(lease, { kind: 'waiting' });
      const [question] = (await store().tasks.story(lease.task.id))!.questions;
      await store().people.answer(question!.id, 'ann', choice, null);
      const { effects, events } = (await store().tasks.story(lease.task.id))!;
      expect(effects).toMatchObject([
        { step: 'proven', state: 'proven', closed: null },
        { step: 'open', state: 'left', closed: { because: choice, by: 'ann' } },
      ]);
      expect(events.filter(({ kind }) => kind === 'left')).toMatchObject([{ facts: { step: 'open', by: 'ann' } }]);
    },
  );

  it('closes the other questions of a task that a person ended', async () => {
    const lease = await leased(store());
    const journal = store().tasks.journal(lease);
    await journal.ask(someQuestion({ step: 'one' }));
    await journal.ask(someQuestion({ step: 'two' }));
    await store().tasks.finish(lease, { kind: 'waiting' });
    const [one, two] = (await store().tasks.story(lease.task.id))!.questions;
    await store().people.answer(one!.id, 'ann', 'reject', null);
    expect(await store().people.answer(two!.id, 'bob', 'answer', {})).toBe('taken');
    expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'rejected' });
  });

  it('ends a run whose task a person ends in the middle of it', async () => {
    const lease = await leased(store());
    const journal = store().tasks.journal(lease);
    await journal.ask(someQuestion());
    const [question] = (await store().tasks.story(lease.task.id))!.questions;
    await store().people.answer(question!.id, 'ann', 'reject', null);
    await expect(journal.checkLease()).rejects.toBeInstanceOf(LeaseLost);
    await expect(store().tasks.finish(lease, { kind: 'waiting' })).rejects.toBeInstanceOf(LeaseLost);
  });

  it('asks nobody about a task that ended meanwhile', async () => {
    const bot = someBot({ skill: `skill-${randomUUID()}` });
    const lease = await leased(store(), bot);
    await store().tasks.journal(lease).ask(someQuestion());
    const [question] = (await store().tasks.story(lease.task.id))!.questions;
    await store().tasks.finish(lease, { kind: 'done', output: null });
    expect(await store().people.list({ skills: [bot.skill] })).toEqual([]);
    expect(await store().people.claim(question!.id, 'ann', 60)).toBe(false);
    expect(await store().people.answer(question!.id, 'ann', 'answer', {})).toBe('taken');
  });
}
