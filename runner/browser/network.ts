import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, BrowserContextOptions, LaunchOptions } from 'playwright-core';
import type { App } from '../app.ts';

/** Nobody listens there. */
const NOWHERE = { server: 'http://127.0.0.1:1' };

/**
 * How a bot's browser is started: what does not belong to a window reaches nothing, and calls between browsers (WebRTC),
 * which know no proxy, are not made.
 */
export const SHUT_IN: LaunchOptions = {
  proxy: NOWHERE,
  args: ['--webrtc-ip-handling-policy=disable_non_proxied_udp'],
};

/** Where everything goes that a window may not reach. */
export interface Gate {
  /** Lets a context reach its application's hosts, and sends it here for all others. */
  readonly options: Pick<BrowserContextOptions, 'proxy' | 'serviceWorkers'>;
  close(): void;
}

/**
 * Shuts a window in. Links, redirects, popups, scripts, frames, web sockets, workers: whatever is not the application's
 * comes to this proxy, which answers nothing and tells `refused` the host, each once.
 */
export async function openGate(app: App, address: URL, refused: (host: string) => void): Promise<Gate> {
  const told = new Set<string>();
  const tell = (host: string) => {
    if (told.has(host)) return;
    told.add(host);
    refused(host);
  };
  const server = createServer((request) => {
    tell(hostIn(request.url ?? ''));
    request.socket.destroy();
  }).on('connect', (request, socket) => {
    tell(request.url ?? '');
    socket.destroy();
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy = { server: `http://127.0.0.1:${port}`, bypass: reachable(app, address).join(',') };
  return {
    options: { proxy, serviceWorkers: 'block' },
    close: () => server.close().closeAllConnections(),
  };
}

/** What a window may open: pages that come through the gate, and such as come from nowhere. */
const OPENED = ['http:', 'https:', 'about:', 'blob:', 'data:'];

/**
 * Files of this machine and pages of the browser's own come through no gate. The browser opens none for an application's page,
 * but it would for a bot that follows an address from a paper: that window is closed before anything is shown, and `refused`
 * is told the scheme.
 */
export function keepOffThisMachine(context: BrowserContext, refused: (scheme: string) => void): void {
  context.on('request', (request) => {
    const scheme = URL.parse(request.url())?.protocol ?? 'unknown';
    if (!request.isNavigationRequest() || OPENED.includes(scheme)) return;
    refused(scheme);
    const leave = async () => request.frame().page().close();
    // It may have gone by itself.
    leave().catch(() => {});
  });
}

/** Hosts with their ports: a rule without one would open all of them. */
function reachable({ hosts = [] }: App, { hostname, port, protocol }: URL): readonly string[] {
  const own = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  return [own, ...hosts.map((host) => (/:\d+$/.test(host) ? host : `${host}:443`))];
}

/** The address may carry anything; its host may be logged. */
function hostIn(address: string): string {
  return URL.parse(address)?.host ?? 'unknown';
}
