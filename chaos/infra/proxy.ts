import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** Which bytes vanish on their way. */
type Loss = 'nothing' | 'answers' | 'everything';

/** A wire to a server that can be cut, led to another server, or lose what is sent over it. */
export interface Wire {
  readonly port: number;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  /** How often somebody tried since it was made, while it was cut. */
  refused(): number;
  /** Takes connections again, to this port from now on; those that are open end. */
  leadTo(port: number): void;
  /** From now on the bytes of all connections vanish, and neither end is told; of those open now, for good. */
  swallow(what: 'answers' | 'everything'): void;
  /** Connections that are opened from now on get through again. */
  carry(): void;
  close(): Promise<void>;
}

/** Opens a wire to a port of this machine. */
export async function openWire(port: number): Promise<Wire> {
  const open = new Set<Socket>();
  const lines = new Set<{ loss: Loss }>();
  let target: number | undefined = port;
  let loss: Loss = 'nothing';
  let refused = 0;
  const server = createServer((near) => {
    if (target === undefined) {
      refused++;
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    const line = { loss };
    lines.add(line);
    near.once('close', () => lines.delete(line));
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
    near.pipe(losing(() => line.loss === 'everything')).pipe(far);
    far.pipe(losing(() => line.loss !== 'nothing')).pipe(near);
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
    refused: () => refused,
    leadTo: (other) => {
      target = other;
      endAll();
    },
    swallow: (what) => {
      loss = what;
      for (const line of lines) line.loss = what;
    },
    carry: () => {
      loss = 'nothing';
    },
    close: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}

function losing(isLost: () => boolean): Transform {
  return new Transform({
    transform: (bytes, _encoding, pass) => (isLost() ? pass() : pass(null, bytes)),
  });
}
