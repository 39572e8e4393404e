/** Signs that engines take for one another, group by group; the first of a pair may be read for the second and back. */
const LOOKALIKES: readonly string[] = [
  '0oqdgu',
  '1il|!j]',
  '2z',
  '5s§$',
  '6bg',
  '71t',
  '8b&s3',
  '9gq',
  'ceo',
  'uvy',
  'ijl_',
  'aeo',
  'nhm',
  'nru',
  'bdh',
  'xk',
  'fte',
  'pr',
];
/** One sign that is read as two. */
const SPLIT: ReadonlyMap<string, string> = new Map([
  ['m', 'rn'],
  ['w', 'vv'],
  ['d', 'cl'],
  ['h', 'li'],
  ['n', 'ri'],
  ['u', 'll'],
  ['k', 'lc'],
]);
const LIKE = 0.5;
const PARTED = 0.6;

const ALIKE: ReadonlySet<string> = new Set(
  LOOKALIKES.flatMap((group) => [...group].flatMap((a) => [...group].map((b) => a + b))),
);

/**
 * How far an engine must have erred to read one word for the other: 0 for the same letters, 1 for each sign changed, lost
 * or added, half of it where the two look alike. Case does not count. What is farther than `limit` is infinitely far.
 */
export function misreading(read: string, meant: string, limit = Number.POSITIVE_INFINITY): number {
  const a = read.toLowerCase();
  const b = meant.toLowerCase();
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    const parted = a.slice(i - 2, i);
    const joined = SPLIT.get(a[i - 1]!);
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + swap(a[i - 1]!, b[j - 1]!));
      if (i > 1 && SPLIT.get(b[j - 1]!) === parted) cost = Math.min(cost, older[j - 1]! + PARTED);
      if (j > 1 && joined === b.slice(j - 2, j)) cost = Math.min(cost, last[j - 2]! + PARTED);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit + PARTED) return Number.POSITIVE_INFINITY;
    [older, last] = [last, row];
  }
  const cost = last[b.length]!;
  return cost <= limit ? cost : Number.POSITIVE_INFINITY;
}

function swap(a: string, b: string): number {
  if (a === b) return 0;
  return ALIKE.has(a + b) ? LIKE : 1;
}

/** Words of one field of language, for looking up what a misread word was. */
export interface WordList {
  has(word: string): boolean;
  /** The one word that is at most `limit` misreadings away and clearly nearer than every other; null where there is none. */
  nearest(word: string, limit?: number): string | null;
}

/** How much nearer than the next the nearest word must be, to be the one that was meant. */
const CLEARLY = 0.5;

export function wordList(words: Iterable<string>): WordList {
  const known = new Set([...words].map((word) => word.toLowerCase()));
  const byLength = Map.groupBy(known, (word) => word.length);
  return {
    has: (word) => known.has(word.toLowerCase()),
    nearest(word, limit = allowance(word)) {
      if (known.has(word.toLowerCase())) return word.toLowerCase();
      const near = [-1, 0, 1]
        .flatMap((more) => byLength.get(word.length + more) ?? [])
        .map((meant) => ({ meant, cost: misreading(word, meant, limit + CLEARLY) }))
        .filter(({ cost }) => cost < Number.POSITIVE_INFINITY)
        .sort((a, b) => a.cost - b.cost);
      const [best, second] = near;
      if (!best || best.cost > limit) return null;
      return second && second.cost - best.cost < CLEARLY ? null : best.meant;
    },
  };
}

/** A short word becomes another by a single sign; a long one can bear more. */
function allowance(word: string): number {
  if (word.length < 3) return 0;
  if (word.length < 5) return 0.5;
  return word.length < 8 ? 1 : 1.5;
}

/** The meant word in the case of the one read: `JALAA` becomes `JALAN`, `Jalaa` `Jalan`. */
export function inCaseOf(read: string, meant: string): string {
  if (read === read.toUpperCase()) return meant.toUpperCase();
  return /^\p{Lu}/u.test(read) ? meant[0]!.toUpperCase() + meant.slice(1) : meant;
}
