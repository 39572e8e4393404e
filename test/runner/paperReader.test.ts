import { expect, it } from 'vitest';
import { ReadError, type Readers } from '#extractors';
import { paperReader, refusal } from '#runner';

it('a paper that passed a limit is refused with that limit and what to do about it', () => {
  const limit = { of: 'pages', most: 200, has: 1_201 } as const;
  expect(refusal(new ReadError('too-large', limit))).toEqual({
    code: 'unreadable-too-large',
    message: 'The document has 1,201 pages, more than the 200 of REKEY_PAGES. Split it, or raise that setting.',
  });
  expect(refusal(new ReadError('timeout', { of: 'seconds', most: 10 }))).toEqual({
    code: 'unreadable-timeout',
    message: 'Reading the document took longer than the 10 s allowed. Print and scan it again, or key it by hand.',
  });
});

it('another fault of a paper is refused with what to ask for, and what is none of its faults is no refusal', () => {
  expect(refusal(new ReadError('password'))?.message).toContain('ask the sender');
  // The same kinds of files as whoever reads it by hand is told.
  const kinds = /\((.*)\)/u.exec(new ReadError('unsupported').message)![1]!;
  expect(refusal(new ReadError('unsupported'))?.message).toContain(kinds);
  expect(refusal(new Error('anything'))).toBeUndefined();
});

it("a paper that is refused is a person's business, in a second reading too", async () => {
  const refusing = () => Promise.reject(new ReadError('corrupt'));
  const readers: Readers = {
    read: refusing,
    probe: refusing,
    renderPage: refusing,
    reread: refusing,
    forget: async () => {},
    openEngine: async () => {},
    close: async () => {},
  };
  const { read, reread } = paperReader(readers);
  const paper = { sha256: 'a', name: 'a.pdf', mime: 'application/pdf' };
  const { signal } = new AbortController();
  for (const refused of [read(new Uint8Array(), paper, signal), reread(new Uint8Array(), [], [])])
    await expect(refused).rejects.toMatchObject({ name: 'BusinessException', code: 'unreadable-corrupt' });
});
