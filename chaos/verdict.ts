import type { Need } from './fault.ts';
import { isNeverLeftOut, nameOf, type Pair } from './quick.ts';
import { isKept, type Ran } from './run.ts';

/** Exit codes of `npm run chaos`. */
const OK = 0;
export const BROKEN = 1;
export const WRONG_INPUT = 64;
export const UNAVAILABLE = 69;

/** A pair that was asked for and not tried: this machine lacks something, or there was no time. */
export interface LeftOut {
  readonly pair: Pair;
  readonly lack: Need | 'time';
}

/** Pairs that can be tried here, and the others. */
export function splitBy(
  isHad: Readonly<Record<Need, boolean>>,
  pairs: readonly Pair[],
): { readonly possible: readonly Pair[]; readonly left: readonly LeftOut[] } {
  const lackOf = ({ fault: { needs = [] } }: Pair) => needs.find((need) => !isHad[need]);
  return {
    possible: pairs.filter((pair) => lackOf(pair) === undefined),
    left: pairs.flatMap((pair) => {
      const lack = lackOf(pair);
      return lack ? [{ pair, lack }] : [];
    }),
  };
}

/** What was never tried must not look like what was passed. */
export function verdictOf(ran: readonly Ran[], left: readonly LeftOut[]): number {
  if (!ran.every(isKept)) return BROKEN;
  return ran.length === 0 || left.some(isMissed) ? UNAVAILABLE : OK;
}

/** Only root fills a disk: docs/proof.md says that others do without. Without a browser next to nothing is proven. */
function isMissed({ pair, lack }: LeftOut): boolean {
  if (lack === 'root') return false;
  return lack === 'browser' || isNeverLeftOut(pair);
}

/** What was left out, by name and count: one line for each reason. */
export function saysLeftOut(left: readonly LeftOut[], asked: number): readonly string[] {
  return [...Map.groupBy(left, ({ lack }) => lack)].map(([lack, those]) => {
    const names = those.map(({ pair }) => nameOf(pair)).join(', ');
    return `Not tried for lack of ${WORDS[lack]}, ${those.length} of ${asked}: ${names}.`;
  });
}

const WORDS: Readonly<Record<LeftOut['lack'], string>> = { time: 'time', browser: 'a browser', root: 'root’s rights' };
