import { setTimeout as pass } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { momentNamed } from '../worker/orders.ts';

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

/** How long a worker lives, in seconds: from before it draws its first task to some tasks on. */
const LIFE = { shortest: 0.8, longest: 4 };
/** Tasks for each kill, so that there is work to the end. */
const TASKS_A_KILL = 6;

/** Workers are killed at random, again and again, while there is work for all of them. */
const walk: Fault = {
  name: 'kill-9-random-walk',
  profiles: ['embedded', 'postgres', 'redis'],
  long: true,
  points: ({ quick }) => (quick ? ['4 kills'] : ['100 kills', '100 kills, again']),
  // Few kills at random may all fall where no look-up is missed.
  controls: ({ quick }) => [{ point: quick ? '2 kills after a post' : '20 kills', without: 'look-up' }],
  async strike(site, point) {
    let kills = Number.parseInt(point, 10);
    await site.accept(kills * TASKS_A_KILL, 'letter');
    const live = async () => {
      while (kills-- > 0) {
        const dies = point.endsWith('post') && ({ ...momentNamed('after mail.post 1'), how: 'die' } as const);
        const worker = await site.startWorker({ concurrency: 4, ...(dies && { struck: dies }) });
        if (!dies) {
          await pass(1000 * (LIFE.shortest + site.random() * (LIFE.longest - LIFE.shortest)));
          worker.signal('SIGKILL');
        }
        await worker.exited;
      }
    };
    await Promise.all(Array.from({ length: site.profile === 'embedded' ? 1 : 3 }, live));
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
    await site.accept(kills, 'voucher');
    for (let killed = 0; killed < kills; killed++) {
      const dies = point.endsWith('submit') && ({ ...momentNamed('after screen.submit 1'), how: 'die' } as const);
      const worker = await site.startWorker(dies ? { struck: dies } : {});
      if (!dies) {
        await pass(1000 * (2 + site.random() * 6));
        worker.signal('SIGKILL');
      }
      await worker.exited;
    }
  },
};

export const crowds: readonly Fault[] = [doubled, walk, browserWalk];
