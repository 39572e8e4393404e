import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { SealedCredentials } from '#core';
import type { OpenStore } from '#store';

export function credentials(store: () => OpenStore): void {
  const sealed = (changes: Partial<SealedCredentials> = {}): SealedCredentials => ({
    application: randomUUID(),
    account: 'main',
    keyId: 'key-1',
    wrappedKey: 'd3JhcHBlZA==',
    body: 'Ym9keQ==',
    ...changes,
  });

  it('are kept by application and account, and replaced there', async () => {
    const one = sealed();
    const other = sealed({ application: one.application, account: 'night' });
    await store().credentials.put(other);
    await store().credentials.put(one);
    const changed = { ...one, body: 'bmV3', wrappedKey: 'bmV3LXdyYXA=', keyId: 'key-2' };
    await store().credentials.put(changed);
    expect(await store().credentials.list(one.application)).toEqual([changed, other]);
    const all = await store().credentials.list();
    expect(all).toEqual(expect.arrayContaining([changed, other]));
    expect(await store().credentials.list('nobody')).toEqual([]);
  });

  it('are removed one by one', async () => {
    const one = sealed();
    const other = sealed({ application: one.application, account: 'night' });
    for (const each of [one, other]) await store().credentials.put(each);
    expect(await store().credentials.remove(one.application, one.account)).toBe(true);
    expect(await store().credentials.remove(one.application, one.account)).toBe(false);
    expect(await store().credentials.list(one.application)).toEqual([other]);
  });

  it('get a new wrapping only around the data key that was looked at', async () => {
    const seen = sealed();
    await store().credentials.put(seen);
    const wrapped = { keyId: 'key-2', wrappedKey: 'YWdhaW4=' };
    expect(await store().credentials.rewrap(seen, wrapped)).toBe(true);
    expect(await store().credentials.list(seen.application)).toEqual([{ ...seen, ...wrapped }]);
    expect(await store().credentials.rewrap(seen, { keyId: 'key-3', wrappedKey: 'bGF0ZQ==' })).toBe(false);
    expect(await store().credentials.list(seen.application)).toEqual([{ ...seen, ...wrapped }]);
  });

  it('give a period of one-time codes out once, and never an earlier one', async () => {
    const { application, account, ...rest } = sealed();
    await store().credentials.put({ application, account, ...rest });
    const take = (period: number) => store().credentials.takePeriod(application, account, period);
    const first = 58_000_000_000;
    const together = await Promise.all([take(first), take(first), take(first)]);
    expect(together.filter(Boolean)).toHaveLength(1);
    expect(await take(first - 1)).toBe(false);
    expect(await take(first + 1)).toBe(true);
    // A changed password does not make the last code new.
    await store().credentials.put({ application, account, ...rest });
    expect(await take(first + 1)).toBe(false);
    expect(await store().credentials.takePeriod(application, 'nobody', first)).toBe(false);
  });
}
