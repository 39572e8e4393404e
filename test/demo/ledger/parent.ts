import { startLedgerProcess } from '../../../demo/ledger/index.ts';

/** A process that starts a ledger, tells its id and waits to be killed. */
const file = process.argv[2]!;
const ledger = await startLedgerProcess({ file, vendors: [], users: [] });
process.send?.({ pid: ledger.pid });
