import type { Box } from '#core';
import type { ExtractContext, SecondReading } from '../extractor.ts';

/** What a second reading of some places would settle; without answers it settles on the first. */
export interface Question<T> {
  readonly boxes: readonly Box[];
  settle(answers: readonly SecondReading[]): T;
}

/** Settles all questions with one call to the reader, since opening a paper's image takes longer than reading a line. */
export async function answered<T extends object>(
  questions: { readonly [K in keyof T]: Question<T[K]> },
  { reread }: ExtractContext,
): Promise<T> {
  const asked = Object.entries<Question<unknown>>(questions);
  const boxes = asked.flatMap(([, question]) => question.boxes);
  const answers = reread && boxes.length > 0 ? await reread(boxes) : [];
  let from = 0;
  const settled = asked.map(([name, question]): [string, unknown] => {
    const own = answers.slice(from, from + question.boxes.length);
    from += question.boxes.length;
    return [name, question.settle(own)];
  });
  return Object.fromEntries(settled) as T;
}
