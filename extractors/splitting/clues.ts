import type { PageFacts } from './pageFacts.ts';

/** What speaks for a page being the first of its paper, or against it: each 0 to 1. */
export const SPLIT_CLUES = [
  'says-first',
  'says-next',
  'says-other',
  'says-later',
  'previous-was-last',
  'previous-was-not-last',
  'looks-like-a-kind',
  'kind-changes',
  'same-head',
  'same-foot',
  'same-number',
  'other-number',
  'same-party',
  'other-party',
  'dated',
  'numbered',
  'previous-totalled',
  'carried-over',
  'blank-between',
  'other-size',
] as const;
export type SplitClue = (typeof SPLIT_CLUES)[number];
export type SplitClues = Readonly<Record<SplitClue, number>>;

/** Compares a page with the one before it; `blank` says that a page without words lies between them. */
export function splitClues(before: PageFacts, page: PageFacts, blank: boolean): SplitClues {
  const [previous, own] = [before.number, page.number];
  const next = own !== undefined && previous !== undefined && own.page === previous.page + 1 && own.of === previous.of;
  const first = own?.page === 1;
  return {
    'says-first': share(first),
    'says-next': share(next),
    'says-other': share(own !== undefined && previous !== undefined && !next && !first),
    'says-later': share(own !== undefined && own.page > 1 && previous === undefined),
    'previous-was-last': share(previous?.of !== undefined && previous.page === previous.of),
    'previous-was-not-last': share(previous?.of !== undefined && previous.page < previous.of),
    'looks-like-a-kind': page.kind.type === 'unknown' ? 0 : page.kind.probability,
    'kind-changes': share(
      page.kind.type !== 'unknown' && before.kind.type !== 'unknown' && page.kind.type !== before.kind.type,
    ),
    'same-head': likeness(before.head, page.head),
    'same-foot': likeness(before.foot, page.foot),
    'same-number': share(shared(before.numbers, page.numbers) > 0),
    'other-number': share(
      page.numbers.size > 0 && before.numbers.size > 0 && shared(before.numbers, page.numbers) === 0,
    ),
    'same-party': share(shared(before.parties, page.parties) > 0),
    'other-party': share(
      before.parties.size > 0 && page.parties.size > 0 && shared(before.parties, page.parties) === 0,
    ),
    dated: share(page.dated),
    numbered: share(page.numbered),
    'previous-totalled': share(before.totalled),
    'carried-over': share(page.carriesIn || before.carriesOut),
    'blank-between': share(blank),
    'other-size': share(otherSize(before, page)),
  };
}

function share(is: boolean): number {
  return is ? 1 : 0;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((each) => b.has(each)).length;
}

/** Share of words in common; two empty edges say nothing and count as half alike. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const all = new Set([...a, ...b]).size;
  return all === 0 ? 0.5 : shared(a, b) / all;
}

const SIZE_CHANGE = 0.06;

function otherSize({ page: a }: PageFacts, { page: b }: PageFacts): boolean {
  const shape = (one: typeof a) => one.height / Math.max(1, one.width);
  return a.source !== b.source || Math.abs(shape(a) - shape(b)) > SIZE_CHANGE * shape(a);
}
