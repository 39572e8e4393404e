import { expect, it } from 'vitest';
import type { Standing } from '#core';
import { standingInWords } from '../../cli/standing.ts';

const standing = (changes: Partial<Standing>): Standing => ({
  ...{ hold: 'line', code: null, since: '2026-03-31T12:00:00Z', until: null, of: null, by: null },
  ...changes,
});

it.each<[string, Partial<Standing>]>([
  ['in line', { hold: 'line' }],
  ['at worker w1', { hold: 'run', of: 'w1' }],
  ['its worker w1 is silent, another takes over', { hold: 'silent', of: 'w1' }],
  ['put off (application-slow)', { hold: 'later', code: 'application-slow' }],
  ['waits for ledger (outside-hours)', { hold: 'application', code: 'outside-hours', of: 'ledger' }],
  ['behind task t1 (key-busy)', { hold: 'key', code: 'key-busy', of: 't1' }],
  ['question q1 (sums-differ) with Mara', { hold: 'person', code: 'sums-differ', of: 'q1', by: 'Mara' }],
  ['no worker runs its bot (version-missing)', { hold: 'version', code: 'version-missing' }],
  ['no worker runs version 3 of its bot (version-missing)', { hold: 'version', code: 'version-missing', of: '3' }],
  ['version 3 of its bot is stopped (bot-crashed)', { hold: 'stopped', code: 'bot-crashed', of: '3' }],
])('a task stands %s', (words, changes) => {
  const told = standingInWords(standing(changes));
  expect(told).toMatch(/ since 2026-03-31 \d\d:\d\d$/);
  expect(told.startsWith(`${words} since`)).toBe(true);
});

it('says until when where somebody knows, and nothing of a task that has ended', () => {
  expect(standingInWords(standing({ hold: 'later', until: '2026-03-31T13:00:00Z' }))).toMatch(/ until 2026-03-31 /);
  expect(standingInWords(null)).toBe('');
});
