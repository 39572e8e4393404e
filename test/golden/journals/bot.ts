import type { Frame } from 'playwright-core';
import { z } from 'zod';
import { knownRecord } from '#core';
import { type Bot, defineApp, defineBot, defineRecord, defineScreen, type Field, type Session } from '#runner';

/*
 * The bot whose journals are kept. It uses what every release has had, so that each release can run it and so that its
 * journals can be made by each: see record.ts.
 */

export type Written = { readonly number: string; readonly text: string };

/** Written and said so · said so and not written · written, and then silence · silence and nothing written. */
export type Reaction = 'posted' | 'lost' | 'written' | 'dead';

/** What the application holds, and whether it takes what is submitted. */
export interface Outside {
  readonly written: Written[];
  /** What the next submits come to; `posted` where nothing is left. */
  readonly reactions: Reaction[];
  /** Called where a submit is never answered: the worker that made it is dead. */
  onSilence?: () => void;
}

const schema = z.object({ number: z.string(), text: z.string() });
const record = defineRecord({ name: 'note', schema });
const app = defineApp({
  ...{ name: 'notes', charset: 'utf-8', settlingSeconds: 1 },
  signIn: async () => {},
  signedOut: async () => false,
});

/** A session without a browser: the screen below looks at nothing but `Outside`. */
export const SESSION = {
  page: { frames: (): Frame[] => [], isClosed: (): boolean => false, screenshot: async () => Buffer.from('picture') },
  url: '',
  confirming: (act) => act(),
} as Session;

export function journalBot(outside: Outside): Bot {
  const screen = screenOf(outside);
  return defineBot({
    ...{ name: 'journal-keeper', version: '1', goal: { within: '4h', skill: 'clerk' }, records: [record] },
    input: z.object({ number: z.string() }),
    output: z.object({ order: z.string(), reference: z.string() }),
    async run(task) {
      const orders = await task.step('find orders', () => [`${task.input.number}-a`, `${task.input.number}-b`]);
      await task.step('say nothing', () => undefined);
      const order = await task.ask('Which order?', z.enum(['first', 'second']), { orders: orders.join(', ') });
      const note = await task.validate(record, { ...knownRecord({ number: task.input.number }), text: UNREAD });
      const { reference } = await task.rekey(screen, note);
      return { order: orders[order === 'first' ? 0 : 1] ?? '', reference };
    },
  });
}

/** A field that could not be read: a person gives its value. */
const UNREAD = { value: null, probability: 0, absent: 0.2, sources: [], alternatives: [], evidence: [] };

function screenOf(outside: Outside) {
  const { written, reactions } = outside;
  const form: Partial<Record<keyof Written, string>> = {};
  let shown: Written | undefined;
  const text = (name: keyof Written): Field<string> => ({
    type: async (_, value) => {
      form[name] = value;
    },
    onForm: async () => form[name],
    onRecord: async () => shown?.[name],
    print: (value) => value,
    at: { form: (frame) => frame.locator('*'), record: (frame) => frame.locator('*') },
  });
  return defineScreen({
    ...{ app, record, key: ({ number }: Written) => number },
    fields: { number: text('number'), text: text('text') },
    open: async () => ({}) as Frame,
    async submit() {
      const reaction = reactions.shift() ?? 'posted';
      if (reaction === 'posted' || reaction === 'written')
        written.push({ number: form.number ?? '', text: form.text ?? '' });
      if (reaction === 'posted' || reaction === 'lost') return { kind: 'posted' as const };
      outside.onSilence?.();
      return new Promise<never>(() => {});
    },
    async lookUp(_, { number }) {
      const at = written.findIndex((note) => note.number === number);
      shown = written[at];
      return shown ? { state: 'there', reference: `N-${at + 1}`, page: {} as Frame } : { state: 'absent' };
    },
  });
}
