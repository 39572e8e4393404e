import type { Layout, LayoutMemory, Page } from '#core';
import { outlineOf } from './outline.ts';
import { likeness, SAME_LAYOUT, type Signature, signatureOf, sketchOf } from './signature.ts';

const MOST_CANDIDATES = 24;
/** Layouts this close to the best one come into question like it. */
const AS_LIKE = 0.92;

/** What a paper looks like, and the known layouts it may be of: the likeliest first, several where it cannot be told. */
export interface Recognised {
  readonly signature: Signature;
  readonly sketch: readonly number[];
  readonly layouts: readonly Layout[];
}

/** Recognises a paper by its outline. */
export async function recognise(
  memory: Pick<LayoutMemory, 'candidates'>,
  extractor: string,
  pages: readonly Page[],
): Promise<Recognised> {
  const signature = signatureOf(outlineOf(pages));
  const sketch = sketchOf(signature);
  const candidates = sketch.length === 0 ? [] : await memory.candidates(extractor, sketch, MOST_CANDIDATES);
  const alike = candidates
    .map((layout) => ({ layout, likeness: likeness(signature, layout.signature) }))
    .filter((each) => each.likeness >= SAME_LAYOUT)
    .sort((a, b) => b.likeness - a.likeness || (a.layout.id < b.layout.id ? -1 : 1));
  const least = AS_LIKE * (alike[0]?.likeness ?? 0);
  return {
    signature,
    sketch,
    layouts: alike.filter((each) => each.likeness >= least).map(({ layout }) => layout),
  };
}
