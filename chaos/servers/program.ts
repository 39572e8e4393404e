import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** A server of one's own, on a free port of this machine, that ends with this process at the latest. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

export interface MortalServer extends Server {
  /** As a power cut does: nothing is written, no goodbye to its clients. */
  kill(): Promise<void>;
  /** On the same port and data, after `stop` or `kill`. */
  start(): Promise<void>;
}

export interface Program {
  readonly name: string;
  start(): ChildProcess;
  /** Resolves once it answers; rejects while it does not. */
  ask(): Promise<void>;
  readonly politely: NodeJS.Signals;
  readonly rudely: NodeJS.Signals;
}

export async function startServer(url: string, { name, start, ask, politely, rudely }: Program): Promise<MortalServer> {
  let child: ChildProcess;
  const lastly = () => child.kill('SIGKILL');
  const server: MortalServer = {
    url,
    start: async () => {
      child = start();
      process.once('exit', lastly);
      await untilAnswers(child, name, ask);
    },
    stop: () => end(politely),
    kill: () => end(rudely),
  };
  async function end(signal: NodeJS.Signals): Promise<void> {
    process.off('exit', lastly);
    await stop(child, signal);
  }
  await server.start();
  return server;
}

/** Ends a program, if it has not ended yet. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** Asks until there is an answer; rejects when the program ends before, or after a minute. */
export async function untilAnswers(child: ChildProcess, name: string, ask: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (cause) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not start.`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
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

/** The folder a program lies in, if it is on the path or in one of these. */
export function folderOf(program: string, beside: readonly string[] = []): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...beside];
  return folders.find((folder) => isThere(folder, program));
}

function isThere(folder: string, program: string): boolean {
  try {
    accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Entries of a folder; none when it is not there. */
export function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The ids of a user of this machine. */
export function idsOf(user: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
