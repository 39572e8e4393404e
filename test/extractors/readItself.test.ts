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

/** Reads this, and more of the files that are asked for. */
function reading(pages: readonly Page[]) {
  const asked: ReadOptions['beside'][] = [];
  const read = async (_: Uint8Array, { beside }: ReadOptions = {}): Promise<ReadResult> => {
    asked.push(beside);
    const ends = typeof beside === 'object' ? beside.toTheEnd : [];
    const found = pages.map(({ unread, ...rest }) => {
      const isLeft = unread === true && !ends.includes(rest.sent ?? 1);
      return { ...rest, ...(isLeft && { unread }) };
    });
    return { pages: found, ...NOTHING_ELSE };
  };
  return { asked, read };
}

const NOTHING_ELSE = { statements: [], doubts: [], text: '', ms: 0 };

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
  expect(asked).toEqual(['first-pages', { toTheEnd: [3] }]);
  expect(itself.pages.map(({ number, unread }) => [number, unread])).toEqual([1, 2, 3, 4].map((at) => [at, undefined]));
});

it('asks for each file of the paper once, and ends where one cannot be read to its end', async () => {
  const files = [page(2, { sent: 2 }), page(3, { sent: 2, unread: true }), page(4, { sent: 4, unread: true })];
  const { asked, read } = reading([page(1), ...files]);
  await readItself({ read }, new Uint8Array());
  expect(asked).toEqual(['first-pages', { toTheEnd: [2, 4] }]);
  let times = 0;
  const never = async () => {
    times++;
    return { pages: [page(1), ...files], ...NOTHING_ELSE };
  };
  await readItself({ read: never }, new Uint8Array());
  expect(times).toBe(2);
});
