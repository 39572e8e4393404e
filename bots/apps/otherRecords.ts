import { SystemException } from '#runner';

/** A record that a search for ours finds too. */
export interface Candidate<Search> {
  readonly id: string;
  /** Searches that ours would not be found by. */
  readonly by: readonly Search[];
}

/** As many as ten digits and ten other signs on either side of a number need. */
const MOST_SEARCHES = 40;

/**
 * Shows that each of these is another record than ours: some search finds it that would not find ours. What a page shows is no
 * proof, it may add to a number what is not part of it. One search is proof for all that it finds, so that hundreds of longer
 * numbers need a few. Rejects where it cannot be shown, or not by a bearable number of searches.
 */
export async function mustBeOthers<Search>(
  candidates: readonly Candidate<Search>[],
  find: (search: Search) => Promise<Iterable<string>>,
): Promise<void> {
  const others = new Set<string>();
  const tried = new Set<string>();
  for (const { id, by } of candidates) {
    for (const search of by) {
      if (others.has(id)) break;
      const name = JSON.stringify(search);
      if (tried.has(name)) continue;
      if (tried.size === MOST_SEARCHES) throw cannotTell('Too many records are like this one to tell them all apart.');
      tried.add(name);
      for (const found of await find(search)) others.add(found);
    }
    if (!others.has(id)) throw cannotTell('A record shows a key by which the application does not find it.');
  }
}

/**
 * Texts to search by that find `shown`, and not `ours` though it stands in it: ours with the next sign before or after it, which
 * many others have in common, and `shown` itself. None where the two differ in capitals alone, which searches pass over.
 */
export function unlike(ours: string, shown: string): readonly string[] {
  const [lowOurs, lowShown] = [ours.toLowerCase(), shown.toLowerCase()];
  if (lowOurs.includes(lowShown)) return [];
  const at = lowShown.indexOf(lowOurs);
  if (at < 0) return [shown];
  // Never a space at either end: a form may cut it off.
  const [before] = /\S\s*$/u.exec(shown.slice(0, at)) ?? [''];
  const [after] = /^\s*\S/u.exec(shown.slice(at + ours.length)) ?? [''];
  return [before + ours, ours + after, shown].filter((text) => text !== ours);
}

export function cannotTell(why: string) {
  return new SystemException('look-up-failed', why);
}
