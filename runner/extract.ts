import { BusinessException, type DocumentRef, type Draft, within } from '#core';
import {
  type Classification,
  classify,
  counted,
  type Doubt,
  doubtsOfData,
  type Extractor,
  likeliestKind,
  withMemory,
} from '#extractors';
import { noteDoubts } from './doubts.ts';
import { noteLook } from './duplicates.ts';
import type { Run } from './run.ts';

/** Bytes → pages → kind of paper → draft. What is amiss with the paper is noted before the draft is there to be remembered. */
export async function extract<T extends object>(
  run: Run,
  extractor: Extractor<T>,
  paper: DocumentRef,
  step: string,
): Promise<Draft<T>> {
  const { archive, reader, memory } = run.services;
  return within({ document: paper.sha256.slice(0, 12) }, async () => {
    const bytes = await archive.get(paper.sha256);
    const { pages, statements, doubts } = await reader.read(bytes, paper, run.signal);
    const ofKind = doubtsOfKind(extractor.accepts, classify(pages, statements));
    const scanned = pages.some((page) => page.source === 'ocr');
    const read = await withMemory(extractor, memory).extract(pages, {
      paper: paper.sha256,
      statements,
      ...(scanned && { reread: (boxes) => reader.reread(bytes, pages, boxes) }),
    });
    const draft = counted(extractor, read);
    const comments = pages.flatMap(({ notes = [] }) => notes.map(({ text }) => text).filter(Boolean));
    await noteDoubts(run, step, [...doubts, ...doubtsOfData(statements), ...ofKind], comments);
    await noteLook(run, paper, pages, draft as Draft<Record<string, unknown>>);
    return draft;
  });
}

/**
 * Nothing where the paper is of a kind that is accepted, or kinds do not matter. A paper of unsure kind is read where it is
 * likeliest to be of such a kind: its fields in sight a person tells sooner what it is.
 */
function doubtsOfKind(accepts: readonly string[], found: Classification): readonly Doubt[] {
  if (accepts.length === 0 || accepts.includes(found.type)) return [];
  if (accepts.includes(likeliestKind(found) ?? '')) return ['kind-unsure'];
  throw new BusinessException(
    'wrong-document-type',
    `This paper looks like ${inWords(found.type)}, not like ${accepts.map(inWords).join(' or ')}. Hand it in to the bot that reads such papers, or reject it.`,
  );
}

/** `credit-note` → `a credit note`. */
function inWords(kind: string): string {
  if (kind === 'unknown') return 'a paper of no kind known here';
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind.replaceAll('-', ' ')}`;
}
