import type { TaskEvent, TaskState } from '#core';

export type Tone = 'good' | 'doubt' | 'bad' | 'busy' | 'quiet';

export const STATE_WORDS: Readonly<Record<TaskState, { readonly word: string; readonly tone: Tone }>> = {
  ready: { word: 'Open', tone: 'quiet' },
  running: { word: 'Running', tone: 'busy' },
  waiting: { word: 'Waiting', tone: 'doubt' },
  done: { word: 'Done', tone: 'good' },
  rejected: { word: 'Rejected', tone: 'bad' },
};

const EVENT_WORDS: Readonly<Record<string, { readonly word: string; readonly tone: Tone }>> = {
  submitted: { word: 'Arrived', tone: 'quiet' },
  started: { word: 'Taken by a bot', tone: 'busy' },
  step: { word: 'Step finished', tone: 'busy' },
  asked: { word: 'Handed to a person', tone: 'doubt' },
  claimed: { word: 'A person is at it', tone: 'doubt' },
  released: { word: 'Given back', tone: 'quiet' },
  waiting: { word: 'Waits for a person', tone: 'doubt' },
  answered: { word: 'Answered', tone: 'good' },
  intended: { word: 'About to key', tone: 'busy' },
  proven: { word: 'Keyed and proven', tone: 'good' },
  withdrawn: { word: 'Not keyed', tone: 'quiet' },
  left: { word: 'Left as it was', tone: 'doubt' },
  'version-missing': { word: 'Waits for its version', tone: 'doubt' },
  'version-back': { word: 'Its version is there', tone: 'busy' },
  retry: { word: 'Tried again later', tone: 'doubt' },
  'taken-over': { word: 'Taken over from a silent worker', tone: 'doubt' },
  'promise-moved': { word: 'Promise moved', tone: 'quiet' },
  done: { word: 'Done', tone: 'good' },
  rejected: { word: 'Rejected', tone: 'bad' },
  stopped: { word: 'Bot stopped', tone: 'bad' },
  held: { word: 'Kept from erasure', tone: 'quiet' },
  'hold-released': { word: 'No longer kept from erasure', tone: 'quiet' },
  erased: { word: 'Erased', tone: 'quiet' },
};

export function eventWords({ kind }: TaskEvent): { readonly word: string; readonly tone: Tone } {
  return EVENT_WORDS[kind] ?? { word: inWords(kind), tone: 'quiet' };
}

/** Facts that say something to whoever glances at them; the ids of runs and workers do not. */
const TELLING = ['step', 'name', 'code', 'reason', 'choice', 'application', 'screen'];

export function factsInShort({ facts }: TaskEvent): string {
  return TELLING.flatMap((name) => (typeof facts[name] === 'string' ? [inWords(facts[name])] : [])).join(' · ');
}

/** All facts of an event, in one line. */
export function factsInWords({ facts }: TaskEvent): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) =>
      TELLING.includes(name) ? inWords(String(value)) : `${inWords(name).toLowerCase()} ${value}`,
    )
    .join(' · ');
}

/** A kebab or snake word as people write it: `no-order` → `No order`. */
export function inWords(code: string): string {
  const words = code
    .replaceAll(/[-_]+/g, ' ')
    .trim()
    .replaceAll(/\b(iban|vat|id)\b/g, (name) => name.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
