import type { Fault } from '../fault.ts';
import { stormOfSchedulers } from '../scheduler/storm.ts';

/** Three beside each other on a server; the embedded record is one process's at a time. */
const schedulersKilled: Fault = {
  name: 'schedulers-killed',
  profiles: ['embedded', 'postgres', 'redis'],
  points: ({ quick }) => (quick ? ['1 death each'] : ['2 deaths each', '10 deaths each']),
  controls: () => [{ point: '3 deaths each', without: 'one-transaction' }],
  async strike({ places, record, random, profile, without, found }, point) {
    const { due, lost, twice } = await stormOfSchedulers({
      store: places.store,
      look: record,
      beside: profile === 'embedded' ? 1 : 3,
      deaths: Number.parseInt(point, 10),
      random,
      careless: without === 'one-transaction',
    });
    found(
      {
        lost: lost.map((at) => `${at} was not started`),
        duplicated: twice.map((at) => `${at} was started again`),
      },
      due,
    );
  },
};

export const schedulers: readonly Fault[] = [schedulersKilled];
