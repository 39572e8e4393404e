import { InvalidInput } from '#core';
import type { ExtractAs, OwnExtractor } from '#extractors';
import { defaultExport } from '../ownCode.ts';

/** A kind of paper by its name, or a file of one's own whose default export is an extractor. */
export async function paperKind(name: string): Promise<ExtractAs | OwnExtractor> {
  const { EXTRACT_KINDS } = await import('#extractors');
  const kind = EXTRACT_KINDS.find((each) => each === name);
  if (kind) return kind;
  if (!/\.[cm]?[jt]s$/.test(name)) {
    throw new InvalidInput(
      'unknown-kind',
      '--as',
      `Give one of ${EXTRACT_KINDS.join(', ')}, or a file with an extractor.`,
    );
  }
  const exported = await defaultExport(name, '--as');
  if (isExtractor(exported)) return exported;
  throw new InvalidInput('no-extractor', '--as', `The default export of ${name} is no extractor.`);
}

function isExtractor(value: unknown): value is OwnExtractor {
  return typeof value === 'object' && value !== null && 'name' in value && 'extract' in value;
}
