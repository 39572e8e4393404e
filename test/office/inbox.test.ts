import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { InvalidInput, type Office, type Order, SystemException, sha256, silentLogger } from '#core';
import { forgetPapersIn, watchInbox } from '#office';
import { openMemoryOffice } from '../support/memoryOffice.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-inbox-'));
  return () => rm(folder, { recursive: true, force: true });
});

const at = (...parts: string[]) => path.join(folder, ...parts);
const filesIn = async (name: string) => (await readdir(at(name))).toSorted();
const soon = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 8_000, interval: 30 });

async function watching(submit: Office['submit']) {
  const inbox = await watchInbox({ folder, office: { submit }, log: silentLogger });
  onTestFinished(() => inbox.close());
  return inbox;
}

function someOffice() {
  const { office } = openMemoryOffice([
    { name: 'letters', skill: 'post-room', promiseSeconds: 60 },
    { name: 'invoices', skill: 'accounts', promiseSeconds: 60 },
  ]);
  const orders: Order[] = [];
  const submit = async (order: Order) => {
    orders.push(order);
    return office.submit(order);
  };
  return { office, orders, submit };
}

it('takes what lies there and what comes, for the bot the subfolder names, and says why it refuses', async () => {
  const { office, orders, submit } = someOffice();
  await mkdir(at('invoices'));
  await mkdir(at('nobody'));
  await writeFile(at('early.pdf'), 'early');
  await watching(submit);
  await writeFile(at('late.pdf'), 'late');
  await writeFile(at('invoices', 'late.pdf'), 'invoice');
  await writeFile(at('nobody', 'lost.pdf'), 'lost');
  await writeFile(at('empty.pdf'), '');
  await soon(async () => {
    expect(await filesIn('taken')).toEqual(['early.pdf', 'late (2).pdf', 'late.pdf']);
    expect(await readdir(at('nobody'))).toEqual([]);
    expect(await filesIn('refused')).toEqual(['empty.pdf', 'empty.pdf.reason.txt', 'lost.pdf', 'lost.pdf.reason.txt']);
  });
  expect(await readFile(at('refused', 'lost.pdf.reason.txt'), 'utf8')).toContain('no bot');
  expect((await office.tasks({ bot: 'invoices' })).map(({ input }) => input.document?.name)).toEqual(['late.pdf']);
  expect(orders.filter(({ bot }) => bot === undefined)).toHaveLength(3);
});

it('leaves alone what is no paper put there: hidden files, links, and what lies deeper', async () => {
  const { orders, submit } = someOffice();
  await mkdir(at('invoices', 'deeper'), { recursive: true });
  await mkdir(at('taken'), { recursive: true });
  await writeFile(at('taken', 'old.pdf'), 'old');
  await writeFile(at('.hidden.pdf'), 'hidden');
  await writeFile(at('invoices', 'deeper', 'deep.pdf'), 'deep');
  await symlink('/etc/hostname', at('link.pdf'));
  await symlink('/etc', at('linked-folder'));
  await watching(submit);
  await writeFile(at('real.pdf'), 'real');
  await soon(async () => expect(await filesIn('taken')).toEqual(['old.pdf', 'real.pdf']));
  expect(orders.map(({ paper }) => paper?.name)).toEqual(['real.pdf']);
});

it('waits until a file has stopped growing', async () => {
  const { orders, submit } = someOffice();
  await watching(submit);
  const file = await open(at('growing.pdf'), 'w');
  for (let part = 0; part < 4; part++) {
    await file.write('x'.repeat(1000));
    const before = Date.now();
    await vi.waitUntil(() => Date.now() - before > 250);
    expect(orders).toEqual([]);
  }
  await file.close();
  await soon(async () => expect(await filesIn('taken')).toEqual(['growing.pdf']));
  expect(orders.map(({ paper }) => paper?.bytes.length)).toEqual([4000]);
});

it('a paper whose move was cut off is the same task on the next start', async () => {
  const { office, submit } = someOffice();
  const first = await watching(submit);
  await writeFile(at('paper.pdf'), 'paper');
  await soon(async () => expect(await filesIn('taken')).toEqual(['paper.pdf']));
  await first.close();
  await rename(at('taken', 'paper.pdf'), at('paper.pdf'));
  await watching(submit);
  await soon(async () => expect(await filesIn('taken')).toEqual(['paper.pdf']));
  expect(await office.tasks({})).toHaveLength(1);
});

it('one that cannot be taken now stays, is tried again on the next start, and holds up nobody', async () => {
  const { submit } = someOffice();
  let isDown = true;
  const flaky: Office['submit'] = async (order) => {
    if (isDown && order.paper?.name === 'unlucky.pdf') throw new SystemException('store-unreachable', 'Down.');
    return submit(order);
  };
  await writeFile(at('unlucky.pdf'), 'unlucky');
  const first = await watching(flaky);
  await writeFile(at('next.pdf'), 'next');
  await soon(async () => expect(await filesIn('taken')).toEqual(['next.pdf']));
  expect(await readdir(folder)).toContain('unlucky.pdf');
  await first.close();
  isDown = false;
  await watching(flaky);
  await soon(async () => expect(await filesIn('taken')).toEqual(['next.pdf', 'unlucky.pdf']));
});

it('closing waits for the paper in hand', async () => {
  const inHand = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const inbox = await watching(async () => {
    inHand.resolve();
    await goOn.promise;
    throw new InvalidInput('invalid-input', 'input', 'It does not fit.');
  });
  await writeFile(at('paper.pdf'), 'paper');
  await inHand.promise;
  const closing = inbox.close();
  goOn.resolve();
  await closing;
  expect(await filesIn('refused')).toEqual(['paper.pdf', 'paper.pdf.reason.txt']);
});

it('forgets papers it has taken or refused, by their content, and none that still waits', async () => {
  for (const sub of ['taken', 'refused']) await mkdir(at(sub));
  await forgetPapersIn(at('nowhere'), [sha256('gone')]);
  await writeFile(at('waits.pdf'), 'gone');
  for (const kept of ['taken/a.pdf', 'taken/a (2).pdf', 'refused/b.pdf']) await writeFile(at(kept), 'gone');
  await writeFile(at('refused', 'b.pdf.reason.txt'), 'Whose it was.');
  await writeFile(at('taken', 'c.pdf'), 'kept');
  await forgetPapersIn(folder, [sha256('gone')]);
  expect([await filesIn('taken'), await filesIn('refused')]).toEqual([['c.pdf'], []]);
  expect(await readFile(at('waits.pdf'), 'utf8')).toBe('gone');
});
