import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { HumanTask } from '#core';
import { pageUrl } from '../api/client.ts';
import { exceptionQuery, useExceptions } from '../api/queries.ts';

/** The question after this one: the soonest promise that nobody else holds; fetched beforehand, so that it opens at once. */
export function useNext(
  current: HumanTask,
  person: string,
): { readonly next: string | undefined; readonly left: number } {
  const client = useQueryClient();
  const open = (useExceptions().data ?? []).filter(
    (question) => question.id !== current.id && isFree(question, person),
  );
  const own = open.filter(({ skill }) => skill === current.skill);
  const next = own[0] ?? open[0];

  useEffect(() => {
    if (next === undefined) return;
    client.setQueryData(exceptionQuery(next.id).queryKey, (known) => known ?? next);
    preload(next);
  }, [client, next]);
  return { next: next?.id, left: open.length };
}

export function isFree({ claimedBy, claimedUntil }: HumanTask, person: string): boolean {
  return claimedBy === null || claimedBy === person || Date.parse(claimedUntil ?? '') < Date.now();
}

function preload({ papers, draft }: HumanTask): void {
  const paper = papers[0];
  if (paper === undefined) return;
  const source = Object.values(draft)
    .flatMap(({ sources }) => sources)
    .find((one) => one.paper === paper.sha256);
  new Image().src = pageUrl(paper.sha256, source?.page ?? 1, source?.rotation ?? 0);
}
