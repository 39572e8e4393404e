import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Draft, known, type Lease, sha256 } from '#core';
import type { OpenStore } from '#store';
import { claimed, leased, someBot, someQuestion, someReceipt, submitted } from '../../support/work.ts';

/** A value of its own in every place that takes one. */
function valuesOf(subject: string) {
  const at = (place: string) => `${subject} of ${place}`;
  return { at, blob: (place: string) => sha256(at(place)) };
}

export function erasure(store: () => OpenStore): void {
  const found = async (text: string) => (await store().erasure.about(text)).map(({ task }) => task);
  const outcome = (task: string) => store().erasure.erase(task, 'ann');

  /** A task with values of the subject wherever a task may hold one, done. */
  async function workedFor(subject: string, paper = sha256(subject)): Promise<Lease> {
    const { at, blob } = valuesOf(subject);
    const bot = someBot();
    const document = { sha256: paper, name: `${at('name')}.pdf`, mime: 'application/pdf' };
    await submitted(store(), bot, { key: at('key'), input: { document, sender: at('input') } });
    const first = await claimed(store(), bot);
    const journal = store().tasks.journal(first);
    await journal.remember('read', 'extract', { name: known(at('step')) });
    await store().papers.note(first.task.id, { document, sketch: [1], facts: { name: at('fact') } });
    await journal.attach('read', { label: 'page', sha256: blob('attached') });
    const draft: Draft<Record<string, unknown>> = { name: known(at('draft')) };
    const compared = [{ field: 'name', wanted: at('wanted'), shown: at('shown'), same: false }];
    await journal.ask(
      someQuestion({
        ...{ kind: 'validate', title: at('title'), form: { enum: [at('form')] }, draft, compared, papers: [document] },
        problems: [{ code: 'low-confidence', fields: ['name'], message: at('problem') }],
        evidence: [{ label: 'page', sha256: blob('asked') }],
      }),
    );
    await store().tasks.finish(first, { kind: 'waiting' });
    const [question] = (await store().tasks.story(first.task.id))!.questions;
    await store().people.answer(question!.id, 'bo', 'answer', { name: at('answer') });
    const lease = await claimed(store(), bot);
    const second = store().tasks.journal(lease);
    await second.intend({
      ...{ step: 'key voucher', application: 'ledger', screen: 'voucher', quietSeconds: 0 },
      ...{ key: at('effect'), record: { name: at('record') } },
    });
    const evidence = [{ label: 'page', sha256: blob('receipt') }];
    await second.prove('key voucher', someReceipt({ reference: at('reference'), compared, evidence }));
    await store().tasks.finish(lease, { kind: 'done', output: { voucher: at('output') } });
    return lease;
  }

  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const pool: { query(text: string): Promise<{ rows: { name: string; row: string }[] }> } = store().pool;
    const tables = await pool.query(`select tablename as name from pg_tables where schemaname = 'rekey'`);
    const texts = await Promise.all(tables.rows.map(({ name }) => pool.query(`select t::text as row from ${name} t`)));
    return texts.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
  }

  it('finds tasks by letters and digits in any of their values, and says in which parts', async () => {
    const subject = `Änne-${randomUUID()}`;
    const { task } = await workedFor(subject);
    await workedFor(randomUUID());
    const spelled = subject.toUpperCase().replaceAll('-', ' . ');
    expect(await store().erasure.about(spelled)).toMatchObject([
      { task: task.id, state: 'done', paper: `${subject} of name.pdf`, legalHold: null },
    ]);
    const [about] = await store().erasure.about(spelled);
    expect(about?.found).toEqual(['input', 'output', 'steps', 'effects', 'questions']);
    expect(await found(`${subject} of receipt`)).toEqual([]);
    for (const place of ['key', 'name', 'input', 'step', 'draft', 'title', 'problem', 'answer', 'effect', 'record'])
      expect(await found(`${subject} of ${place}`), place).toEqual([task.id]);
  });

  it('leaves of a task its ids, times, states, codes and counts, and no value in any table', async () => {
    const subject = randomUUID();
    const paper = sha256(subject);
    const { task } = await workedFor(subject, paper);
    const layout = { id: randomUUID(), extractor: randomUUID(), revision: 0, signature: { [`${subject}@1`]: 1 } };
    const kept = { sha256: paper, pages: [], read: { name: subject }, values: { name: subject } };
    const body = { body: { anchor: subject }, right: 1, papers: 1 };
    const lesson = { field: 'name', state: 'active', reason: null, ...body } as const;
    const teaching = { layout, sketch: [1], paper: kept, keep: 3, by: 'bo', lessons: [lesson], retire: [] };
    expect(await store().memory.learn(teaching)).toBe(true);
    const before = (await store().tasks.story(task.id))!;
    const figures = [await store().tasks.countsByBot(), await store().tasks.figures()];
    expect((await everything()).split(subject).length).toBeGreaterThan(20);

    expect(await outcome(task.id)).toBe('erased');
    const { at, blob } = valuesOf(subject);
    const names = [paper, ...['attached', 'asked', 'receipt'].map(blob)];
    const mine = async () => (await store().erasure.unfinished()).find((each) => each.task === task.id);
    expect((await mine())?.blobs.toSorted()).toEqual(names.toSorted());
    await store().erasure.finish(task.id);
    expect(await mine()).toBeUndefined();
    const left = await everything();
    for (const value of [subject, at('form'), ...names]) expect(left.includes(value), value).toBe(false);

    expect([await store().tasks.countsByBot(), await store().tasks.figures()]).toEqual(figures);
    const after = (await store().tasks.story(task.id))!;
    expect(after.task).toEqual({ ...before.task, key: `erased-${task.id}`, input: {}, output: null });
    const skeleton = ({ steps, effects, questions }: typeof after) => [
      steps.map(({ name, kind, at: time }) => [name, kind, time]),
      effects.map(({ application, state, receipt }) => [
        application,
        state,
        receipt?.provenAt,
        receipt?.compared.length,
      ]),
      questions.map(({ id, code, choices, problems, answer }) => [id, code, choices, problems[0]?.code, answer?.by]),
    ];
    expect(skeleton(after)).toEqual(skeleton(before));
    expect(after.evidence).toEqual([]);
    expect(after.events.slice(0, -1)).toEqual(before.events);
    const counts = { steps: 2, effects: 1, questions: 1, pictures: 1 };
    expect(after.events.at(-1)).toMatchObject({ kind: 'erased', facts: { by: 'ann', ...counts } });
    expect(await store().erasure.keeping(task.id)).toMatchObject({ legalHold: null, erased: { by: 'ann' } });
    expect(await store().memory.lessons(layout.id)).toBeUndefined();
  });

  it('does so once, and lets the same paper and key come again as another task', async () => {
    const subject = randomUUID();
    const { task } = await workedFor(subject);
    const bot = someBot({ name: task.bot });
    expect([await outcome(task.id), await outcome(task.id)]).toEqual(['erased', 'erased']);
    const again = await store().tasks.submit({ bot, key: task.key, input: {} });
    expect(again).toMatchObject({ created: true });
    expect(await outcome('nowhere')).toBe('unknown');
    await store().papers.note(task.id, { document: { sha256: '', name: subject, mime: '' }, sketch: [1], facts: {} });
    expect(await store().papers.of(task.id)).toBeUndefined();
  });

  it('never erases a task that is open', async () => {
    const { task } = await leased(store());
    expect(await outcome(task.id)).toBe('open');
    expect((await store().tasks.get(task.id))?.key).toBe(task.key);
  });

  it('never erases a task that is held, and says why it is held', async () => {
    const subject = randomUUID();
    const { task } = await workedFor(subject);
    await store().erasure.hold(task.id, 'audit', 'eve');
    await store().erasure.hold(task.id, 'a law suit', 'eve');
    expect(await outcome(task.id)).toBe('held');
    expect(await store().erasure.about(subject)).toMatchObject([{ legalHold: { why: 'a law suit', by: 'eve' } }]);
    expect(await store().erasure.release(task.id, 'eve')).toBe(true);
    expect(await store().erasure.release(task.id, 'eve')).toBe(false);
    expect(await outcome(task.id)).toBe('erased');
    await expect(store().erasure.hold(task.id, 'late', 'eve')).rejects.toMatchObject({ code: 'already-erased' });
    await expect(store().erasure.hold('nowhere', 'why', 'eve')).rejects.toMatchObject({ code: 'unknown-task' });
    const kinds = (await store().tasks.story(task.id))!.events.map(({ kind }) => kind);
    expect(kinds.slice(-4)).toEqual(['held', 'held', 'hold-released', 'erased']);
  });

  it('one of a hold and an erasure at the same moment comes first, and the other knows', async () => {
    const leases = await Promise.all([1, 2, 3].map(() => workedFor(randomUUID())));
    for (const { task } of leases) {
      const [held, erased] = await Promise.allSettled([store().erasure.hold(task.id, 'why', 'eve'), outcome(task.id)]);
      const told = held.status === 'fulfilled' ? 'held' : 'erased';
      expect(erased).toMatchObject({ status: 'fulfilled', value: told });
      expect((await store().erasure.keeping(task.id)).erased === null).toBe(told === 'held');
    }
  });

  it('tells which blobs another task still speaks of', async () => {
    const paper = sha256(randomUUID());
    const [one, other] = [await workedFor(randomUUID(), paper), await workedFor(randomUUID(), paper)];
    const alone = sha256(randomUUID());
    await outcome(one.task.id);
    expect(await store().erasure.stillSpokenOf([paper, alone])).toEqual([paper]);
    await outcome(other.task.id);
    expect(await store().erasure.stillSpokenOf([paper, alone])).toEqual([]);
    for (const { task } of [one, other]) await store().erasure.finish(task.id);
  });
}
