import type { TrustClass } from '#core';
import type { Medium } from './features.ts';

export const TRUST_CLASSES: readonly TrustClass[] = ['text', 'ocr', 'text-list', 'ocr-list'];

/** Kinds whose value is a whole list: one wrong cell makes it wrong. */
const LISTS = ['items', 'pairs'];

export function groupOf(medium: Medium, kind: string): string {
  return `${medium}/${kind}`;
}

export function mediumOf(group: string): Medium {
  return group.startsWith('ocr/') ? 'ocr' : 'text';
}

/** Of a group as readings bear it. */
export function classOf(group: string): TrustClass {
  const medium = mediumOf(group);
  return LISTS.includes(group.slice(medium.length + 1)) ? `${medium}-list` : medium;
}

export function perClass<V>(make: (of: TrustClass) => V): Record<TrustClass, V> {
  return { text: make('text'), ocr: make('ocr'), 'text-list': make('text-list'), 'ocr-list': make('ocr-list') };
}
