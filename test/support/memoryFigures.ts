import type { HumanTask, Task } from '#core';

export function straightThrough(
  entries: readonly { readonly task: Task }[],
  questions: readonly HumanTask[],
): number | null {
  const done = entries.filter(({ task }) => task.state === 'done');
  const touched = new Set(questions.map(({ task }) => task));
  return done.length === 0 ? null : done.filter(({ task }) => !touched.has(task.id)).length / done.length;
}

export function medianSeconds(tasks: readonly Task[]): number | null {
  const seconds = tasks
    .filter(({ state, endedAt }) => state === 'done' && endedAt !== null)
    .map(({ receivedAt, endedAt }) => (Date.parse(endedAt ?? '') - Date.parse(receivedAt)) / 1000)
    .sort((a, b) => a - b);
  return seconds[Math.floor(seconds.length / 2)] ?? null;
}
