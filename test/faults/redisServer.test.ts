import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cutTail, fill, KEPT_IN_FILE, makeRoom } from '../../chaos/infra/damage.ts';
import { openWire, type Wire } from '../../chaos/infra/proxy.ts';
import { startRedis } from '../../chaos/servers/index.ts';
import { openOffice } from '../support/infra.ts';
import { freshDatabase } from '../support/stores.ts';

async function ownRedis(...settings: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-redis-'));
  const server = await startRedis(folder, ...settings);
  onTestFinished(() => server.stop());
  return { server, folder };
}

async function wireTo(url: string): Promise<Wire> {
  const wire = await openWire(Number(new URL(url).port));
  onTestFinished(() => wire.close());
  return wire;
}

async function officeOn(url: string) {
  return openOffice({ kind: 'postgres', url: await freshDatabase() }, { kind: 'redis', url });
}

it('works every task once, though Redis is killed and comes back without the end of its file', async () => {
  const { server, folder } = await ownRedis(...KEPT_IN_FILE);
  const office = await officeOn(server.url);
  await office.submit(200);
  await office.untilWritten(20);
  expect(await cutTail(server, folder, 64 * 1024)).toBeGreaterThan(0);
  await office.submit(10);
  await office.untilDone(210);
});

it('takes tasks on while Redis is full, and works each once when there is room again', async () => {
  const { server } = await ownRedis();
  const office = await officeOn(server.url);
  await fill(server.url);
  await office.submit(60);
  expect((await office.store.tasks.counts(office.bot.name)).rejected).toBe(0);
  await makeRoom(server.url);
  await office.untilDone(60);
});

it('works every task once, though another Redis with older tickets takes over and the first one lives on', async () => {
  const [{ server: first }, { server: second }] = [await ownRedis(), await ownRedis()];
  const wire = await wireTo(first.url);
  const office = await officeOn(`redis://127.0.0.1:${wire.port}`);
  await office.submit(100);
  await office.untilWritten(20);
  wire.leadTo(Number(new URL(second.url).port));
  await office.submit(20);
  await office.untilWritten(60);
  wire.leadTo(Number(new URL(first.url).port));
  await office.untilDone(120);
});

it('takes tasks on while Redis cannot be reached, and works each once afterwards', async () => {
  const { server } = await ownRedis();
  const wire = await wireTo(server.url);
  const office = await officeOn(`redis://127.0.0.1:${wire.port}`);
  await office.submit(50);
  await office.untilWritten(5);
  wire.cut();
  await office.submit(50);
  await office.untilWritten(50);
  wire.leadTo(Number(new URL(server.url).port));
  await office.untilDone(100);
});
