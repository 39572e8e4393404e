import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidInput } from '#core';
import type { ExtractAs, OwnExtractor } from '#extractors';

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
  const exported: unknown = await import(pathToFileURL(path.resolve(name)).href).then(
    (module: { default?: unknown }) => module.default,
    () => undefined,
  );
  if (isExtractor(exported)) return exported;
  throw new InvalidInput('no-extractor', '--as', 'The file cannot be loaded, or its default export is no extractor.');
}

function isExtractor(value: unknown): value is OwnExtractor {
  return typeof value === 'object' && value !== null && 'name' in value && 'extract' in value;
}
