import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { KeptPaper, Teaching } from '#core';
import type { OpenStore } from '#store';

export function memory(store: () => OpenStore): void {
  const paper = (sha256 = randomUUID()): KeptPaper => ({
    sha256,
    pages: [{ number: 1, width: 800, height: 1000, source: 'text', rotation: 0, words: [] }],
    read: { total: '10.00', order: null },
    values: { total: '12.00', order: null },
  });
  const lesson = (field: string, state: 'active' | 'inactive' = 'active', body: unknown = { how: 'absent' }) => ({
    ...{ field, state, body, right: 1, papers: 1 },
    reason: state === 'active' ? null : 'contradicts-itself',
  });
  const teaching = (changes: Partial<Teaching> = {}): Teaching => ({
    layout: { id: randomUUID(), extractor: randomUUID(), revision: 0, signature: { 'invoice@3': 1 } },
    ...{ sketch: [1, 2, 3], paper: paper(), keep: 3, by: 'ann', lessons: [], retire: [] },
    ...changes,
  });
  const again = (before: Teaching, changes: Partial<Teaching>): Teaching => ({
    ...before,
    ...{ paper: paper(), lessons: [] },
    layout: { ...before.layout, revision: before.layout.revision + 1 },
    ...changes,
  });
  const states = async (layout: string) =>
    (await store().memory.lessons(layout))?.map(({ field, version, state }) => `${field} ${version} ${state}`);

  it('finds the layouts that share most, of one extractor', async () => {
    const first = teaching({ sketch: [1, 2, 3, 4] });
    const { extractor } = first.layout;
    const second = teaching({ layout: { ...teaching().layout, extractor }, sketch: [3, 4, 5, 6] });
    for (const each of [first, second, teaching({ sketch: [3, 4] })])
      expect(await store().memory.learn(each)).toBe(true);
    const found = async (sketch: number[], limit = 9) =>
      (await store().memory.candidates(extractor, sketch, limit)).map(({ id }) => id);
    expect(await found([1, 2, 3])).toEqual([first.layout.id, second.layout.id]);
    expect(await found([1, 4, 5, 6], 1)).toEqual([second.layout.id]);
    expect(await found([7, 8])).toEqual([]);
    expect(await found([])).toEqual([]);
  });

  it('gives a layout back with the lessons in use', async () => {
    const taught = teaching({ lessons: [lesson('total'), lesson('order', 'inactive')] });
    await store().memory.learn(taught);
    const [layout] = await store().memory.candidates(taught.layout.extractor, [1], 1);
    expect(layout).toMatchObject({ ...taught.layout, revision: 1 });
    expect(layout?.lessons).toMatchObject([
      { field: 'total', version: 1, body: { how: 'absent' }, by: 'ann', paper: taught.paper.sha256, reason: null },
    ]);
  });

  it('keeps the newest papers, and one of the same bytes once', async () => {
    let taught = teaching();
    const { id } = taught.layout;
    const papers = [taught.paper];
    await store().memory.learn(taught);
    for (let i = 0; i < 3; i++) {
      taught = again(taught, {});
      papers.unshift(taught.paper);
      await store().memory.learn(taught);
    }
    expect(await store().memory.papers(id)).toEqual(papers.slice(0, 3));
    const corrected = { ...papers[2]!, values: { total: '13.00' } };
    await store().memory.learn(again(taught, { paper: corrected }));
    expect(await store().memory.papers(id)).toEqual([corrected, papers[0], papers[1]]);
  });

  it('refuses what was learned from an older state of the layout', async () => {
    const taught = teaching({ lessons: [lesson('total')] });
    const later = [1, 2, 3].map((n) => again(taught, { lessons: [lesson('total', 'active', { n })] }));
    await store().memory.learn(taught);
    const written = await Promise.all(later.map((each) => store().memory.learn(each)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await store().memory.learn(taught)).toBe(false);
    expect(await states(taught.layout.id)).toEqual(['total 2 active', 'total 1 replaced']);
    expect(await store().memory.papers(taught.layout.id)).toHaveLength(2);
  });

  it('replaces, retires and reverts lessons, and forgets no version', async () => {
    const first = teaching({ lessons: [lesson('total'), lesson('order')] });
    const second = again(first, { lessons: [lesson('total', 'active', { how: 'constant' })] });
    const { id } = first.layout;
    for (const each of [first, second]) await store().memory.learn(each);
    expect(await store().memory.revert(id, 'total')).toBe(true);
    expect(await states(id)).toEqual(['order 1 active', 'total 2 reverted', 'total 1 active']);
    // Reverting is a change: what was learned before it is refused.
    expect(await store().memory.learn(again(second, {}))).toBe(false);
    const third = again(again(second, {}), { retire: [{ field: 'total', reason: 'contradicts-itself' }] });
    expect(await store().memory.learn(third)).toBe(true);
    expect(await states(id)).toEqual(['order 1 active', 'total 2 reverted', 'total 1 inactive']);
    expect(await store().memory.revert(id, 'total')).toBe(false);
    expect(await store().memory.revert(randomUUID(), 'total')).toBe(false);
  });

  it('lists what it knows', async () => {
    const taught = teaching({ lessons: [lesson('total'), lesson('order', 'inactive')] });
    await store().memory.learn(taught);
    const { id, extractor } = taught.layout;
    expect((await store().memory.list()).find((each) => each.id === id)).toMatchObject({
      extractor,
      papers: 1,
      fields: ['total'],
    });
    expect(await store().memory.lessons(randomUUID())).toBeUndefined();
  });
}
