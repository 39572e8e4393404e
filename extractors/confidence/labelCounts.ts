/** Of the values at least as sure as `least` and less sure than the row before. */
export interface LabelCount {
  readonly least: number;
  readonly n: number;
  readonly wrong: number;
}

/** Labels as counts. */
export interface LabelCounts {
  /** The surest first. */
  readonly rows: readonly LabelCount[];
  /**
   * How many labels are worth as much as a single independent one, 1 or more: fields of one paper are not independent,
   * a paper misread in one place is often misread in another.
   */
  readonly designEffect: number;
}

export interface CountedLabel {
  readonly trust: number;
  readonly right: boolean;
  /** What it stands on; labels of one paper are taken as a cluster. */
  readonly paper: string;
}

/** What papers nobody has labelled come to. */
export const NO_LABELS: LabelCounts = { rows: [], designEffect: 1 };

/** Equals stay together, and rows hold about as many labels each. */
export function countLabels(labels: readonly CountedLabel[], most = 40): LabelCounts {
  const groups: (readonly CountedLabel[])[] = [];
  let open: CountedLabel[] = [];
  for (const [, equals] of [...Map.groupBy(labels, ({ trust }) => floored(trust))].sort(([a], [b]) => b - a)) {
    open = [...open, ...equals];
    if (open.length < labels.length / most) continue;
    groups.push(open);
    open = [];
  }
  if (open.length > 0) groups.push(open);
  return { rows: groups.map(countOf), designEffect: designEffectOf(groups) };
}

function countOf(group: readonly CountedLabel[]): LabelCount {
  return { least: Math.min(...group.map(({ trust }) => floored(trust))), n: group.length, wrong: wrongIn(group) };
}

/**
 * Variance of the wrong by papers, over what independent labels would have: of what is more or less than labels about as
 * sure lead to expect, so that a paper known to be poor does not count as news.
 */
function designEffectOf(groups: readonly (readonly CountedLabel[])[]): number {
  const byPaper = new Map<string, number>();
  let independent = 0;
  for (const group of groups) {
    const share = wrongIn(group) / group.length;
    independent += group.length * share * (1 - share);
    for (const { paper, right } of group) byPaper.set(paper, (byPaper.get(paper) ?? 0) + (right ? 0 : 1) - share);
  }
  const seen = [...byPaper.values()].reduce((sum, excess) => sum + excess ** 2, 0);
  return independent === 0 ? 1 : Math.max(1, Math.round((100 * seen) / independent) / 100);
}

function wrongIn(group: readonly CountedLabel[]): number {
  return group.filter(({ right }) => !right).length;
}

/** Rounded down, so that a value at the threshold is never below it. */
function floored(trust: number): number {
  return Math.floor(trust * 1e6) / 1e6;
}
