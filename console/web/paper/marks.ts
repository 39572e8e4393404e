import type { DocumentRef, Draft, Source } from '#core';

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
    (draft[name]?.sources ?? []).map((source) => ({ field: name, title, doubtful, source })),
  );
}

export function marksOn(marks: readonly Mark[], paper: DocumentRef, page?: number): readonly Mark[] {
  return marks.filter(({ source }) => source.paper === paper.sha256 && (page === undefined || source.page === page));
}
