import type { Fault } from '../fault.ts';
import { stormOfSchedulers } from '../scheduler/storm.ts';

/** Three beside each other on a server; the embedded record is one process's at a time. */
const schedulersKilled: Fault = {
  name: 'schedulers-killed',
  profiles: ['embedded', 'postgres'],
  points: ({ quick }) => (quick ? ['2 deaths each'] : ['2 deaths each', '10 deaths each']),
  async strike({ places, record, random, profile }, point) {
    const { lost, twice } = await stormOfSchedulers({
      store: places.store,
      look: record,
      beside: profile === 'embedded' ? 1 : 3,
      deaths: Number.parseInt(point, 10),
      random,
    });
    if (lost.length > 0) throw new Error(`Due times were not started: ${lost.join(', ')}`);
    if (twice.length > 0) throw new Error(`Due times were started twice: ${twice.join(', ')}`);
  },
};

export const schedulers: readonly Fault[] = [schedulersKilled];
