import { setTimeout as pass } from 'node:timers/promises';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import type { Fault, Site } from '../fault.ts';
import { BOT, type Work } from '../worker/bot.ts';

/** Every job is handed out many times over, to two workers at once. */
const doubled: Fault = {
  name: 'same-job-twice',
  profiles: ['postgres', 'redis'],
  needs: ['browser'],
  points: () => ['ten tickets for each task'],
  async strike(site) {
    await site.accept(3, 'voucher');
    await site.accept(60, 'nothing');
    await Promise.all([site.startWorker({ concurrency: 4 }), site.startWorker({ concurrency: 4 })]);
    await issue(site, 630);
  },
};

async function issue({ places, record }: Site, tickets: number): Promise<void> {
  await record(async ({ pool }) => {
    const place = places.dispatch === 'with-store' ? ({ kind: 'postgres', pool } as const) : places.dispatch;
    const dispatch = await openDispatch(place, { log: silentLogger });
    await Promise.all(Array.from({ length: tickets }, () => dispatch.ticket(BOT)));
    await dispatch.close();
  });
}

/** How long a worker lives, in seconds: from before it draws its first task to a few tasks on. */
const LIFE = { shortest: 1, longest: 9 };

/** Workers are killed at random, again and again, while there is work. */
const walk: Fault = {
  name: 'kill-9-random-walk',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  points: ({ quick }) => (quick ? ['8 kills'] : ['80 kills', '80 kills, again', '80 kills, once more']),
  async strike(site, point) {
    const kills = Number.parseInt(point, 10);
    const work: Work = 'voucher';
    await site.accept(kills, work);
    let left = kills;
    const seats = site.profile === 'embedded' ? 1 : 3;
    const lives = Array.from({ length: seats }, async () => {
      while (left-- > 0) {
        const worker = await site.startWorker();
        const { shortest, longest } = LIFE;
        await pass(1000 * (shortest + site.random() * (longest - shortest)));
        worker.signal('SIGKILL');
        await worker.exited;
      }
    });
    await Promise.all(lives);
  },
};

export const crowds: readonly Fault[] = [doubled, walk];
