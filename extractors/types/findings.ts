import type { Label } from '../fields/labels.ts';
import type { Layout } from '../fields/lines.ts';
import type { Candidate } from '../fields/nearLabel.ts';
import type { LabelName } from '../fields/vocabulary.ts';
import type { Finding } from './reading.ts';

/** Below this a place speaks for a value, but not clearly. */
const CLEAR_SCORE = 0.7;
/** A runner-up this close to the best leaves the choice open. */
const CLOSE_RIVAL = 0.8;
/** A word that the engine saw less surely than this is doubtful in itself. */
const SURE_WORD = 0.85;

export function nothing<V>(evidence: readonly string[] = []): Finding<V> {
  return { value: null, tokens: [], evidence, others: [], score: 0 };
}

/** Nothing found, though a label asks for it: the value may be unreadable rather than absent. */
export function nothingNear<V>(labels: readonly Label[], names: readonly LabelName[]): Finding<V> {
  const asked = labels.some((label) => names.some((name) => label.names.includes(name)));
  return nothing(asked ? ['label-without-value'] : []);
}

/** The best of ranked candidates as a finding: its evidence, and every doubt in kebab words. */
export function bestOf<V>(
  ranked: readonly Candidate<V>[],
  layout: Layout,
  further: readonly string[] = [],
): Finding<V> {
  const best = ranked[0];
  if (!best) return nothing();
  const others = distinctOthers(ranked, best.value);
  const rival = others[0]?.score ?? 0;
  return {
    value: best.value,
    tokens: best.tokens,
    evidence: essential([
      ...best.evidence,
      ...further,
      ...wordDoubts(best, layout),
      ...(best.score < CLEAR_SCORE ? ['weak-place'] : []),
      ...(rival > CLOSE_RIVAL * best.score ? ['contested'] : []),
    ]),
    others,
    score: best.score,
  };
}

/** What each proof leaves no room for: digits that add up were read right, wherever they stood and whoever read them. */
const SETTLED: Readonly<Record<string, readonly string[]>> = {
  sums: ['faint', 'weak-place', 'contested', 'repaired', 'text-layer'],
  'check-digit': ['faint', 'weak-place'],
  label: ['position'],
};

function essential(evidence: readonly string[]): string[] {
  const settled = new Set(evidence.flatMap((word) => SETTLED[word] ?? []));
  return [...new Set(evidence)].filter((word) => !settled.has(word));
}

/** What the words themselves say for or against a value, whatever its place. */
export function wordDoubts(
  { tokens, repaired }: Pick<Candidate<unknown>, 'tokens' | 'repaired'>,
  layout: Layout,
): string[] {
  if (!layout.ocr) return ['text-layer'];
  const faint = tokens.some((token) => token.confidence < SURE_WORD);
  return [...(faint ? ['faint'] : []), ...(repaired ? ['repaired'] : [])];
}

function distinctOthers<V>(ranked: readonly Candidate<V>[], chosen: V): { value: V; score: number }[] {
  const seen = new Set<V>([chosen]);
  const others: { value: V; score: number }[] = [];
  for (const { value, score } of ranked) {
    if (seen.has(value) || score <= 0) continue;
    seen.add(value);
    others.push({ value, score });
  }
  return others.slice(0, 4);
}
