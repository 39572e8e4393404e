import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Answer, Choice, Draft, Problem, Reading } from '#core';
import { takeDoubts } from './doubts.ts';
import { possibleDuplicate } from './duplicates.ts';
import { learnFromAnswer } from './learn.ts';
import type { Look } from './lookup.ts';
import { papersOf } from './questions.ts';
import { type AnyRecord, type Check, formOf, type RecordDefinition, type Rule, type Validated } from './record.ts';
import type { Run } from './run.ts';

const CHOICES: readonly Choice[] = ['answer', 'by-hand', 'reject'];
/** Where an application says something else: a person may mend it there. */
const LOOK_AGAIN: readonly Choice[] = ['answer', 'again', 'by-hand', 'reject'];

const AUDIT: Problem = {
  code: 'audit',
  fields: [],
  message: 'The bot is sure of this one. It was picked at random: compare every field with the paper.',
};

/**
 * Draft → checked record. Straight through when every field is within the error budget and no rule or check fails;
 * else a person's answer, which stays valid for ever unless it no longer fits the schema or a check fails that the person did not see.
 */
export async function validate<T extends object>(
  run: Run,
  record: RecordDefinition<T>,
  draft: Draft<T>,
  step: string,
  look: Look,
): Promise<Validated<T>> {
  const { journal } = run;
  const form = formOf(record.schema);
  const offer = (shown: Draft<T>) => {
    run.checked = {
      step,
      record,
      question: { record: record.name, form, draft: shown as Draft<Record<string, unknown>> },
    };
  };
  const own = ownFields(record, draft);
  const paperProblem = takeDoubts(run);
  const before = await journal.recall(step);
  if (before) {
    run.duplicatesAsked = true;
    offer(checkedDraft(own, before.value));
    return before.value as Validated<T>;
  }
  offer(own);

  const answer = await journal.answer(step);
  const shown = answer ? answeredDraft(own, answer) : own;
  const { value, problems, unmet } = await judge(run, record, shown, answer, look);

  const sampled = answer ? undefined : run.services.sampled(journal.task.id, own as Draft<Record<string, unknown>>);
  if (sampled === 'audit' && problems.length === 0) problems.push(AUDIT);

  const duplicate = await possibleDuplicate(run);
  const ofPaper = [paperProblem, duplicate?.problem].filter((problem) => problem !== undefined);
  problems.push(...ofPaper.filter(({ code }) => !answer?.inSpiteOf.includes(code)));

  if (value && problems.length === 0) {
    if (answer) await learnFromAnswer(run, own as Draft<Record<string, unknown>>, value, answer);
    await journal.remember(step, 'validate', value);
    offer(shown);
    return value as Validated<T>;
  }
  await journal.ask({
    step,
    kind: 'validate',
    code: problems.find((problem) => problem.code !== 'low-confidence')?.code ?? 'low-confidence',
    title: `Check the ${record.name}`,
    choices: unmet.length > 0 ? LOOK_AGAIN : CHOICES,
    record: record.name,
    form,
    draft: shown as Draft<Record<string, unknown>>,
    problems,
    ...(sampled && { sampled: true }),
    compared: [],
    papers: [...papersOf(journal.task), ...(duplicate ? [duplicate.paper] : [])],
    evidence: [],
  });
  // Only now: had the run died before the new question stood, the old answer would still be there to ask it from.
  // What was looked up may be mended where it was looked up: "again" then looks anew with the values that were given.
  if (answer && unmet.length === 0) await journal.useUp(step, answer);
  return run.wait();
}

interface Judgement<T> {
  /** Undefined where it does not fit the schema. */
  readonly value: T | undefined;
  readonly problems: Problem[];
  /** Those of them that the application has something to do with. */
  readonly unmet: readonly Problem[];
}

/** What is wrong with a record by itself; the application is asked only where nothing else is. */
async function judge<T extends object>(
  run: Run,
  record: RecordDefinition<T>,
  shown: Draft<T>,
  answer: Answer | undefined,
  look: Look,
): Promise<Judgement<T>> {
  const problems = answer ? [] : doubts(run, record, shown);
  const parsed = record.schema.safeParse(plain(shown));
  if (!parsed.success) {
    problems.push(...schemaProblems(parsed.error, record.missing, problems));
    return { value: undefined, problems, unmet: [] };
  }
  const value = parsed.data;
  if (!answer) problems.push(...ruleProblems(record, value, run.services.today()));
  if (problems.length > 0) return { value, problems, unmet: [] };
  const unmet = await checkProblems(record, value, look, shown, answer?.inSpiteOf ?? []);
  return { value, problems: [...unmet], unmet };
}

export interface AnswerProblems {
  readonly misfits: readonly Problem[];
  readonly broken: readonly Problem[];
}

/** Problems of an answer that a person can be told at once: what does not fit the schema, and failing rules that look nothing up. */
export function answerProblems(record: AnyRecord, values: unknown, today: string): AnswerProblems {
  const parsed = record.schema.safeParse(values);
  return parsed.success
    ? { misfits: [], broken: ruleProblems<never>(record, parsed.data as never, today) }
    : { misfits: schemaProblems(parsed.error, record.missing, []), broken: [] };
}

/** The draft's readings of the record's own fields, and no others. */
function ownFields<T extends object>(record: RecordDefinition<T>, draft: Draft<T>): Draft<T> {
  return Object.fromEntries(record.fieldNames.map((name) => [name, draft[name]])) as Draft<T>;
}

function plain<T extends object>(draft: Draft<T>): Record<string, unknown> {
  return Object.fromEntries(Object.entries<Reading<unknown>>(draft).map(([name, reading]) => [name, reading.value]));
}

/** What the person answered, with the places on the paper that the draft knew. */
function answeredDraft<T extends object>(draft: Draft<T>, answer: Answer): Draft<T> {
  return withValues(draft, answer.values, personSays);
}

/** The record as it was let through in an earlier run: a value that differs from the draft's came from a person. */
function checkedDraft<T extends object>(draft: Draft<T>, checked: unknown): Draft<T> {
  return withValues(draft, checked, (reading, value) =>
    isDeepStrictEqual(value, reading.value) ? reading : personSays(reading, value),
  );
}

function withValues<T extends object>(draft: Draft<T>, given: unknown, say: typeof personSays): Draft<T> {
  const values = Object(given) as Record<string, unknown>;
  const said = Object.entries<Reading<unknown>>(draft).map(([name, reading]) => [
    name,
    say(reading, values[name] ?? null),
  ]);
  return Object.fromEntries(said) as Draft<T>;
}

function personSays(reading: Reading<unknown>, value: unknown): Reading<unknown> {
  const missing = value === null;
  const { parts, ...field } = reading;
  // The places of a list's elements are of those that were read.
  const kept = parts && isDeepStrictEqual(value, reading.value) ? { parts } : {};
  return { ...field, ...kept, value, probability: missing ? 0 : 1, absent: missing ? 1 : 0, evidence: ['person'] };
}

function doubts<T extends object>(run: Run, record: RecordDefinition<T>, draft: Draft<T>): Problem[] {
  return record.fieldNames
    .filter((name) => !run.services.accepts(draft[name]))
    .map((name) => ({ code: 'low-confidence', fields: [name], message: 'The bot is not sure of this.' }));
}

/** A field already named among `known` problems as doubtful and simply missing is named once, as missing. */
function schemaProblems(error: z.core.$ZodError, meaning: AnyRecord['missing'], known: Problem[]): Problem[] {
  return error.issues.map((issue) => {
    const field = String(issue.path[0] ?? '');
    const doubt = known.findIndex((problem) => problem.fields.includes(field));
    if (doubt >= 0) known.splice(doubt, 1);
    const fields = field ? [field] : [];
    const missing = issue.code === 'invalid_type' && issue.path.length === 1;
    if (!missing) return { code: 'invalid-value', fields, message: issue.message };
    return { code: 'missing-value', message: 'A value is needed here.', ...meaning[field], fields };
  });
}

function ruleProblems<T>(record: { readonly rules: readonly Rule<T>[] }, value: T, today: string): Problem[] {
  return record.rules.flatMap(({ code, fields, fails }) => {
    const message = fails(value, today);
    return message === undefined ? [] : [{ code, fields, message }];
  });
}

/**
 * Checks that fail, but for those the person answered in spite of. Is there another, these stand in the question too:
 * whoever answers it must see all of them, or the next answer would bring the former ones back.
 */
async function checkProblems<T extends object>(
  record: RecordDefinition<T>,
  value: T,
  look: Look,
  readings: Draft<T>,
  inSpiteOf: readonly string[],
): Promise<Problem[]> {
  const failing = async (checks: readonly Check<T>[]) => {
    const problems: Problem[] = [];
    for (const { code, fields, fails } of checks) {
      const message = await fails(value, look, readings);
      if (message !== undefined) problems.push({ code, fields, message });
    }
    return problems;
  };
  const seen = record.checks.filter(({ code }) => inSpiteOf.includes(code));
  const unseen = await failing(record.checks.filter((check) => !seen.includes(check)));
  return unseen.length > 0 ? [...unseen, ...(await failing(seen))] : [];
}
