import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Fault } from '../fault.ts';
import { sample } from '../random.ts';
import { STRAYS, type Stray } from '../worker/orders.ts';

/** A bot, or a page under it, asks for a host that is not on its application's list; somebody listens there. */
const stray: Fault = {
  name: 'host-not-on-the-list',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  points: ({ quick, random }) => (quick ? sample(STRAYS, 1, random) : STRAYS),
  controls: () => [{ point: 'a page it opens', without: 'allow-list' }],
  async strike(site, point) {
    const elsewhere = await listen();
    try {
      await site.accept(2, 'stray');
      await site.startWorker({ stray: { how: point as Stray['how'], url: elsewhere.url } });
      await site.settle();
      const arrived = elsewhere.arrived();
      if (arrived > 0) site.found({ wrong: [`Somebody who is on no list was asked, ${arrived} times.`] });
    } finally {
      await elsewhere.close();
    }
  },
};

/** Hears whoever comes, and says nothing. */
async function listen() {
  let arrived = 0;
  const server = createServer((socket) => {
    arrived++;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    // The application is at 127.0.0.1: the same machine by another name is another host.
    url: `http://localhost:${address.port}/`,
    arrived: () => arrived,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

export const strays: readonly Fault[] = [stray];
