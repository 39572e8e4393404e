import { expect, it, vi } from 'vitest';
import type { HumanTask, Task } from '#core';
import { type Outcome, printResult, resultOf } from '../../demo/result.ts';
import { someQuestion } from '../support/work.ts';

const truth = { type: 'junk', what: 'letter', answer: 'rejected' } as const;

function ended(state: Task['state'], reason: string | null = null, touched = false) {
  const at = '2026-03-16T10:00:00.000Z';
  const task: Task = {
    ...{ id: 't', bot: 'b', botVersion: '1', key: 'k', input: {}, state, reason, skill: 's', value: 1 },
    ...{ receivedAt: at, dueAt: at, endedAt: null, attempt: 0, output: null },
  };
  return { task, truth, touched };
}

const question: HumanTask = {
  ...someQuestion({ code: 'sums-differ' }),
  ...{ id: 'q', task: 't', bot: 'b', skill: 's', state: 'open' as const, askedAt: '', dueAt: '' },
  ...{ claimedBy: null, claimedUntil: null, answer: null },
};

const outcome: Outcome = {
  tasks: [
    ...[ended('done'), ended('done', null, true), ended('waiting'), ended('rejected', 'unreadable-password')],
    ...[ended('ready'), ended('running')],
  ],
  compared: { lost: 1, duplicated: 2, wrong: 3 },
  questions: [question, question],
  seconds: 12.345,
  console: 'http://127.0.0.1:7373',
};

it('counts tasks by their end, and only those no person touched as straight through', () => {
  expect(resultOf(outcome)).toEqual({
    ...{ documents: 6, done: 2, waiting: 1, rejected: 1, open: 2, lost: 1, duplicated: 2, wrong: 3 },
    ...{ straight_through: 1, seconds: 12.3, console: 'http://127.0.0.1:7373' },
    reasons: { 'sums-differ': 2, 'unreadable-password': 1 },
  });
});

it('is one JSON object for programs, a table with the reasons for people', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const printed = (json: boolean) => {
    write.mockClear();
    printResult(resultOf(outcome), json);
    return write.mock.calls.map(([text]) => String(text)).join('');
  };
  const { reasons: _, ...fixed } = resultOf(outcome);
  expect(printed(true)).toBe(`${JSON.stringify(fixed)}\n`);
  expect(printed(false)).toMatch(/straight through +1\n.*sums-differ +2\n/s);
});
