import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as pass } from 'node:timers/promises';
import { z } from 'zod';
import type { Written } from './history.ts';

const written = z.object({ key: z.string(), values: z.record(z.string(), z.string().nullable()) });

/**
 * An application without pages: it takes whatever is posted, the same thing as often as it comes, and tells what it has
 * by its key. For work in volume, which a browser would be too slow for.
 */
export interface PostOffice {
  readonly url: string;
  /** From now on it keeps whoever posts waiting for an answer, up to so many seconds after it took the letter. */
  dawdle(seconds: number): void;
  written(): readonly Written[];
  close(): Promise<void>;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

export async function startPostOffice(): Promise<PostOffice> {
  const all: Written[] = [];
  let longest = 0;
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      all.push(written.parse(await json(request)));
      // Evenly spread, whatever came before.
      await pass(1000 * longest * ((all.length * GOLDEN) % 1));
    }
    const key = new URL(request.url ?? '/', 'http://localhost').searchParams.get('key');
    // A worker that slept would find a connection it kept closed.
    response.setHeader('connection', 'close');
    response.end(JSON.stringify(all.filter((one) => one.key === key)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    dawdle: (seconds) => {
      longest = seconds;
    },
    written: () => all,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Everything there by that key. */
export async function askPostOffice(url: string, key: string, signal: AbortSignal): Promise<readonly Written[]> {
  const answer = await fetch(`${url}?key=${encodeURIComponent(key)}`, { signal });
  return z.array(written).parse(await answer.json());
}

export async function tellPostOffice(url: string, one: Written, signal: AbortSignal): Promise<void> {
  await fetch(url, { method: 'POST', body: JSON.stringify(one), signal });
}
