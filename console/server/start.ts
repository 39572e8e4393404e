import type { AddressInfo } from 'node:net';
import { InvalidInput, type Logger, type Office } from '#core';
import { createApp } from './app.ts';
import { isLoopback } from './hosts.ts';

export interface ConsoleOptions {
  readonly office: Office;
  /** An address of this machine; anything but a loopback address needs a token. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What a person or program must show; nobody is asked where absent. */
  readonly token?: string;
  /** Host names besides its own under which the console is reached, e.g. behind a proxy. */
  readonly names?: readonly string[];
  /** Folder of the built web pages. */
  readonly webRoot: string;
  readonly log: Logger;
}

export interface RunningConsole {
  readonly url: string;
  close(): Promise<void>;
}

const SHORTEST_TOKEN = 16;

/** Serves the HTTP API and the web pages until closed. */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  checkDoor(options);
  const app = await createApp(options);
  await app.listen({ host: options.host, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${nameInUrl(options.host)}:${port}`;
  options.log.info({ port }, 'console is open');
  return { url, close: () => app.close() };
}

function checkDoor({ host, token }: ConsoleOptions): void {
  if (isLoopback(host)) return;
  if (token === undefined) {
    throw new InvalidInput(
      'console-needs-token',
      'token',
      'Set a token before the console listens beyond this machine.',
    );
  }
  if (token.length < SHORTEST_TOKEN) {
    const message = `Take a token of at least ${SHORTEST_TOKEN} characters: the console listens beyond this machine.`;
    throw new InvalidInput('console-token-short', 'token', message);
  }
}

/** An address to open: the wildcard address is no place to go to, this machine is. */
function nameInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
