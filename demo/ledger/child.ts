import type { ToChild, ToParent } from './process.ts';
import { startLedger } from './start.ts';
import type { RunningLedger } from './types.ts';

/** Entry point of the ledger's own process: started by `startLedgerProcess`, spoken to by messages only. */
let ledger: RunningLedger | undefined;

process.on('message', (message) => void hear(message as ToChild));
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole terminal group; the parent still has work to finish in the application, and ends it itself.
process.on('SIGINT', () => undefined);

async function hear(message: ToChild): Promise<void> {
  const id = message.say === 'tell' ? { id: message.id } : {};
  try {
    if (message.say === 'start') {
      ledger = await startLedger(message.options);
      return say({ say: 'ready', url: ledger.url, port: ledger.port });
    }
    if (!ledger) throw new Error('The ledger is not started.');
    say({ say: 'told', id: message.id, status: await ledger.tell(message.command) });
  } catch (error) {
    say({ say: 'failed', ...id, message: error instanceof Error ? error.message : 'unknown' });
    if (!ledger) process.disconnect();
  }
}

function say(message: ToParent): void {
  process.send?.(message);
}
