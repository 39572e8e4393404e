import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openFaults } from './faults.ts';
import { openBooks } from './journal.ts';
import { ledgerServer } from './server.ts';
import { openSessions } from './sessions.ts';
import type { LedgerCommand, LedgerOptions, LedgerStatus, RunningLedger } from './types.ts';

/** Starts the application in this process, on 127.0.0.1 only. `now` is the clock that sessions and postings go by. */
export async function startLedger(options: LedgerOptions & { readonly now?: () => number }): Promise<RunningLedger> {
  const now = options.now ?? Date.now;
  const books = openBooks(options.file, options.vendors);
  const sessions = openSessions(options.users, (options.idleMinutes ?? 20) * 60_000, now);
  const faults = openFaults();
  const hits: Record<string, number> = {};
  const count = (path: string) => {
    hits[path] = (hits[path] ?? 0) + 1;
  };
  const loginBy = options.loginBy ?? 'post';
  const server = ledgerServer({ books, sessions, faults, loginBy, now, count });

  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  let stopping: Promise<void> | undefined;

  async function shut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async function obey(command: LedgerCommand): Promise<void> {
    switch (command.do) {
      case 'slow':
        return faults.slow(command);
      case 'jitter':
        return faults.jitter(command);
      case 'fail':
        return faults.fail(command);
      case 'misfile':
        return faults.misfile(command);
      case 'wall':
        return faults.wall();
      case 'drift':
        return faults.drift(command.how);
      case 'intrude':
        return faults.intrude();
      case 'expire-password':
        return sessions.expirePassword(command.user);
      case 'sign-out':
        return command.at === 'now' ? sessions.signOutAll() : faults.signOutAt(command.at);
      case 'unlock':
        return sessions.unlock(command.user);
      case 'down':
        return shut();
      case 'up':
        if (!server.listening) await listen(port);
        return;
      case 'behave':
        return faults.behave();
      case 'status':
        return;
    }
  }

  const status = (): LedgerStatus => ({
    up: server.listening,
    requests: Object.values(hits).reduce((sum, each) => sum + each, 0),
    hits: { ...hits },
    vouchers: books.data.vouchers.length,
    receipts: books.data.receipts.length,
    signedIn: sessions.signedIn(),
    locked: sessions.locked(),
  });

  const port = await listen(options.port ?? 0);
  for (const command of options.faults ?? []) await obey(command);

  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    async tell(command) {
      if (stopping) throw new Error('The ledger has been stopped.');
      await obey(command);
      return status();
    },
    stop() {
      stopping ??= shut().then(books.close);
      return stopping;
    },
  };
}
