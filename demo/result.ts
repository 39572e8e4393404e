import type { HumanTask, Task } from '#core';
import type { Truth } from './batch.ts';
import type { Comparison } from './compare.ts';

/** The demo's result: tasks by their end, and what the comparison of ledger and papers found. */
export interface Result extends Comparison {
  readonly documents: number;
  readonly done: number;
  readonly waiting: number;
  readonly rejected: number;
  readonly open: number;
  /** Tasks done that no person touched. */
  readonly straight_through: number;
  readonly seconds: number;
  readonly console: string | null;
  /** Why tasks wait or were refused, by code, with how many. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface Outcome {
  /** `touched`: a person was asked something. */
  readonly tasks: readonly { readonly task: Task; readonly truth: Truth; readonly touched: boolean }[];
  readonly compared: Comparison;
  readonly questions: readonly HumanTask[];
  /** Of this run. */
  readonly seconds: number;
  readonly console: string | null;
}

export function resultOf({ tasks, compared, questions, seconds, console }: Outcome): Result {
  const count = (...states: Task['state'][]) => tasks.filter(({ task }) => states.includes(task.state)).length;
  const codes = [
    ...questions.map(({ code }) => code),
    ...tasks.flatMap(({ task }) => (task.state === 'rejected' ? (task.reason ?? []) : [])),
  ];
  const reasons: Record<string, number> = {};
  for (const code of codes.toSorted()) reasons[code] = (reasons[code] ?? 0) + 1;
  return {
    documents: tasks.length,
    done: count('done'),
    waiting: count('waiting'),
    rejected: count('rejected'),
    open: count('ready', 'running'),
    ...compared,
    straight_through: tasks.filter(({ task, touched }) => task.state === 'done' && !touched).length,
    seconds: Math.round(seconds * 10) / 10,
    console,
    reasons,
  };
}

/** As one JSON object on stdout, or as a table to read. */
export function printResult(result: Result, json: boolean): void {
  if (json) {
    const { reasons: _, ...fixed } = result;
    process.stdout.write(`${JSON.stringify(fixed)}\n`);
    return;
  }
  const { reasons, console: _, ...figures } = result;
  const row = (name: string, value: string | number) =>
    `  ${name.replace('_', ' ').padEnd(24)}${String(value).padStart(8)}`;
  const rows = [
    ...Object.entries(figures).map(([name, value]) => row(name, value)),
    '',
    '  for a person or refused, because',
    ...Object.entries(reasons).map(([code, times]) => row(`  ${code}`, times)),
  ];
  process.stdout.write(`\n${rows.join('\n')}\n`);
}
