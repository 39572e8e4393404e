import { coverage, type FieldScores, fieldF1, scoreFields } from './fields.ts';
import { acrossHalves, together } from './halves.ts';
import { itemF1, pairF1 } from './lists.ts';
import { isHandled } from './outcome.ts';
import type { Judged } from './truth.ts';
import { scoreWords } from './words.ts';

/** What is measured, in the order it is told. Shares are 0 to 1, times are milliseconds. */
export const MEASURES = [
  'field F1',
  'field F1 strict',
  'documents all right',
  'fields at 99 %',
  'documents at 99 %',
  'fields accepted across halves',
  'fields right across halves',
  'documents accepted across halves',
  'documents right across halves',
  'line items F1',
  'words F1',
  'words F1 exact',
  'words located',
  'character errors',
  'pairs F1',
  'handled',
  'ms median',
  'ms p95',
] as const;
export type Measure = (typeof MEASURES)[number];

/** The figures of a set: those that its truth allows. */
export type Figures = Partial<Record<Measure, number>>;

/**
 * All figures of a set; a file without a prediction counts as a miss. `at 99 %`: the share of values, or of whole
 * documents, that could be accepted with 99 % of them right, the threshold picked on this very data. `across halves`: the
 * share that is accepted, and how many of it are right, with thresholds picked on other papers.
 */
export function scoreSet(judged: readonly Judged[]): Figures {
  return {
    ...fieldFigures(scoreFields(judged)),
    ...halvesFigures([judged]),
    ...present('line items F1', itemF1(judged)),
    ...wordFigures(judged),
    ...present('pairs F1', pairF1(judged)),
    ...present('handled', handledShare(judged)),
    ...times(judged),
  };
}

/** The share of values and of documents of several sets together that could be accepted with 99 % of them right. */
export function acceptedShare(sets: readonly (readonly Judged[])[]): Figures {
  const { 'fields at 99 %': fields, 'documents at 99 %': documents } = fieldFigures(scoreFields(sets.flat()));
  return {
    ...present('fields at 99 %', fields),
    ...present('documents at 99 %', documents),
    ...halvesFigures(sets),
  };
}

/** Each set has thresholds of its own. */
function halvesFigures(sets: readonly (readonly Judged[])[]): Figures {
  const crossed = sets.map((judged) => acrossHalves(scoreFields(judged)));
  const fields = together(crossed.map((each) => each.fields));
  const documents = together(crossed.map((each) => each.documents));
  return {
    ...present('fields accepted across halves', share(fields.accepted, fields.wanted)),
    ...present('fields right across halves', share(fields.right, fields.accepted)),
    ...present('documents accepted across halves', share(documents.accepted, documents.wanted)),
    ...present('documents right across halves', share(documents.right, documents.accepted)),
  };
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

function fieldFigures({ values, documents }: FieldScores): Figures {
  if (values.length === 0) return {};
  const given = values.filter((value) => value.given);
  const wanted = values.filter((value) => value.wanted).length;
  return {
    'field F1': fieldF1(values),
    'field F1 strict': fieldF1(values, 'strict'),
    'documents all right': documents.filter(({ right }) => right).length / documents.length,
    'fields at 99 %': coverage(given, wanted),
    'documents at 99 %': coverage(documents, documents.length),
  };
}

function wordFigures(judged: readonly Judged[]): Figures {
  const anyWords = judged.some(({ prediction }) => prediction?.text || prediction?.words.length);
  const words = anyWords ? scoreWords(judged) : undefined;
  if (!words) return {};
  return {
    'words F1': words.f1,
    'words F1 exact': words.exactF1,
    ...present('words located', words.located),
    'character errors': words.characterErrors,
  };
}

function handledShare(judged: readonly Judged[]): number | undefined {
  const odd = judged.filter(({ truth }) => truth.state);
  return odd.length === 0 ? undefined : odd.filter(isHandled).length / odd.length;
}

function times(judged: readonly Judged[]): Figures {
  const ms = judged.flatMap(({ prediction }) => prediction?.ms ?? []).sort((a, b) => a - b);
  if (ms.length === 0) return {};
  const p95 = Math.min(ms.length - 1, Math.floor(0.95 * ms.length));
  return { 'ms median': ms[ms.length >> 1]!, 'ms p95': ms[p95]! };
}

function present(measure: Measure, figure: number | undefined): Figures {
  return figure === undefined ? {} : { [measure]: figure };
}
