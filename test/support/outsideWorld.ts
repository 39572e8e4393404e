import type { Frame } from 'playwright-core';
import { z } from 'zod';
import { knownRecord, SystemException } from '#core';
import {
  type Bot,
  type BotTask,
  defineApp,
  defineRecord,
  defineScreen,
  type EffectDefinition,
  type Field,
  type Services,
  type Sessions,
  type Submitted,
} from '#runner';
import { SESSION } from '../golden/journals/bot.ts';
import { services } from './bench.ts';
import { botThat } from './runnerBots.ts';

export const RECORD = { key: 'M-1', text: 'paid' };
/** Of every effect here; a test lets it pass by `store.age`. */
export const SETTLED_AFTER_SECONDS = 120;

type Look = Awaited<ReturnType<EffectDefinition['lookUp']>>;

/** How the world takes an act: whether it writes, and what is heard of it; undefined is silence. */
export interface Reaction {
  readonly writes: boolean;
  readonly says: Submitted | undefined;
}

const TAKEN: Reaction = { writes: true, says: { kind: 'posted' } };

/**
 * What lies outside: records by key, that are written when somebody acts. It reacts as a test tells it to, and is seen as
 * a test tells it to: searches may be behind, or not tell.
 */
export function openWorld() {
  const records: (typeof RECORD)[] = [];
  const reactions: Reaction[] = [];
  /** What the next look-ups say instead of the truth, in their order. */
  const looks: (Look | 'truth')[] = [];
  /** How many look-ups after the next act do not show yet what it wrote. */
  let behind = 0;
  let hidden = 0;
  return {
    records,
    reactions,
    looks,
    /** Called before an act writes, and when it has written. */
    around: async (_moment: 'before' | 'after'): Promise<void> => undefined,
    lagBehind(times: number): void {
      behind = times;
    },
    /** Whatever was under way has come to its end. */
    settle(): void {
      hidden = 0;
    },
    async look(): Promise<Look> {
      const told = looks.shift() ?? 'truth';
      if (told !== 'truth') return told;
      const [only, ...more] = records;
      if (!only || hidden-- > 0) return { state: 'absent' };
      if (more.length > 0) return { state: 'several', references: records.map((_, index) => `#${index + 1}`) };
      return { state: 'there', reference: '#1', shows: only };
    },
    async act(): Promise<Submitted> {
      await this.around('before');
      const { writes, says } = reactions.shift() ?? TAKEN;
      if (writes) records.push(RECORD);
      [hidden, behind] = [behind, 0];
      await this.around('after');
      if (!says) throw new SystemException('application-slow', 'No answer came.');
      return says;
    },
  };
}

export type World = ReturnType<typeof openWorld>;

/** A verb that changes the world: a bot that uses it on the record, and what its runs need. */
export interface Verb {
  readonly bot: (world: World) => Bot;
  readonly services: (world: World) => Services;
}

type Task = BotTask<Record<string, unknown>>;

export const EFFECT: Verb = {
  bot: (world) =>
    botThat(async (task: Task) => {
      const { reference } = await task.effect('send', {
        key: RECORD.key,
        record: RECORD,
        lookUp: () => world.look(),
        act: () => world.act(),
        settlingSeconds: 60,
        patienceSeconds: 30,
      });
      return reference;
    }),
  services: () => services(),
};

const schema = z.object({ key: z.string(), text: z.string() });
const record = defineRecord({ name: 'message', schema });
const app = defineApp({
  ...{ name: 'some-app', charset: 'utf-8', settlingSeconds: 60, patienceSeconds: 30 },
  signIn: async () => {},
  signedOut: async () => false,
});

/** A screen without a browser: its form is a map, its record's page is what the look-up found. */
export const REKEY: Verb = {
  bot: (world) => {
    const form = new Map<string, string>();
    const nowhere = {} as Frame;
    let shown: Partial<typeof RECORD> = {};
    const text = (name: keyof typeof RECORD): Field<string> => ({
      type: async (_, value) => void form.set(name, value),
      onForm: async () => form.get(name),
      onRecord: async () => shown[name],
      print: (value) => value,
      at: { form: (frame) => frame.locator('*'), record: (frame) => frame.locator('*') },
    });
    const screen = defineScreen({
      ...{ app, record, key: ({ key }: typeof RECORD) => key },
      fields: { key: text('key'), text: text('text') },
      open: async () => {
        form.clear();
        return nowhere;
      },
      submit: () => world.act(),
      async lookUp() {
        const found = await world.look();
        if (found.state !== 'there') return found;
        shown = found.shows ?? {};
        return { state: 'there', reference: found.reference, page: nowhere };
      },
    });
    return botThat(async (task: Task) => {
      const checked = await task.validate(record, knownRecord(RECORD));
      return (await task.rekey(screen, checked, { as: 'send' })).reference;
    });
  },
  services: () => {
    const lent = { inTurn: async () => {} };
    const sessions: Sessions = { use: (_, act) => act(SESSION, lent), discard: async () => {}, close: async () => {} };
    return services({ sessions });
  },
};
