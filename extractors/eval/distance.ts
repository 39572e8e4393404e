/**
 * How many letters have to be changed, added or dropped to make `b` of `a`; letters are code points.
 * Bit-parallel after Myers, "A fast bit-vector algorithm for approximate string matching" (1999): whole pages take milliseconds.
 */
export function editDistance(a: string, b: string): number {
  const rows = [...a];
  const columns = [...b];
  if (rows.length === 0 || columns.length === 0) return Math.max(rows.length, columns.length);
  const places = new Map<string, bigint>();
  rows.forEach((letter, i) => {
    places.set(letter, (places.get(letter) ?? 0n) | (1n << BigInt(i)));
  });
  const full = (1n << BigInt(rows.length)) - 1n;
  const top = 1n << BigInt(rows.length - 1);
  let [plus, minus, distance] = [full, 0n, rows.length];
  for (const letter of columns) {
    const equal = places.get(letter) ?? 0n;
    const vertical = equal | minus;
    const across = (((equal & plus) + plus) ^ plus) | equal;
    const up = minus | (~(across | plus) & full);
    const down = plus & across;
    if (up & top) distance++;
    else if (down & top) distance--;
    const shifted = ((up << 1n) | 1n) & full;
    plus = ((down << 1n) & full) | (~(vertical | shifted) & full);
    minus = shifted & vertical;
  }
  return distance;
}

/** Letters so frequent in a long text say nothing of where it matches. */
const LONG_TEXT = 200;

/**
 * Likeness of two texts, 0 to 1: twice the letters in matching runs by all letters. Ratcliff and Obershelp's "gestalt"
 * matching (1988), as Python's difflib defines it, down to the frequent letters of texts of 200 and more that open no run.
 */
export function similarity(a: string, b: string): number {
  if (a.length + b.length === 0) return 1;
  const places = placesOf(b);
  return (2 * matching(a, b, { a0: 0, a1: a.length, b0: 0, b1: b.length }, places)) / (a.length + b.length);
}

interface Range {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

function placesOf(text: string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let i = 0; i < text.length; i++) {
    const list = places.get(text[i]!);
    if (list) list.push(i);
    else places.set(text[i]!, [i]);
  }
  if (text.length < LONG_TEXT) return places;
  const most = Math.floor(text.length / 100) + 1;
  return new Map([...places].filter(([, list]) => list.length <= most));
}

function matching(a: string, b: string, range: Range, places: ReadonlyMap<string, readonly number[]>): number {
  const [i, j, size] = longestRun(a, b, range, places);
  if (size === 0) return 0;
  const before = matching(a, b, { ...range, a1: i, b1: j }, places);
  return before + size + matching(a, b, { ...range, a0: i + size, b0: j + size }, places);
}

function longestRun(
  a: string,
  b: string,
  { a0, a1, b0, b1 }: Range,
  places: ReadonlyMap<string, readonly number[]>,
): [number, number, number] {
  let [bestA, bestB, size] = [a0, b0, 0];
  let above = new Map<number, number>();
  for (let i = a0; i < a1; i++) {
    const row = new Map<number, number>();
    for (const j of places.get(a[i]!) ?? []) {
      if (j < b0) continue;
      if (j >= b1) break;
      const length = (above.get(j - 1) ?? 0) + 1;
      row.set(j, length);
      if (length > size) [bestA, bestB, size] = [i - length + 1, j - length + 1, length];
    }
    above = row;
  }
  while (bestA > a0 && bestB > b0 && a[bestA - 1] === b[bestB - 1])
    [bestA, bestB, size] = [bestA - 1, bestB - 1, size + 1];
  while (bestA + size < a1 && bestB + size < b1 && a[bestA + size] === b[bestB + size]) size++;
  return [bestA, bestB, size];
}
