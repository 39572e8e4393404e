import type { Box, Page, Reading, SeenPart, Source } from '#core';
import { type Calibration, probabilityOfAbsence, probabilityOfValue } from '../confidence/calibration.ts';
import type { Judged } from '../confidence/features.ts';
import { groupOf } from '../confidence/trustClass.ts';
import { boxAround, type Token } from '../fields/lines.ts';
import { cluesOfPaper, cluesOfValue } from './clues.ts';
import type { Extractor } from './extractor.ts';
import { type FieldKind, kindOfField } from './fieldKinds.ts';

/** The words of a row by the names of its columns; those that show nothing may be left out. */
export type RowCells = Readonly<Record<string, readonly Token[]>>;

/** What an extractor settled on for one field, before the calibration says how far it may be trusted. */
export interface Finding<V> {
  readonly value: V | null;
  readonly tokens: readonly Token[];
  /** Of a list: the words of each of its elements. */
  readonly parts?: readonly (readonly Token[])[];
  /** Of a list of rows: the words of each row's cells, row by row as `parts`. */
  readonly cells?: readonly RowCells[];
  readonly evidence: readonly string[];
  /** Other values that came into question, the likeliest first, with scores on the scale of `score`. */
  readonly others: readonly { readonly value: V; readonly score: number }[];
  readonly score: number;
  /** What read it in the data that the paper carries. */
  readonly by?: string;
  /** What kind of value it is, where the field's name alone does not tell. */
  readonly kind?: FieldKind;
}

export interface Paper {
  readonly sha256: string;
  readonly pages: readonly Page[];
}

/** What was found on one paper as its draft: every finding is judged beside the others. */
export function readingsOf(
  { name, version }: Pick<Extractor<unknown>, 'name' | 'version'>,
  findings: Readonly<Record<string, Finding<unknown>>>,
  paper: Paper,
  calibration: Calibration,
): Record<string, Reading<unknown>> {
  const medium = paper.pages.some((page) => page.source === 'ocr') ? 'ocr' : 'text';
  const common = cluesOfPaper(Object.values(findings), paper.pages);
  const readings = Object.entries(findings).map(([field, finding]): [string, Reading<unknown>] => {
    const own = finding.value === null ? {} : cluesOfValue(finding, paper.pages);
    const kind = finding.kind ?? kindOfField(field);
    const judged = {
      extractor: name,
      field,
      kind,
      medium,
      evidence: finding.evidence,
      clues: { ...common, ...own },
    } as const;
    const rule = finding.value !== null && { rule: `${name}@${version}/${ruleOf(finding.evidence)}` };
    return [field, { ...readingOf(finding, paper, judged, calibration), ...rule }];
  });
  return Object.fromEntries(readings);
}

/** What chose a value, the strongest first; other evidence only speaks for or against the choice. */
const CHOOSERS = [
  'e-invoice',
  'check-digit',
  'computed',
  'derived',
  'sums',
  'rows-add',
  'label',
  'legal-form',
  'postcode',
];

function ruleOf(evidence: readonly string[]): string {
  return CHOOSERS.find((word) => evidence.includes(word)) ?? 'position';
}

/** A finding with its calibrated probabilities and its places on the paper. */
function readingOf<V>(finding: Finding<V>, paper: Paper, judged: Judged, calibration: Calibration): Reading<V> {
  const { evidence, clues, medium, kind } = judged;
  const known = { evidence, clues, group: groupOf(medium, kind), ...partsOf(finding) };
  if (finding.value === null) {
    const absent = probabilityOfAbsence(calibration, judged);
    return { value: null, probability: 0, absent, sources: [], alternatives: [], ...known };
  }
  if (isStated(evidence)) return statedReading(finding, paper, evidence);
  const probability = probabilityOfValue(calibration, judged);
  const rest = 1 - probability;
  const weight = finding.others.reduce((sum, other) => sum + other.score, finding.score / 2);
  return {
    value: finding.value,
    probability,
    absent: rest * 0.2,
    sources: withData(finding, sourcesOf(finding.tokens, paper), paper),
    alternatives: finding.others.map(({ value, score }) => ({ value, probability: (rest * score) / weight })),
    ...known,
  };
}

function partsOf({ parts, cells }: Finding<unknown>): Pick<Reading<unknown>, 'parts'> {
  return parts ? { parts: parts.map((tokens, i) => seenPart(tokens, cells?.[i])) } : {};
}

/** Of a row that runs on over the page, the part it begins with. */
function seenPart(tokens: readonly Token[], cells: RowCells | undefined): SeenPart | null {
  const box = seenBox(tokens);
  if (!box) return null;
  const confidence = Math.min(...tokens.map((token) => token.confidence));
  const seen = Object.entries(cells ?? {}).flatMap(([name, words]): [string, Box][] => {
    const cell = seenBox(words);
    return cell ? [[name, cell]] : [];
  });
  return { ...box, confidence, ...(cells && { cells: Object.fromEntries(seen) }) };
}

function seenBox(tokens: readonly Token[]): Box | null {
  const [first] = tokens;
  return first ? boxAround(tokens.filter(({ page }) => page === first.page).map(({ word }) => word)) : null;
}

/** The sender's own system wrote it, and the print says nothing else. */
function isStated(evidence: readonly string[]): boolean {
  return evidence.includes('e-invoice') && !evidence.includes('sources-differ');
}

/** What a sender's system writes can still be wrong; never by reading, so no label speaks of it. */
const STATED = 0.999;

function statedReading<V>(finding: Finding<V>, paper: Paper, evidence: readonly string[]): Reading<V> {
  const { value } = finding;
  const sources = withData(finding, sourcesOf(finding.tokens, paper), paper);
  return { value, probability: STATED, absent: 1 - STATED, sources, alternatives: [], evidence, ...partsOf(finding) };
}

/**
 * The paper's data as the first source, where the print shows the value; a box without width where it does not. The
 * print is a source beside it.
 */
function withData({ by }: Finding<unknown>, printed: readonly Source[], { sha256, pages }: Paper): readonly Source[] {
  if (by === undefined) return printed;
  const [page] = pages;
  const { width = 0, height = 0, rotation = 0 } = page ?? {};
  const nowhere = { paper: sha256, page: page?.number ?? 1, x0: 0, y0: 0, x1: 0, y1: 0, width, height, rotation };
  return [{ ...(printed[0] ?? nowhere), reader: 'data', by }, ...printed];
}

/** Where words were seen: one source for words of one page. */
export function sourcesOf(tokens: readonly Token[], { pages, sha256 }: Paper): Source[] {
  return [...Map.groupBy(tokens, (token) => token.page)].flatMap(([number, each]) => {
    const page = pages.find((candidate) => candidate.number === number);
    if (!page) return [];
    return {
      paper: sha256,
      reader: page.source,
      ...(page.by !== undefined && { by: page.by }),
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
