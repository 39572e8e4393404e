import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Order, sha256 } from '#core';
import { officeConformance } from '../conformance/office.ts';
import { officeOnStore } from '../support/officeOnStore.ts';

officeConformance('on a store', officeOnStore);

describe('at the door of an office', () => {
  let under: Awaited<ReturnType<typeof officeOnStore>>;
  beforeAll(async () => {
    under = await officeOnStore();
  });
  afterAll(() => under?.close());

  const submit = async (order: Order = {}) => under.office.submit({ paper: await under.paper(), ...order });
  const taskOf = async (id: string) => (await under.office.task(id)).task;

  it('every kind of junk is refused in plain words, accounted for, and leaves the queue healthy', async () => {
    const junk = (await under.junkPapers()).filter(({ truth }) => truth.answer === 'refused');
    const codes: Record<string, string> = {};
    for (const { name, bytes, truth } of junk) {
      const receipt = await submit({ paper: { name, bytes } });
      expect(receipt).toMatchObject({ created: true, state: 'rejected' });
      expect(receipt.refused?.message).toMatch(/^[A-Z].{15,}\.$/);
      expect(await taskOf(receipt.task)).toMatchObject({ state: 'rejected', reason: receipt.refused?.code });
      codes[truth.what] = receipt.refused?.code ?? '';
    }
    expect(codes).toEqual({
      empty: 'unreadable-unsupported',
      encrypted: 'unreadable-password',
      'not-a-document': 'unreadable-unsupported',
      'too-many-pages': 'unreadable-too-large',
    });
    expect(await submit()).toMatchObject({ state: 'ready', refused: null });
  }, 120_000);

  it('a file above 50 MB is refused before it is stored', async () => {
    const bytes = new Uint8Array(50 * 1024 * 1024 + 1);
    const { refused, state } = await submit({ paper: { name: 'huge.pdf', bytes } });
    expect({ code: refused?.code, state }).toEqual({ code: 'unreadable-too-large', state: 'rejected' });
    expect(await under.archive.has(sha256(bytes))).toBe(false);
  });

  it('the second of the same bytes is the first, and gets no ticket', async () => {
    const paper = await under.paper();
    const ticket = vi.spyOn(under.dispatch, 'ticket');
    const first = await submit({ paper });
    const second = await submit({ paper: { ...paper, name: 'other name.pdf' } });
    expect(second).toEqual({ ...first, created: false });
    expect(ticket).toHaveBeenCalledTimes(1);
  });

  it('a key stands for the paper that came with it first', async () => {
    const good = await submit({ key: 'post 1' });
    const bad = await submit({ key: 'post 1', paper: await under.junk() });
    expect(bad).toEqual({ ...good, created: false });
    const refused = await submit({ key: 'post 2', paper: await under.junk() });
    expect(await submit({ key: 'post 2' })).toMatchObject({ task: refused.task, created: false, state: 'rejected' });
  });

  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\scans\\..\\a.pdf', 'a.pdf'],
    ['nul\0byte.pdf', 'nulbyte.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['line\r\nbreak\u001b[31m.pdf', 'linebreak[31m.pdf'],
    ['/', 'unnamed'],
    ['a'.repeat(4096), 'a'.repeat(200)],
    [`${'a'.repeat(199)}😀.pdf`, `${'a'.repeat(199)}😀`],
  ])('a file called %j is a paper called %j', async (name, kept) => {
    const paper = await under.paper();
    const { task } = await submit({ paper: { ...paper, name } });
    expect((await taskOf(task)).input.document).toEqual({
      sha256: sha256(paper.bytes),
      name: kept,
      mime: 'application/pdf',
    });
  });

  it('takes a time with its offset, and refuses what is none', async () => {
    const { promisedAt } = await submit({ dueAt: '2031-06-01T09:00:00+02:00' });
    expect(promisedAt).toBe('2031-06-01T07:00:00.000Z');
    await expect(submit({ dueAt: 'soon' })).rejects.toMatchObject({ code: 'invalid-time', where: 'due' });
    for (const priority of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(submit({ priority })).rejects.toMatchObject({ code: 'bad-value' });
    }
  });

  it('refuses an input that does not fit the bot, by the field', async () => {
    const misfit = submit({ input: { purpose: 'burn' } });
    await expect(misfit).rejects.toMatchObject({ code: 'invalid-input', where: 'input.purpose' });
    expect((await submit({ input: { purpose: 'archive' } })).created).toBe(true);
  });

  it('a bot that is not there is named, with those that are', async () => {
    await expect(under.office.submit({ bot: 'nobody' })).rejects.toMatchObject({
      code: 'unknown-bot',
      message: 'There is no bot "nobody". Known bots: letters.',
    });
  });
});
