import { z } from 'zod';
import { type BotTask, defineBot } from '#runner';

/** A bot that does what the test says. */
export function botThat<Output>(
  run: (task: BotTask<Record<string, unknown>>) => Promise<Output>,
  changes: Partial<Pick<Parameters<typeof defineBot>[0], 'input' | 'output' | 'records'>> = {},
) {
  return defineBot({
    name: 'some-bot',
    version: '1',
    input: z.record(z.string(), z.unknown()),
    output: z.unknown(),
    goal: { within: '1h', skill: 'clerk' },
    records: [],
    run: (task) => run(task as BotTask<Record<string, unknown>>),
    ...changes,
  });
}
