import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { endConnections, takeAllConnections } from '../../chaos/infra/damage.ts';
import { freshDatabase, type PostgresServer, startPostgres } from '../../chaos/servers/index.ts';
import { openOffice } from '../support/infra.ts';

let server: PostgresServer;
beforeAll(async () => {
  // Kept through a power cut, and small enough to run out of connections.
  server = await startPostgres(await mkdtemp(join(tmpdir(), 'rekey-postgres-')), { max_connections: '60' });
});
afterAll(() => server.stop());

const officeOn = async (url: string) => openOffice({ kind: 'postgres', url }, 'store');
const officeWithRedis = async (url: string) =>
  openOffice({ kind: 'postgres', url }, { kind: 'redis', url: inject('redisUrl') });

it.each([
  ['restarted', 'PostgreSQL', () => server.stop(), officeOn],
  ['killed', 'PostgreSQL', () => server.kill(), officeOn],
  ['killed', 'Redis', () => server.kill(), officeWithRedis],
])(
  'works every task once, though PostgreSQL is %s in the middle of it, dispatch on %s',
  async (_name, _on, end, openOn) => {
    const office = await openOn(await freshDatabase(server.url));
    await office.submit(60);
    await office.untilWritten(10);
    await end();
    await server.start();
    await office.submit(5);
    await office.untilDone(65);
  },
);

it.each([
  ['PostgreSQL', officeOn],
  ['Redis', officeWithRedis],
])(
  'works every task once, though its connections are ended in mid-transaction again and again, dispatch on %s',
  async (_on, openOn) => {
    const url = await freshDatabase(server.url);
    const office = await openOn(url);
    await office.submit(80);
    for (const lines of [10, 25, 40]) {
      await office.untilWritten(lines);
      expect(await endConnections(url)).toBeGreaterThan(0);
    }
    await office.untilDone(80);
  },
);

it('works every task once, though for a while the server has no connection left', async () => {
  const url = await freshDatabase(server.url);
  const office = await officeOn(url);
  await office.submit(40);
  await office.untilWritten(5);
  const holder = await freshDatabase(server.url);
  let giveBack: () => Promise<void> = async () => undefined;
  for (let ended = 0; ended === 0; ) {
    ended = await endConnections(url);
    giveBack = await takeAllConnections(holder);
  }
  await giveBack();
  await office.untilDone(40);
});
