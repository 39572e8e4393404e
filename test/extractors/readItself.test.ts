import { expect, it } from 'vitest';
import type { Page } from '#core';
import { type ReadOptions, type ReadResult, readItself } from '#extractors';

const page = (number: number, about: Partial<Page> = {}): Page => ({
  number,
  width: 100,
  height: 100,
  source: 'ocr',
  rotation: 0,
  words: [],
  ...about,
});

/** Reads this, and all of it where nobody said that first pages will do. */
function reading(pages: readonly Page[]) {
  const asked: ReadOptions['beside'][] = [];
  const whole = pages.map(({ unread, ...rest }) => rest);
  const read = async (_: Uint8Array, { beside }: ReadOptions = {}): Promise<ReadResult> => {
    asked.push(beside);
    return { pages: beside === 'first-pages' ? pages : whole, statements: [], doubts: [], text: '', ms: 0 };
  };
  return { asked, read };
}

it('reads a paper once where only files beside it are left unread', async () => {
  const { asked, read } = reading([page(1), page(2, { attached: 2 }), page(3, { attached: 2, unread: true })]);
  const { read: all, itself } = await readItself({ read }, new Uint8Array());
  expect(asked).toEqual(['first-pages']);
  expect(all.pages).toHaveLength(3);
  expect(itself.pages).toEqual([page(1)]);
});

it('reads to its end a file that was sent with a mail and is the paper', async () => {
  const { asked, read } = reading([
    page(1),
    page(2, { sent: 2 }),
    page(3, { sent: 3 }),
    page(4, { sent: 3, unread: true }),
  ]);
  const { itself } = await readItself({ read }, new Uint8Array());
  expect(asked).toEqual(['first-pages', undefined]);
  expect(itself.pages.map(({ number, unread }) => [number, unread])).toEqual([1, 2, 3, 4].map((at) => [at, undefined]));
});
