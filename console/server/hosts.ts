import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(bareName(host));
}

/**
 * The names under which this console answers. A page of a stranger's site whose name was pointed at this machine
 * (DNS rebinding) carries that stranger's name in its Host header and gets nothing.
 */
export function knownHosts(host: string, names: readonly string[]): ReadonlySet<string> {
  const known = new Set(LOOPBACK);
  for (const name of [...names, ...ownNames(host)]) known.add(bareName(name));
  return known;
}

function ownNames(host: string): readonly string[] {
  if (isLoopback(host)) return [];
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return [host, hostname(), ...addresses.map(({ address }) => address)];
}

/** The name in a Host header: without port, without brackets, in lower case. */
export function bareName(host: string): string {
  const withoutPort = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '');
  return (host.split(':').length > 2 && !host.startsWith('[') ? host : withoutPort).toLowerCase();
}
