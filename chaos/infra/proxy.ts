import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire to a server that can be cut and led to another server. */
export interface Wire {
  readonly port: number;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  /** Takes connections again, to this port from now on; those that are open end. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Opens a wire to a port of this machine. */
export async function openWire(port: number): Promise<Wire> {
  const open = new Set<Socket>();
  let target: number | undefined = port;
  const server = createServer((near) => {
    if (target === undefined) return near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(end);
      end.on('error', () => other.destroy());
      end.once('close', () => {
        open.delete(end);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const endAll = () => {
    for (const socket of open) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    cut: () => {
      target = undefined;
      endAll();
    },
    leadTo: (other) => {
      target = other;
      endAll();
    },
    close: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}
