import { PLAIN_TIMING, type Schedule } from '#core';

/** A schedule by the hour with nothing special to it, changed as wanted. */
export function aSchedule(changes: Partial<Schedule> = {}): Schedule {
  return {
    name: 'mailbox',
    bot: 'supplier-invoice',
    cron: '0 * * * *',
    timeZone: 'UTC',
    input: {},
    missed: 'once',
    overlap: 'allow',
    ...PLAIN_TIMING,
    paused: false,
    pausedUntil: null,
    doneUntil: '2026-03-31T08:30:00.000Z',
    throughDay: null,
    waiting: null,
    lastTask: null,
    revision: 0,
    ...changes,
  };
}
