import { setTimeout as pass } from 'node:timers/promises';
import type { Fault, Site } from '../fault.ts';
import { nothingOpen } from '../site.ts';
import { type Moment, momentNamed } from '../worker/orders.ts';

/** Every job is handed out many times over, to two workers at once. */
const doubled: Fault = {
  name: 'same-job-twice',
  profiles: ['postgres', 'redis'],
  points: () => ['ten tickets for each task'],
  controls: () => [{ point: 'ten tickets for each task', without: 'record' }],
  async strike(site) {
    await site.accept(20, 'letter');
    await Promise.all([site.startWorker({ concurrency: 4 }), site.startWorker({ concurrency: 4 })]);
    await site.handOut(10);
  },
};

/** How long a worker lives, in seconds, from when it draws tickets. */
const LIFE = { shortest: 0.8, longest: 4 };
/** Tasks for each kill, and how long a letter's answer may take, so that there is work to the end. */
const TASKS_A_KILL = 12;
const DAWDLES_SECONDS = 3;
/** Runs of a worker at the same time. */
const RUNS = 4;
/** One that does not come to its moment in this time never will. */
const DIES_WITHIN_SECONDS = 120;
/** A worker says twice a second what it does; the rest is patience with a machine that does much else. */
const BUSY_WITHIN_SECONDS = 5;

/** Workers are killed at random, again and again, while there is work for all of them. */
const walk: Fault = {
  name: 'kill-9-random-walk',
  profiles: ['embedded', 'postgres', 'redis'],
  long: true,
  points: ({ quick }) => (quick ? ['4 kills'] : ['100 kills', '100 kills, again']),
  // Few kills at random may all fall where no look-up is missed.
  controls: ({ quick }) => [{ point: `${quick ? 2 : 5} kills after a post`, without: 'look-up' }],
  async strike(site, point) {
    const kills = Number.parseInt(point, 10);
    const lanes = site.profile === 'embedded' ? 1 : 3;
    const dies = point.endsWith('post') && momentNamed('after mail.post 1');
    await site.accept(kills * (dies ? RUNS : TASKS_A_KILL), 'letter');
    // Who dies with the answer must get one in time, on a slow machine too.
    site.dawdle(dies ? 0 : DAWDLES_SECONDS);
    await killing(site, { kills, lanes, concurrency: RUNS, ...(dies && { dies }) });
    site.dawdle(0);
  },
};

/** The same, keying through browsers. */
const browserWalk: Fault = {
  name: 'kill-9-random-walk-in-browsers',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  long: true,
  points: ({ quick }) => (quick ? ['1 kill'] : ['20 kills']),
  controls: ({ quick }) => [{ point: quick ? '1 kill after a submit' : '5 kills after a submit', without: 'look-up' }],
  async strike(site, point) {
    const kills = Number.parseInt(point, 10);
    await site.accept(2 * kills, 'voucher');
    const dies = point.endsWith('submit') && momentNamed('after screen.submit 1');
    await killing(site, { kills, lanes: 1, concurrency: 1, ...(dies && { dies }) });
  },
};

interface Killing {
  readonly kills: number;
  /** Workers up at a time. */
  readonly lanes: number;
  readonly concurrency: number;
  /** Where each worker dies; without, at random while it works. */
  readonly dies?: Moment;
}

/** Starts workers and kills them. Rejects when there was too little for them to do: such kills prove nothing. */
async function killing(site: Site, { kills, lanes, concurrency, dies }: Killing): Promise<void> {
  let left = kills;
  let idle = 0;
  const lane = async () => {
    while (left-- > 0) {
      const worker = await site.startWorker({ concurrency, ...(dies && { struck: { ...dies, how: 'die' } }) });
      if (dies) {
        if (await worker.says(nothingOpen, DIES_WITHIN_SECONDS)) idle++;
      } else {
        await pass(1000 * (LIFE.shortest + site.random() * (LIFE.longest - LIFE.shortest)));
        const isBusy = await worker.says((said) => said.say === 'open' && said.runs > 0, BUSY_WITHIN_SECONDS);
        if (!isBusy) idle++;
      }
      worker.signal('SIGKILL');
      await worker.exited;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (idle > kills * MOST_IDLE) throw new Error(`${idle} of ${kills} workers had nothing to do when they were killed.`);
}

/** Share of kills that may find a worker without a task in hand. */
const MOST_IDLE = 0.1;

export const crowds: readonly Fault[] = [doubled, walk, browserWalk];
