import type { Hold, Standing } from '#core';
import { localTime } from './show.ts';

const WORDS: Readonly<Record<Hold, (of: string) => string>> = {
  line: () => 'in line',
  run: (worker) => `at worker ${worker}`,
  silent: (worker) => `its worker ${worker} is silent, another takes over`,
  later: () => 'put off',
  application: (application) => `waits for ${application}`,
  key: (task) => `behind task ${task}`,
  person: (question) => `question ${question}`,
  version: (version) => (version === '' ? 'no worker runs its bot' : `no worker runs version ${version} of its bot`),
  stopped: (version) => `version ${version} of its bot is stopped`,
};

/** `waits for ledger (application-parked) since 2026-03-31 17:05 until 2026-03-31 17:06`; empty for a task that has ended. */
export function standingInWords(standing: Standing | null): string {
  if (standing === null) return '';
  const { hold, code, since, until, of, by } = standing;
  return [
    WORDS[hold](of ?? ''),
    ...(code === null ? [] : [`(${code})`]),
    ...(by === null ? [] : [`with ${by}`]),
    `since ${localTime(since)}`,
    ...(until === null ? [] : [`until ${localTime(until)}`]),
  ].join(' ');
}
