export type Medium = 'text' | 'ocr';

/** What is known of a reading before anybody says how far it may be trusted. */
export interface Judged {
  readonly extractor: string;
  readonly field: string;
  readonly kind: string;
  readonly medium: Medium;
  readonly evidence: readonly string[];
  readonly clues: Readonly<Record<string, number>>;
}

/** A value taken from a less clear place is a guess, however well its letters were read. */
const UNCLEAR = 0.5;

/**
 * The columns of the model. Each piece of evidence counts by itself, once more for its kind of value and once more where
 * pixels were read, so that a kind with few labels leans on what the evidence is worth elsewhere and one with many goes
 * its own way.
 */
export function featuresOf({ extractor, field, kind, medium, evidence, clues }: Judged): Map<string, number> {
  const features = new Map<string, number>([
    ['always', 1],
    [`kind ${kind}`, 1],
    [`field ${extractor}.${field}`, 1],
  ]);
  if (medium === 'ocr') features.set('ocr', 1).set(`ocr ${kind}`, 1);
  for (const word of evidence) {
    features.set(`saw ${word}`, 1).set(`saw ${word} ${kind}`, 1);
    if (medium === 'ocr') features.set(`ocr saw ${word}`, 1);
  }
  for (const [clue, size] of Object.entries(clues)) {
    features.set(`clue ${clue}`, size);
    if (!clue.startsWith('paper-')) features.set(`clue ${clue} ${kind}`, size);
  }
  const { place } = clues;
  if (place !== undefined && place < UNCLEAR) features.set('unclear place', 1).set(`unclear place ${medium}`, 1);
  return features;
}
