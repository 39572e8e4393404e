import type { Fault } from '../fault.ts';
import { sample } from '../random.ts';
import { TWICE, type Twice } from '../worker/orders.ts';

/** The form of a voucher is sent a second time: clicked twice, gone back to and sent again, its answer loaded again. */
const sentTwice: Fault = {
  name: 'form-sent-twice',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  points: ({ quick, random }) => (quick ? sample(TWICE, 1, random) : TWICE),
  controls: () => [{ point: 'reload', without: 'one-sending' }],
  async strike(site, point) {
    await site.accept(1, 'voucher');
    await site.startWorker({ sendsBy: point as Twice });
  },
};

export const forms: readonly Fault[] = [sentTwice];
