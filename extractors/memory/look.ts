import type { DocumentRef, Draft, Page, PaperLook, Reading } from '#core';
import { distanceWithin } from '../fields/labels.ts';
import { kindOfValue } from './sightings.ts';
import { smallestHashes } from './signature.ts';

const SKETCH_SIZE = 96;
/** So much of their numbers two copies of one paper share, though one was scanned askew and the other sent as it was made. */
const COPY = 0.5;
/** Where nothing that was read tells them apart or together, only what is nearly the same is a copy. */
const PLAIN_COPY = 0.8;
/** As many numbers, days and amounts in common are the same record, whatever else is printed around them. */
const SAME_RECORD = 3;

/** What tells one paper from the next of the same sender: its words with digits, and what was read of it. */
export function lookOf(
  document: DocumentRef,
  pages: readonly Page[],
  draft: Draft<Record<string, unknown>>,
): PaperLook {
  const facts = factsOf(draft);
  const numbers = pages.flatMap(({ words }) => words.flatMap(({ text }) => numberOf(text) ?? []));
  const named = Object.entries(facts).map(([field, value]) => `${field}=${value}`);
  return { document, sketch: smallestHashes([...numbers, ...named], SKETCH_SIZE), facts };
}

/** Numbers, days and amounts; names are the same on every paper of a sender. */
function factsOf(draft: Draft<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries<Reading<unknown>>(draft).flatMap(([field, { value }]): [string, string][] => {
      const isFact = typeof value === 'string' && ['date', 'money', 'code'].includes(kindOfValue(value));
      return isFact ? [[field, value]] : [];
    }),
  );
}

function numberOf(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/[^A-Z\d]/g, '');
  return plain.length >= 2 && /\d/.test(plain) ? plain : undefined;
}

type Seen = Pick<PaperLook, 'sketch' | 'facts'>;

/** Whether two papers may be one: scanned twice, mailed and scanned, sent once more. What they differ in decides first. */
export function isSamePaper(a: Seen, b: Seen): boolean {
  const fields = Object.keys(a.facts).filter((field) => b.facts[field] !== undefined);
  const same = fields.filter((field) => a.facts[field] === b.facts[field]).length;
  const differ = fields.some((field) => !distanceWithin(a.facts[field]!, b.facts[field]!, 1));
  if (differ) return false;
  return same >= SAME_RECORD || shared(a.sketch, b.sketch) >= (same > 0 ? COPY : PLAIN_COPY);
}

/** Share of all words of both that both have, estimated from the smallest hashes of their union (Broder, 1997). */
function shared(a: readonly number[], b: readonly number[]): number {
  const union = [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, Math.max(1, Math.min(a.length, b.length)));
  const [inA, inB] = [new Set(a), new Set(b)];
  return union.filter((mark) => inA.has(mark) && inB.has(mark)).length / union.length;
}
