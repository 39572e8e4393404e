import { BusinessException, type DocumentRef, type Draft, within } from '#core';
import { classify, counted, doubtsOfData, type Extractor, withMemory } from '#extractors';
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
    const { type } = classify(pages, statements);
    if (extractor.accepts.length > 0 && !extractor.accepts.includes(type)) {
      throw new BusinessException(
        'wrong-document-type',
        `This paper looks like "${type}", not like ${extractor.accepts.join(' or ')}.`,
      );
    }
    const scanned = pages.some((page) => page.source === 'ocr');
    const read = await withMemory(extractor, memory).extract(pages, {
      paper: paper.sha256,
      statements,
      ...(scanned && { reread: (boxes) => reader.reread(bytes, pages, boxes) }),
    });
    const draft = counted(extractor, read);
    await noteDoubts(run, step, [...doubts, ...doubtsOfData(statements)]);
    await noteLook(run, paper, pages, draft as Draft<Record<string, unknown>>);
    return draft;
  });
}
