import { describe, expect, it } from 'vitest';
import { type Choice, type Journal, LeaseLost, type Question, SystemException, systemClock } from '#core';
import { type Bench, openBench } from '../support/bench.ts';
import { death, mortal, mortalAt, untilDeath } from '../support/dying.ts';
import {
  EFFECT,
  openWorld,
  RECORD,
  REKEY,
  type Reaction,
  SETTLED_AFTER_SECONDS,
  type Verb,
  type World,
} from '../support/outsideWorld.ts';

const UNCLEAR = { state: 'unclear', why: 'The search is closed for the day.' } as const;
const reaction = (writes: boolean, says?: Reaction['says']): Reaction => ({ writes, says });

/** Ways in which the world may take an act, all of which must end with the record there once. */
const WORLDS: Readonly<Record<string, (world: World) => void>> = {
  'all is well': () => {},
  'it writes and no answer comes': ({ reactions }) => void reactions.push(reaction(true)),
  'it writes nothing and no answer comes': ({ reactions }) => void reactions.push(reaction(false)),
  'it writes and says something unknown': ({ reactions }) => void reactions.push(reaction(true, { kind: 'unknown' })),
  'it writes nothing and says something unknown': ({ reactions }) =>
    void reactions.push(reaction(false, { kind: 'unknown' }), reaction(false, { kind: 'unknown' })),
  'it asks for it once more': ({ reactions }) => void reactions.push(reaction(false, { kind: 'unwritten' })),
  'it refuses at first': ({ reactions }) =>
    void reactions.push(reaction(false, { kind: 'refused', messages: ['No.'] })),
  'it says posted and loses it': ({ reactions }) => void reactions.push(reaction(false, { kind: 'posted' })),
  'its search is behind': (world) => world.lagBehind(2),
  'its search is behind and no answer comes': (world) => {
    world.reactions.push(reaction(true));
    world.lagBehind(3);
  },
  'it cannot be told before': ({ looks }) => void looks.push(UNCLEAR, UNCLEAR),
  'it cannot be told after, and it is there': ({ looks }) => void looks.push('truth', UNCLEAR),
  'it cannot be told after, and it is not there': ({ looks, reactions }) => {
    looks.push('truth', UNCLEAR, UNCLEAR, UNCLEAR);
    reactions.push(reaction(false, { kind: 'unknown' }));
  },
};

/** Somebody who looks into the world before they answer. */
function answerOf({ kind, code, choices }: Question, { records }: World): Choice {
  if (kind !== 'in-doubt' && kind !== 'differs') return 'again';
  const there = records.length > 0;
  const right = there ? (['there', 'accept', 'again'] as const) : (['key-again', 'again'] as const);
  const choice = right.find((each) => choices.includes(each));
  if (!choice) throw new Error(`Nothing to answer to ${code}.`);
  return choice;
}

/** Fresh workers and a person go on until the task is done. */
async function untilDone(bench: Bench, verb: Verb, world: World): Promise<void> {
  for (let run = 0; run < 16; run++) {
    const outcome = await bench.run({ services: verb.services(world) });
    if (outcome.kind === 'done') return expect(outcome.output).toBe('#1');
    if (outcome.kind === 'waiting') await bench.answer(answerOf(await bench.question(), world));
    if (outcome.kind === 'stop-bot') throw new Error(`The bot stopped: ${outcome.message}`);
    bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    world.settle();
  }
  throw new Error('The task came to no end.');
}

async function expectOnce(bench: Bench, { records }: World, where: string): Promise<void> {
  const { task, effects } = await bench.story();
  expect(records, where).toEqual([RECORD]);
  expect(task.state, where).toBe('done');
  expect(effects.at(-1), where).toMatchObject({ state: 'proven', receipt: { reference: '#1' } });
  expect(
    effects.filter(({ state }) => state === 'intended'),
    where,
  ).toEqual([]);
}

const VERBS: readonly (readonly [string, Verb])[] = [
  ['rekey', REKEY],
  ['effect', EFFECT],
];

describe.each(VERBS)('%s', (_, verb) => {
  describe.each(Object.entries(WORLDS))('where %s', (_name, tell) => {
    async function begun() {
      const world = openWorld();
      tell(world);
      const bot = verb.bot(world);
      return { world, bot, bench: await openBench(bot) };
    }

    it('brings it about once', async () => {
      const { world, bench } = await begun();
      await untilDone(bench, verb, world);
      await expectOnce(bench, world, 'undisturbed');
    });

    it.each(['before', 'after'] as const)(
      'brings it about once, though the worker dies %s any one operation of its journal',
      async (when) => {
        let died = true;
        for (let nth = 1; died && nth < 40; nth++) {
          const { world, bench } = await begun();
          const end = death();
          died = await untilDeath(
            end,
            bench.run({ services: verb.services(world), journal: (own) => mortalAt(own, nth, when, end) }),
          );
          if (!died) expect(nth).toBeGreaterThan(3);
          bench.store.abandon(bench.task.id);
          bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
          world.settle();
          if (died) {
            await untilDone(bench, verb, world);
            await expectOnce(bench, world, `${when} ${nth}`);
          }
        }
      },
    );

    it.each(['before', 'after'] as const)('brings it about once, though the worker dies %s the act', async (when) => {
      const { world, bench } = await begun();
      const end = death();
      world.around = (moment) => (moment === when ? end.die() : Promise.resolve());
      let died = false;
      for (let run = 0; run < 16 && !died; run++) {
        await answerWhatIsOpen(bench, world);
        died = await untilDeath(end, bench.run({ services: verb.services(world) }));
        bench.store.abandon(bench.task.id);
        bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
        world.settle();
      }
      expect(died).toBe(true);
      world.around = async () => undefined;
      await untilDone(bench, verb, world);
      await expectOnce(bench, world, `${when} the act`);
    });
  });

  it('would do it twice without looking, so the walk would show what it must', async () => {
    const world = openWorld();
    world.reactions.push(reaction(true));
    world.looks.push(...Array.from({ length: 3 }, () => ({ state: 'absent' }) as const));
    const bench = await openBench(verb.bot(world));
    await bench.run({ services: verb.services(world) });
    bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    await bench.run({ services: verb.services(world) });
    expect(world.records).toHaveLength(2);
  });

  it('keeps that it was said to be posted where looking for it fails', async () => {
    const world = openWorld();
    const bench = await openBench(verb.bot(world));
    const services = verb.services(world);
    world.lagBehind(3);
    const look = world.look.bind(world);
    let looks = 0;
    world.look = async () => {
      const seen = await look();
      if (++looks === 2) throw new SystemException('application-slow', 'No answer came.');
      return seen;
    };
    expect(await bench.run({ services })).toMatchObject({ kind: 'retry', reason: 'application-slow' });
    bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    expect(await bench.run({ services })).toEqual({ kind: 'waiting' });
    expect(await bench.question()).toMatchObject({ code: 'posted-but-absent' });
    expect(world.records).toHaveLength(1);
  });

  it('does nothing after its machine slept and another worker took the task, though its own clocks stood still', async () => {
    const world = openWorld();
    const bench = await openBench(verb.bot(world));
    const journal = (own: Journal): Journal => ({
      ...own,
      intend: async (intent) => {
        await own.intend(intent);
        bench.store.abandon(bench.task.id);
        await bench.claim();
      },
    });
    const asleep = { ...systemClock, now: () => 0 };
    const services = { ...verb.services(world), clock: asleep };
    await expect(bench.run({ services, journal })).rejects.toBeInstanceOf(LeaseLost);
    expect(world.records).toEqual([]);
  });

  it('does nothing after its machine slept between its last look at the lease and the act', async () => {
    const world = openWorld();
    const bench = await openBench(verb.bot(world));
    let slept = 0;
    const journal = (own: Journal): Journal => ({
      ...own,
      checkLease: async () => {
        await own.checkLease();
        slept = 3_600_000;
      },
    });
    const services = { ...verb.services(world), clock: { ...systemClock, now: () => Date.now() + slept } };
    expect(await bench.run({ services, journal })).toMatchObject({ kind: 'retry', reason: 'submit-late' });
    expect(world.records).toEqual([]);
    bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    await untilDone(bench, verb, world);
    await expectOnce(bench, world, 'slept');
  });

  it('takes a person’s word to do it again once, though a run died over the answer before', async () => {
    const world = openWorld();
    const bench = await openBench(verb.bot(world));
    const services = verb.services(world);
    const later = () => bench.store.age(bench.task.id, SETTLED_AFTER_SECONDS);
    world.reactions.push(reaction(false, { kind: 'unknown' }));
    world.looks.push('truth', UNCLEAR);
    await bench.run({ services });
    later();
    await bench.answer('there');
    const end = death();
    const journal = (own: Journal) => mortal(own, { operation: 'useUp', when: 'before' }, end);
    expect(await untilDeath(end, bench.run({ services, journal }))).toBe(true);
    bench.store.abandon(bench.task.id);
    await bench.answer('key-again');
    world.looks.push('truth', UNCLEAR);
    await bench.run({ services });
    later();
    expect(await bench.question()).toMatchObject({ code: 'look-up-unclear' });
    expect(world.records).toHaveLength(1);
    await bench.answer('again');
    world.looks.push(UNCLEAR);
    expect(await bench.run({ services })).toEqual({ kind: 'waiting' });
    expect(world.records).toHaveLength(1);
  });
});

async function answerWhatIsOpen(bench: Bench, world: World): Promise<void> {
  const { task } = await bench.story();
  if (task.state === 'waiting') await bench.answer(answerOf(await bench.question(), world));
}
