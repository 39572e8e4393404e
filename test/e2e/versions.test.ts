import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '#config';
import { type Office, silentLogger, systemClock } from '#core';
import { type Bot, defineBot } from '#runner';
import { type Running, startRekey } from '../../main.ts';

/** Asks one thing; what it makes of the answer, and what it asks for, is its version's. */
function asking<A>(version: string, answer: z.ZodType<A>): Bot {
  return defineBot({
    ...{ name: 'asking', version, input: z.object({}), output: z.object({ by: z.string(), said: z.unknown() }) },
    ...{ records: [], goal: { within: '1h', skill: 'post-room' } },
    run: async (task) => ({ by: `${version} for ${task.version}`, said: await task.ask('how many', answer) }),
  });
}

const older = asking('1', z.object({ pieces: z.number() }));
const newer = asking('2', z.object({ boxes: z.number() }));

it('a task ends by the version it began with, beside a newer one that takes the new tasks', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'rekey-versions-'));
  const before = await start(data, [older]);
  const { task: begun } = await before.office.submit({ bot: 'asking', key: 'begun', input: {} });
  await inState(before.office, begun, 'waiting');
  await before.close();

  const after = await start(data, [newer, older]);
  try {
    const { task: fresh } = await after.office.submit({ bot: 'asking', key: 'fresh', input: {} });
    await inState(after.office, fresh, 'waiting');
    expect(await answer(after.office, begun, { pieces: 7 })).toEqual({ outcome: 'stored' });
    expect(await answer(after.office, fresh, { boxes: 2 })).toEqual({ outcome: 'stored' });
    expect(await inState(after.office, begun, 'done')).toEqual({ by: '1 for 1', said: { pieces: 7 } });
    expect(await inState(after.office, fresh, 'done')).toEqual({ by: '2 for 2', said: { boxes: 2 } });
  } finally {
    await after.close();
  }
});

async function start(data: string, bots: readonly Bot[]): Promise<Running> {
  const config = loadConfig({ REKEY_DATA: data, REKEY_READERS: '1', REKEY_DEFAULT_BOT: 'asking' });
  return startRekey(config, { work: true, console: false }, { clock: systemClock, log: silentLogger, bots });
}

async function answer(office: Office, task: string, values: object) {
  const question = (await office.exceptions()).find((each) => each.task === task);
  return office.answer(question?.id ?? 'none', { person: 'Ana', choice: 'answer', values: { answer: values } });
}

function inState(office: Office, task: string, state: string): Promise<unknown> {
  return vi.waitFor(
    async () => {
      const story = await office.task(task);
      expect(story.task).toMatchObject({ state });
      return story.task.output;
    },
    { timeout: 30_000, interval: 50 },
  );
}
