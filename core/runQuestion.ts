import type { Question, Task } from './task.ts';

/** A question about a run as a whole, which no step of it could ask: a person says what becomes of the task. */
export function runQuestion(
  { input }: Pick<Task, 'input'>,
  asked: Pick<Question, 'kind' | 'code' | 'title'> & Partial<Pick<Question, 'problems'>>,
): Question {
  return {
    step: 'run',
    choices: ['again', 'by-hand', 'reject'],
    record: null,
    form: null,
    draft: {},
    problems: [],
    compared: [],
    papers: input.document ? [input.document] : [],
    evidence: [],
    ...asked,
  };
}
