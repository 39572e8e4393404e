import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Redis of one's own on a free port, with nothing kept on disk. */
export async function startRedis(folder: string, ...settings: string[]): Promise<Server> {
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...settings];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  process.once('exit', () => server.kill('SIGKILL'));
  await untilAnswers(server, 'Redis', async () => {
    execFileSync('redis-cli', ['-p', String(port), 'ping'], { stdio: 'ignore' });
  });
  return { url: `redis://127.0.0.1:${port}`, stop: () => stop(server, 'SIGTERM') };
}

export async function untilAnswers(server: ChildProcess, name: string, ask: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (cause) {
      if (server.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not start.`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export async function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, 'exit');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
