import type { Page, Reading, Source } from '#core';
import { absenceKey, type Calibration, probabilityOfAbsence, probabilityOfValue } from '../confidence/calibration.ts';
import type { Token } from '../fields/lines.ts';
import { kindOfField } from './fieldKinds.ts';

/** What an extractor settled on for one field, before the calibration says how far it may be trusted. */
export interface Finding<V> {
  readonly value: V | null;
  readonly tokens: readonly Token[];
  readonly evidence: readonly string[];
  /** Other values that came into question, the likeliest first, with scores on the scale of `score`. */
  readonly others: readonly { readonly value: V; readonly score: number }[];
  readonly score: number;
}

export interface Paper {
  readonly sha256: string;
  readonly pages: readonly Page[];
}

/** What was found on one paper as its draft: every finding is judged beside the others. */
export function readingsOf(
  extractor: string,
  findings: Readonly<Record<string, Finding<unknown>>>,
  paper: Paper,
  calibration: Calibration,
): Record<string, Reading<unknown>> {
  return Object.fromEntries(
    Object.entries(findings).map(([field, finding]) => [
      field,
      readingOf(extractor, field, finding, paper, calibration),
    ]),
  );
}

/** A finding with its calibrated probabilities and its places on the paper. */
function readingOf<V>(
  extractor: string,
  field: string,
  finding: Finding<V>,
  paper: Paper,
  calibration: Calibration,
): Reading<V> {
  const medium = paper.pages.some((page) => page.source === 'ocr') ? 'ocr' : 'text';
  if (finding.value === null) {
    const missing = probabilityOfAbsence(calibration, absenceKey(extractor, field, medium, finding.evidence));
    return { value: null, probability: 0, absent: missing, sources: [], alternatives: [], evidence: finding.evidence };
  }
  const probability = probabilityOfValue(calibration, kindOfField(field), finding.evidence);
  const rest = 1 - probability;
  const weight = finding.others.reduce((sum, other) => sum + other.score, finding.score / 2);
  return {
    value: finding.value,
    probability,
    absent: rest * 0.2,
    sources: sourcesOf(finding.tokens, paper),
    alternatives: finding.others.map(({ value, score }) => ({ value, probability: (rest * score) / weight })),
    evidence: finding.evidence,
  };
}

/** Where words were seen: one source for words of one page. */
function sourcesOf(tokens: readonly Token[], { pages, sha256 }: Paper): Source[] {
  return [...Map.groupBy(tokens, (token) => token.page)].flatMap(([number, each]) => {
    const page = pages.find((candidate) => candidate.number === number);
    if (!page) return [];
    return {
      paper: sha256,
      reader: page.source,
      page: number,
      x0: Math.min(...each.map((token) => token.word.x0)),
      y0: Math.min(...each.map((token) => token.word.y0)),
      x1: Math.max(...each.map((token) => token.word.x1)),
      y1: Math.max(...each.map((token) => token.word.y1)),
      width: page.width,
      height: page.height,
      rotation: page.rotation,
    };
  });
}
