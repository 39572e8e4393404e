import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { createLogger } from '#core';
import { type AppDefinition, defineApp, openSessions } from '#runner';
import { alone } from './memoryAccess.ts';

export type Page = (request: IncomingMessage, response: ServerResponse) => void;

export const html =
  (body: string): Page =>
  (_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>App</title>${body}`);
  };

/** A site of the test's own; it notes who comes to which page. A page it does not know says "Signed in". */
export async function site(
  pages: Readonly<Record<string, Page>>,
  tls?: { readonly key: string; readonly cert: string },
) {
  const visits: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    visits.push(path);
    (pages[path] ?? html('Signed in'))(request, response);
  };
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  server.on('upgrade', (request, socket) => {
    visits.push(request.url ?? '/');
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/`, port, visits };
}

export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ ...options, executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
}

/** An application at a site, which signs in by opening a page. */
export function someApp(changes: Partial<AppDefinition> = {}) {
  return defineApp({
    ...{ name: 'some-app', charset: 'utf-8', settlingSeconds: 0, patienceSeconds: 10 },
    signIn: async (page, { url }) => {
      await page.goto(`${url}sign-in`);
    },
    signedOut: async (page) => (await page.getByText('Signed out').count()) > 0,
    ...changes,
  });
}

type Options = Parameters<typeof openSessions>[0];

/** Sessions with an account at the site, and what they log. */
export function sessionsAt(
  url: string,
  options: Partial<Options> & Pick<Options, 'launch'>,
  login = { user: 'bot', password: 'secret-password' },
) {
  const lines: string[] = [];
  const log = createLogger('info', new Writable({ write: (line, _, done) => done(void lines.push(String(line))) }));
  const accounts = async () => [{ name: 'main', url, ...login }];
  return { sessions: openSessions({ accounts, ...alone(), log, ...options }), log: () => lines.join('') };
}
