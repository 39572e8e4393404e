import type { Standing } from '#core';
import { inWords } from './tasks.ts';
import { ago, atMoment, promise } from './time.ts';

/** What a task stands at, in one line; `link` leads to what it waits for. */
export interface StandingWords {
  readonly words: string;
  readonly link: { readonly href: string; readonly words: string } | null;
}

/** Nothing is the matter: a list need not say more than the state. */
export function isUnderWay({ hold }: Standing): boolean {
  return hold === 'line' || hold === 'run';
}

export function standingInWords(standing: Standing, now: number): StandingWords {
  const { hold, code, until, of, by } = standing;
  const since = `since ${atMoment(standing.since)}`;
  const goesOn = until === null ? '' : `, goes on ${soon(until, now)}`;
  switch (hold) {
    case 'line':
      return plain(`In line for a bot ${since}`);
    case 'run':
      return plain(`A worker has been at it ${since}`);
    case 'silent':
      return plain(`Its worker has said nothing ${since}; another one takes over`);
    case 'later':
      return plain(`Put off ${ago(standing.since, now)}: ${inSentence(code)}${goesOn}`);
    case 'application':
      return { words: applicationInWords(standing, now), link: { href: '/applications', words: 'see applications' } };
    case 'key':
      return {
        words: `Another task is at the same record ${since}${goesOn}`,
        link: of === null ? null : { href: `/tasks/${of}`, words: 'see that task' },
      };
    case 'person':
      return {
        words: `Waits for a person ${since}: ${inSentence(code)}${by === null ? '' : `; ${by} is at it`}`,
        link: of === null ? null : { href: `/exceptions/${of}`, words: 'open it on the desk' },
      };
    case 'version':
      return plain(
        of === null ? `No worker runs its bot ${since}` : `No worker runs version ${of} of its bot ${since}`,
      );
    case 'stopped':
      return {
        words: `Version ${of} of its bot was stopped ${ago(standing.since, now)}: ${inSentence(code)}`,
        link: { href: '/', words: 'see bots' },
      };
  }
}

function applicationInWords({ code, since, until, of }: Standing, now: number): string {
  const from = `since ${atMoment(since)}`;
  switch (code) {
    case 'application-parked':
      return `Waits for ${of}, which is out of order ${from}${until === null ? '' : `; the next look is ${soon(until, now)}`}`;
    case 'account-held':
      return `Waits for an account of ${of}: all are held ${from}, until a person lets one go`;
    case 'account-busy':
      return `Waits for an account of ${of}: all are in use; it goes on when one comes free`;
    case 'outside-hours':
      return `Waits for ${of} to open${until === null ? '' : `, ${soon(until, now)}`}`;
    case 'submit-pace':
      return `Waits its turn: ${of} takes submits only so often${until === null ? '' : `, goes on ${soon(until, now)}`}`;
    default:
      return `Waits for ${of}: ${inSentence(code)}${until === null ? '' : `, goes on ${soon(until, now)}`}`;
  }
}

/** Promises of tasks that wait for these move by as long as the wait lasts. */
export function movesPromise({ code }: Standing): boolean {
  return code === 'application-parked' || code === 'account-held';
}

function plain(words: string): StandingWords {
  return { words, link: null };
}

/** `in 12 min`; a time that has come is being dealt with. */
export function soon(at: string, now: number): string {
  const { text, late } = promise(at, now);
  return late ? 'now' : text;
}

function inSentence(code: string | null): string {
  return code === null ? 'no reason was given' : inWords(code).toLowerCase();
}
