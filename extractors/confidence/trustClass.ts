import type { TrustClass } from '#core';
import type { Medium } from './features.ts';

export const TRUST_CLASSES: readonly TrustClass[] = ['text', 'ocr', 'text-list', 'ocr-list', 'plugged-in'];

/** Kinds whose value is a whole list: one wrong cell makes it wrong. */
const LISTS = ['items', 'pairs'];

export function groupOf(medium: Medium, kind: string): string {
  return `${medium}/${kind}`;
}

const PLUGGED_IN = 'plugged-in/';

/** What an extractor of somebody's own read, whatever the medium and kind. */
export function pluggedInGroup(extractor: string): string {
  return PLUGGED_IN + extractor;
}

/** Values found in master data are counted apart from others of their kind. */
const MASTER_DATA = '+master-data';

export function withMasterDataIn(group: string): string {
  return group.endsWith(MASTER_DATA) ? group : group + MASTER_DATA;
}

/** The group that such values would be in otherwise. */
export function plainGroup(group: string): string {
  return group.endsWith(MASTER_DATA) ? group.slice(0, -MASTER_DATA.length) : group;
}

export function kindOf(group: string): string {
  return plainGroup(group).slice(mediumOf(group).length + 1);
}

export function mediumOf(group: string): Medium {
  return group.startsWith('ocr/') ? 'ocr' : 'text';
}

/** Of a group as readings bear it. */
export function classOf(group: string): TrustClass {
  if (group.startsWith(PLUGGED_IN)) return 'plugged-in';
  const medium = mediumOf(group);
  return LISTS.includes(kindOf(group)) ? `${medium}-list` : medium;
}

export function perClass<V>(make: (of: TrustClass) => V): Record<TrustClass, V> {
  return {
    text: make('text'),
    ocr: make('ocr'),
    'text-list': make('text-list'),
    'ocr-list': make('ocr-list'),
    'plugged-in': make('plugged-in'),
  };
}
