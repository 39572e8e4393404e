import type { Draft, Page } from '#core';
import { type Calibration, shippedCalibration } from '../confidence/calibration.ts';
import { bare } from '../fields/labels.ts';
import { type Layout, layOut } from '../fields/lines.ts';
import { findPairs, type Pair } from '../fields/pairs.ts';
import type { Extractor } from './extractor.ts';
import { nothing, wordDoubts } from './findings.ts';
import { type FormPaper, formPaper } from './papers.ts';
import { type Finding, readingsOf } from './reading.ts';

const FORM = { name: 'form', version: '3' } as const;

export const formExtractor: Extractor<FormPaper> = formExtractorWith(shippedCalibration);

function formExtractorWith(calibration: () => Calibration): Extractor<FormPaper> {
  return {
    ...FORM,
    accepts: ['form', 'unknown', 'letter', 'order'],
    async extract(pages, context) {
      const layout = layOut(pages);
      const pairs = findPairs(layout);
      const findings = { ...labelledFindings(ownFirst(pairs, pages), layout), pairs: pairsFinding(pairs, layout) };
      return readingsOf(FORM, findings, { sha256: context.paper, pages }, calibration()) as Draft<FormPaper>;
    },
  };
}

function pairsFinding(pairs: readonly Pair[], layout: Layout): Finding<FormPaper['pairs']> {
  if (pairs.length === 0) return nothing();
  const tokens = pairs.flatMap(({ questionTokens, answerTokens }) => [...questionTokens, ...answerTokens]);
  const value = pairs.map(({ question, answer }): [string, string] => [question, answer]);
  const parts = pairs.map(({ answerTokens }) => answerTokens);
  return { value, tokens, parts, evidence: ['position', ...wordDoubts({ tokens }, layout)], others: [], score: 0.5 };
}

/** What a mail's head says comes last: `date` is the form's own where it has one. */
function ownFirst(pairs: readonly Pair[], pages: readonly Page[]): readonly Pair[] {
  const heads = new Set(pages.flatMap(({ words, head = 0 }) => words.slice(0, head)));
  const isOfHead = ({ answerTokens }: Pair) => answerTokens.some(({ word }) => heads.has(word));
  return [...pairs.filter((pair) => !isOfHead(pair)), ...pairs.filter(isOfHead)];
}

/** Each answer as a field of its own. Names count up where a label comes again, and keep clear of what the schema has. */
function labelledFindings(pairs: readonly Pair[], layout: Layout): Record<string, Finding<string>> {
  const named = new Map<string, Finding<string>>();
  for (const { question, answer, answerTokens: tokens } of pairs) {
    const name = freeName(fieldName(question), named);
    if (name === undefined) continue;
    const evidence = ['label', ...wordDoubts({ tokens }, layout)];
    named.set(name, { value: answer, tokens, evidence, others: [], score: 0.5, kind: 'pairs' });
  }
  return Object.fromEntries(named);
}

const LONGEST_NAME = 48;

/** `Employee's Name:` as `employees_name`; undefined where the label has no letters. */
export function fieldName(label: string): string | undefined {
  const words = label
    .replace(/[’']/g, '')
    .split(/[^\p{L}\p{N}#%]+/u)
    .map((word) => bare(word).replace(/[#%]/g, ''));
  const name = words
    .filter((word) => word !== '')
    .join('_')
    .replace(/^[\d_]+/, '')
    .slice(0, LONGEST_NAME);
  const trimmed = name.replace(/_+$/, '');
  return trimmed === '' ? undefined : trimmed;
}

/** What the schema has, and what every object answers to: `constructor`. */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.keys(formPaper.shape),
  'items',
  ...Object.getOwnPropertyNames(Object.prototype),
]);

function freeName(name: string | undefined, taken: ReadonlyMap<string, unknown>): string | undefined {
  if (name === undefined) return undefined;
  for (let count = 1; ; count++) {
    const tried = count === 1 ? name : `${name}_${count}`;
    if (!taken.has(tried) && !RESERVED.has(tried)) return tried;
  }
}
