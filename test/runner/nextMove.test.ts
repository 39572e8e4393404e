import { errors } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  BusinessException,
  Defect,
  LeaseLost,
  MAX_ATTEMPTS,
  nextMove,
  SessionLost,
  SystemException,
  Throttled,
} from '#core';

const retry = (afterSeconds: number, spendsAttempt: boolean, freshSession: boolean) => ({
  ...{ move: 'retry', afterSeconds, spendsAttempt, freshSession },
});
const person = (kind: string, code: string) => ({ move: 'person', kind, code });
const stop = (code: string) => ({ move: 'stop-bot', code });

const business = new BusinessException('no-order', 'There is no order.');
const system = new SystemException('application-slow', 'It did not answer.');
const lost = new SessionLost('signed-out', 'Signed out.');
const throttled = new Throttled('settling', 'Wait.');
const asked = new Throttled('settling', 'Wait.', { afterSeconds: 7 });
const parked = new Throttled('application-parked', 'Wait.', { application: 'ledger' });
const defect = new Defect('step-named-twice', 'Twice.');

describe('the class of an error says what happens next', () => {
  it.each([
    ['business, first try', business, 1, person('business', 'no-order')],
    ['business, last try', business, MAX_ATTEMPTS, person('business', 'no-order')],
    ['system, first try', system, 1, retry(2, true, false)],
    ['system, second try', system, 2, retry(10, true, true)],
    ['system, third try', system, 3, retry(60, true, true)],
    ['system, last try', system, MAX_ATTEMPTS, person('technical', 'application-slow')],
    ['system, beyond', system, MAX_ATTEMPTS + 3, person('technical', 'application-slow')],
    ['session lost, first try', lost, 1, retry(0, true, true)],
    ['session lost, last try', lost, MAX_ATTEMPTS, person('technical', 'signed-out')],
    ['throttled, first try', throttled, 1, retry(30, false, false)],
    ['throttled, after the last try', throttled, MAX_ATTEMPTS + 1, retry(30, false, false)],
    ['throttled for some time', asked, 1, { ...retry(7, false, false), throttled: { application: null } }],
    ['throttled by an application', parked, 1, { ...retry(30, false, false), throttled: { application: 'ledger' } }],
    ['defect', defect, 1, stop('step-named-twice')],
    ['defect, last try', defect, MAX_ATTEMPTS, stop('step-named-twice')],
    ['a crash of the language', new TypeError('x is not a function'), 1, stop('bot-crashed')],
    ['a crash that another one caused', new TypeError('no', { cause: new TypeError('bad') }), 1, stop('bot-crashed')],
    [
      'a network that fails under fetch',
      new TypeError('fetch failed', { cause: new Error('refused') }),
      1,
      retry(2, true, false),
    ],
    ['another one', new RangeError('out of it'), MAX_ATTEMPTS, stop('bot-crashed')],
    ['the browser’s time-out', new errors.TimeoutError('30000ms exceeded'), 1, retry(2, true, false)],
    ['anything unknown', new Error('?'), 1, retry(2, true, false)],
    ['anything unknown, last try', new Error('?'), MAX_ATTEMPTS, person('technical', 'unknown-error')],
    ['what is no error at all', 'thrown', MAX_ATTEMPTS, person('technical', 'unknown-error')],
    ['a lease lost', new LeaseLost('t'), 1, retry(2, true, false)],
  ])('%s', (_, error, attempt, expected) => {
    expect(nextMove(error, attempt)).toMatchObject(expected);
  });

  it('never shows a person the words of an unknown error', () => {
    const move = nextMove(new Error('DE02 1203 0000 0000 2020 51'), MAX_ATTEMPTS);
    expect(JSON.stringify(move)).not.toContain('DE02');
  });
});

it('what the language quotes of a value stands in no message', () => {
  const crash = new SyntaxError('Cannot convert 1.234,50 Meier to a BigInt');
  expect(nextMove(crash, 1)).toMatchObject({ code: 'bot-crashed', message: expect.stringContaining('SyntaxError') });
  expect(JSON.stringify(nextMove(crash, 1))).not.toContain('Meier');
});
