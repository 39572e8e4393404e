import { describe, expect, it } from 'vitest';
import type { TaskStory } from '#core';
import { outOfOrder } from '../../chaos/faults/outages.ts';

/** A task with its promise, in minutes past ten, and the number of the event with which it was last started. */
function story(due: number, started: number): TaskStory {
  const event = (kind: string, seq: number) => ({ seq, at: '', task: 't', bot: 'keyer', kind, facts: {} });
  return {
    task: {
      ...{ id: 't', bot: 'keyer', botVersion: '1', key: '1', input: {}, state: 'done', reason: null, skill: 'test' },
      ...{ value: 1, receivedAt: '', endedAt: null, attempt: 0, output: null },
      dueAt: `2026-03-31T10:${String(due).padStart(2, '0')}:00.000Z`,
    },
    ...{ steps: [], effects: [], questions: [], evidence: [] },
    events: [event('started', 1), event('started', started)],
  };
}

describe('the order in which tasks go on after an outage', () => {
  it('is that of their promises as they stand: who never waited is before those who did', () => {
    const waited = [story(30, 20), story(31, 21), story(32, 22)];
    const never = [story(13, 10), story(14, 11)];
    expect(outOfOrder([...waited, ...never])).toBe(0);
  });

  it('is broken by each that goes before one promised sooner', () => {
    expect(outOfOrder([story(30, 22), story(31, 20), story(32, 21)])).toBe(1);
    expect(outOfOrder([story(30, 12), story(31, 11), story(32, 10)])).toBe(2);
  });
});
