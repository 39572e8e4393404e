import type { Journal } from '#core';

/** A run whom nothing tells that its lease is another's: no check before the act, no signal, no look at how late it is. */
export function unfenced(journal: Journal): [Journal, AbortSignal] {
  performance.now = () => 0;
  const blind: Journal = new Proxy(journal, {
    get(target, key) {
      if (key === 'checkLease') return async () => undefined;
      const member: unknown = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return [blind, new AbortController().signal];
}
