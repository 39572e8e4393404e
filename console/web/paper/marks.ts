import type { DocumentRef, Draft, Reading, Source } from '#core';

/** A field's place on a page. */
export interface Mark {
  readonly field: string;
  readonly title: string;
  readonly doubtful: boolean;
  readonly source: Source;
}

export interface MarkedField {
  readonly name: string;
  readonly title: string;
  readonly doubtful: boolean;
}

export function marksOf(fields: readonly MarkedField[], draft: Draft<Record<string, unknown>>): readonly Mark[] {
  return fields.flatMap(({ name, title, doubtful }) =>
    printedAt(draft[name]).map((source) => ({ field: name, title, doubtful, source })),
  );
}

/** Each place once, though print and the paper's own data may both say what stands there; what only data say has none. */
export function printedAt({ sources }: Pick<Reading<unknown>, 'sources'> = { sources: [] }): readonly Source[] {
  const isAt = (a: Source) => (b: Source) => a.page === b.page && a.x0 === b.x0 && a.y0 === b.y0;
  return sources.filter((source, at) => source.x1 > source.x0 && sources.findIndex(isAt(source)) === at);
}

export function marksOn(marks: readonly Mark[], paper: DocumentRef, page?: number): readonly Mark[] {
  return marks.filter(({ source }) => source.paper === paper.sha256 && (page === undefined || source.page === page));
}
