import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/**
 * Loaded before anything else in a reading process and in each of its threads. Nothing a paper brings is run and no
 * library is asked to fetch, but Node 24's permission model has no word for the network: with its sockets and name
 * look-ups gone, a fault in a library reaches nobody either. Compiled add-ons could still open a socket of their own.
 */
class NetworkClosed extends Error {
  override readonly name = 'NetworkClosed';
  readonly code = 'ERR_ACCESS_DENIED';
}

const refuse = (): never => {
  throw new NetworkClosed('A process that reads papers has no network.');
};

net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.Socket.prototype.connect = refuse;
dgram.Socket.prototype.send = refuse;
dgram.Socket.prototype.bind = refuse;
for (const book of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  const asking = Object.getOwnPropertyNames(book).filter((name) => /^(?:lookup|resolve|reverse)/.test(name));
  Object.assign(book, Object.fromEntries(asking.map((name) => [name, refuse])));
}
syncBuiltinESMExports();
