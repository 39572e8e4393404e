import type { TaskStory } from '#core';

/**
 * The longest time, in seconds, from the end of a worker to the moment another took over a task it had. `ends`: when each
 * worker was killed, by its name, in milliseconds. Null when nothing was taken over.
 */
export function longestTakeover(stories: readonly TaskStory[], ends: ReadonlyMap<string, number>): number | null {
  const waits = stories.flatMap(({ events }) => {
    const started = events.filter(({ kind }) => kind === 'started');
    const workers = new Map(started.map(({ facts }) => [facts['run'], facts['worker']]));
    return events
      .filter(({ kind }) => kind === 'taken-over')
      .flatMap(({ at, facts }) => {
        const end = ends.get(String(workers.get(facts['run'])));
        return end === undefined ? [] : [(Date.parse(at) - end) / 1000];
      });
  });
  return waits.length === 0 ? null : Math.max(...waits);
}
