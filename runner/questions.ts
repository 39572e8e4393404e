import {
  BusinessException,
  type DocumentRef,
  type Draft,
  type Evidence,
  knownRecord,
  type NextMove,
  type Question,
  type Task,
} from '#core';
import { IN_DOUBT } from './inDoubt.ts';
import type { Run } from './run.ts';

/** The papers a person needs to see for this task. */
export function papersOf(task: Task): readonly DocumentRef[] {
  return task.input.document ? [task.input.document] : [];
}

/**
 * What a person is asked when a run ended with an error that is theirs to decide.
 * While nothing is keyed yet, the record last checked can be corrected: the answer goes to the step that checked it.
 */
export function exceptionQuestion(
  run: Run,
  next: Extract<NextMove, { move: 'person' }>,
  error: unknown,
  evidence: readonly Evidence[],
): Question {
  const person = error instanceof BusinessException ? error.person : {};
  const common = {
    code: next.code,
    problems: [{ code: next.code, fields: person.fields ?? [], message: next.message }],
    compared: person.compared ?? [],
    papers: papersOf(run.journal.task),
    evidence,
  };
  const { checked, unproven } = run;
  if (next.kind === 'business' && checked && !unproven) {
    const choices = ['correct', 'again', 'by-hand', 'reject'] as const;
    return { ...common, step: checked.step, kind: 'business', title: TITLES.business, choices, ...checked.question };
  }
  const shown = {
    record: null,
    form: null,
    draft: person.show ? (knownRecord(person.show) as Draft<Record<string, unknown>>) : {},
  };
  if (unproven) {
    return { ...common, step: unproven, kind: 'in-doubt', title: TITLES.inDoubt, choices: IN_DOUBT, ...shown };
  }
  const choices = ['again', 'by-hand', 'reject'] as const;
  return { ...common, step: `exception ${next.code}`, kind: next.kind, title: TITLES[next.kind], choices, ...shown };
}

const TITLES = {
  business: 'The bot must not decide this',
  technical: 'The bot could not go on',
  inDoubt: 'It was submitted, and the application does not let the bot see whether it stands there',
};
