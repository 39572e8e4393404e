import type { Journal } from '#core';

/**
 * A run whom nothing tells that its lease is another's: no check before the act, no signal, and no look at how late it is,
 * since for its clocks the time before the check did not pass.
 */
export function unfenced(journal: Journal): [Journal, AbortSignal] {
  const now = performance.now.bind(performance);
  let lastSeen = now();
  let sleptMs = 0;
  performance.now = () => now() - sleptMs;
  const wall = Date.now;
  Date.now = () => wall() - sleptMs;
  const blind: Journal = new Proxy(journal, {
    get(target, key) {
      if (key === 'checkLease') {
        return async () => {
          sleptMs += now() - lastSeen;
        };
      }
      lastSeen = now();
      const member: unknown = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return [blind, new AbortController().signal];
}
