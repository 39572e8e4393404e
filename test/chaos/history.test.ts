import { describe, expect, it } from 'vitest';
import type { Effect, HumanTask, Task, TaskEvent, TaskStory } from '#core';
import { allOf, check, checkWithoutRecord, isClean, type Written } from '../../chaos/history.ts';

const RECORD: Written = { key: '70101 A-1', values: { total: '10.00', order: null } };
const OTHER: Written = { ...RECORD, values: { total: '1000.00', order: null } };
const TASK: Task = {
  ...{ id: 't1', bot: 'keyer', botVersion: '1', key: '1', input: {}, state: 'done', reason: null, skill: 'test' },
  ...{ value: 1, receivedAt: '2026-03-31T10:00:00Z', dueAt: '2026-03-31T11:00:00Z', endedAt: '2026-03-31T10:01:00Z' },
  ...{ attempt: 0, output: null },
};
const EFFECT: Effect = {
  ...{ step: 'rekey voucher', application: 'ledger', screen: 'voucher', key: RECORD.key, state: 'proven', record: {} },
  ...{ intendedAt: '2026-03-31T10:00:30Z', ageSeconds: 60, closed: null, receipt: null },
};
const QUESTION: HumanTask = {
  ...{ id: 'q1', task: 't1', bot: 'keyer', skill: 'test', state: 'open', askedAt: '', dueAt: '', claimedBy: null },
  ...{ claimedUntil: null, answer: null, step: 'rekey voucher', kind: 'in-doubt', code: 'already-there', title: '' },
  ...{ choices: [], record: null, form: null, draft: {}, problems: [], compared: [], papers: [], evidence: [] },
};

const event = (kind: string): TaskEvent => ({
  seq: 1,
  at: '2026-03-31T10:01:00Z',
  task: 't1',
  bot: 'keyer',
  kind,
  facts: {},
});
const DONE: TaskStory = {
  ...{ task: TASK, steps: [], effects: [EFFECT], questions: [], evidence: [] },
  events: [event('submitted'), event('done')],
};
const open = (state: Task['state'], reason: string | null = null): Task => ({ ...TASK, state, reason, endedAt: null });
const WAITING: TaskStory = {
  ...DONE,
  task: open('waiting', 'already-there'),
  questions: [QUESTION],
  events: [event('submitted'), event('waiting')],
};

const judge = (story: TaskStory | undefined, written: readonly Written[], record: Written | null = RECORD) =>
  check({ accepted: [{ task: 't1', record }], stories: story ? [story] : [], written });

describe('a history in which nothing is amiss', () => {
  it.each<[string, TaskStory, readonly Written[]]>([
    ['a task done, its record there once and right', DONE, [RECORD]],
    ['a task that waits for a person, with nothing keyed', { ...WAITING, effects: [] }, []],
    ['a task that waits for a person, its record there', WAITING, [RECORD]],
    [
      'a task that waits because the record differs',
      { ...WAITING, questions: [{ ...QUESTION, kind: 'differs' }] },
      [OTHER],
    ],
    ['a task that a person did by hand', { ...DONE, effects: [], task: { ...TASK, output: { byHand: 'ann' } } }, []],
    [
      'a task that was rejected, with nothing keyed',
      { ...DONE, effects: [], task: { ...TASK, state: 'rejected' }, events: [event('rejected')] },
      [],
    ],
  ])('%s', (_, story, written) => {
    const findings = judge(story, written);
    expect(findings).toEqual({ lost: [], duplicated: [], wrong: [], unexplained: [] });
    expect(isClean(findings)).toBe(true);
  });

  it('a task that writes nothing', () => {
    expect(isClean(judge({ ...DONE, effects: [] }, [], null))).toBe(true);
  });
});

describe('what is found', () => {
  it.each<[string, TaskStory | undefined, readonly Written[], 'lost' | 'duplicated' | 'wrong' | 'unexplained']>([
    ['a task that is forgotten', undefined, [], 'lost'],
    ['a task that is done without its record', DONE, [], 'lost'],
    ['a task that is stuck', { ...DONE, task: open('ready'), effects: [], events: [] }, [], 'lost'],
    ['a task that nobody finishes', { ...DONE, task: open('running'), effects: [], events: [] }, [], 'lost'],
    ['a record that is there twice', DONE, [RECORD, RECORD], 'duplicated'],
    ['a record with other values', DONE, [OTHER], 'wrong'],
    ['a record that nobody asked for', DONE, [RECORD, { ...RECORD, key: '70101 A-2' }], 'wrong'],
    ['a done task without a proof', { ...DONE, effects: [{ ...EFFECT, state: 'intended' }] }, [RECORD], 'unexplained'],
    ['a task that ended twice', { ...DONE, events: [event('done'), event('done')] }, [RECORD], 'unexplained'],
    ['a task that waits and nobody is asked', { ...WAITING, questions: [] }, [], 'unexplained'],
    ['a task that waits without a reason', { ...WAITING, task: open('waiting') }, [], 'unexplained'],
    ['a task that ended without a time', { ...DONE, task: { ...TASK, endedAt: null } }, [RECORD], 'unexplained'],
    [
      'a rejected task whose record is there without a word',
      {
        ...DONE,
        task: { ...TASK, state: 'rejected' },
        effects: [{ ...EFFECT, state: 'intended' }],
        events: [event('rejected')],
      },
      [RECORD],
      'unexplained',
    ],
  ])('%s', (_, story, written, kind) => {
    const findings = judge(story, written);
    expect(findings[kind]).toHaveLength(1);
    expect(isClean(findings)).toBe(false);
  });

  it('a task that was never accepted', () => {
    expect(check({ accepted: [], stories: [DONE], written: [] }).unexplained).toEqual(['t1 was never accepted']);
  });
});

describe('an application that doubles by itself', () => {
  const twice = [RECORD, RECORD];
  const accepted = [{ task: 't1', record: RECORD }];
  const judged = (story: TaskStory, byApplication: boolean) =>
    check({ accepted, stories: [story], written: twice, byApplication }).duplicated;
  const TOLD: TaskStory = { ...WAITING, questions: [{ ...QUESTION, code: 'keyed-twice' }] };

  it('is found out where an open question says so', () => {
    expect(judged(TOLD, true)).toEqual([]);
  });

  it('counts where nobody is told, where it was answered, and where the fault is not the application’s', () => {
    expect(judged(DONE, true)).toHaveLength(1);
    expect(
      judged({ ...TOLD, questions: [{ ...QUESTION, code: 'keyed-twice', state: 'answered' }] }, true),
    ).toHaveLength(1);
    expect(judged(TOLD, false)).toHaveLength(1);
  });
});

describe('work that no record knows of', () => {
  it('is lost where nothing is there, doubled where more than one is', () => {
    const accepted = [RECORD, { ...RECORD, key: '70101 A-2' }].map((record, n) => ({ task: `${n}`, record }));
    const found = checkWithoutRecord({ accepted, written: [RECORD, RECORD, RECORD] });
    expect(found).toMatchObject({
      lost: ['70101 A-2 is not there'],
      duplicated: Array(2).fill('70101 A-1 is there again'),
    });
  });
});

it('findings of several who looked are one', () => {
  const all = allOf([{ lost: ['a'] }, { lost: ['b'], wrong: ['c'] }, {}]);
  expect(all).toEqual({ lost: ['a', 'b'], duplicated: [], wrong: ['c'], unexplained: [] });
});
