import { expect, it } from 'vitest';
import { learnedIn } from '../../office/learned.ts';
import { memoryLayouts } from '../support/memoryLayouts.ts';

/** A layout with two versions of a lesson. */
async function taught() {
  const memory = memoryLayouts();
  const paper = { sha256: 'p', pages: [], read: {}, values: { total: '1.00' } };
  for (const revision of [0, 1]) {
    await memory.learn({
      layout: { id: 'layout', extractor: 'invoice', revision, signature: {} },
      ...{ sketch: [1], paper, keep: 8, by: 'ann', retire: [] },
      lessons: [{ field: 'total', state: 'active', reason: null, body: { revision }, right: 1, papers: 1 }],
    });
  }
  return learnedIn(memory);
}

it('shows what was learned, version by version, and brings back the one before', async () => {
  const learned = await taught();
  expect(await learned.layouts()).toMatchObject([{ id: 'layout', extractor: 'invoice', papers: 1, fields: ['total'] }]);
  const states = (lessons: Awaited<ReturnType<typeof learned.lessons>>) =>
    lessons.map(({ version, state }) => `${version} ${state}`).sort();
  expect(states(await learned.lessons('layout'))).toEqual(['1 replaced', '2 active']);
  expect(states(await learned.revertLesson('layout', 'total'))).toEqual(['1 active', '2 reverted']);
});

it('says what is not there', async () => {
  const learned = await taught();
  await expect(learned.lessons('other')).rejects.toMatchObject({ code: 'unknown-layout' });
  await expect(learned.revertLesson('other', 'total')).rejects.toMatchObject({ code: 'unknown-layout' });
  await expect(learned.revertLesson('layout', 'date')).rejects.toMatchObject({ code: 'unknown-lesson' });
});
