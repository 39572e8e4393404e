import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PRELOADED = fileURLToPath(new URL('../../../extractors/readers/withoutNetwork.ts', import.meta.url));
const run = promisify(execFile);

/** Tries every way out to a server that listens, in the main thread and in one of its own; prints those that got through. */
const TRIES = `
const { isMainThread, Worker } = require('node:worker_threads');
const port = Number(process.env.PORT);
const heard = (emitter, event) => new Promise((resolve, reject) => { emitter.on(event, resolve); emitter.on('error', reject); });
// Whoever gets as far as an answer that there is no such name has asked.
const asked = (ask) => Promise.resolve(require('node:dns')).then(ask).catch((error) => { if (error.code === 'ERR_ACCESS_DENIED') throw error; });
const ways = {
  fetch: () => fetch('http://127.0.0.1:' + port, { signal: AbortSignal.timeout(5000) }),
  socket: () => heard(require('node:net').connect(port, '127.0.0.1'), 'connect'),
  tls: () => heard(require('node:tls').connect(port, '127.0.0.1'), 'secureConnect'),
  http: () => heard(require('node:http').get({ port, host: '127.0.0.1' }), 'response'),
  datagram: () => new Promise((resolve, reject) =>
    require('node:dgram').createSocket('udp4').send('hello', port, '127.0.0.1', (error) => error ? reject(error) : resolve())),
  name: () => require('node:dns').promises.lookup('localhost'),
  record: () => asked((dns) => dns.promises.resolveTxt('nobody.invalid')),
  resolver: () => asked((dns) => new dns.promises.Resolver().resolve4('nobody.invalid')),
  reverse: () => asked((dns) => dns.promises.reverse('127.0.0.1')),
  server: () => heard(require('node:net').createServer().listen(0, '127.0.0.1'), 'listening'),
};
(async () => {
  for (const [name, way] of Object.entries(ways)) {
    const through = await Promise.resolve().then(way).then(() => true, () => false);
    if (through) console.log((isMainThread ? 'main ' : 'thread ') + name);
  }
  if (!isMainThread) process.exit();
  new Worker(process.env.TRIES, { eval: true }).on('exit', () => process.exit());
})();`;

/** Answers as a web server would, so that a request that gets out ends well. */
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => void server.close());

async function waysOut(flags: string[]): Promise<string[]> {
  const env = { ...process.env, PORT: String(port), TRIES };
  const { stdout } = await run(process.execPath, [...flags, '--eval', TRIES], { env });
  return stdout.split('\n').filter((line) => line !== '');
}

it('closes every way out of a process and its threads', async () => {
  expect(await waysOut([`--require=${PRELOADED}`])).toEqual([]);
});

it('has something to close', async () => {
  const open = await waysOut([]);
  for (const way of ['fetch', 'socket', 'http', 'datagram', 'name', 'record', 'resolver', 'reverse', 'server']) {
    expect(open).toEqual(expect.arrayContaining([`main ${way}`, `thread ${way}`]));
  }
});
