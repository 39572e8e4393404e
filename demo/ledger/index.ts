export { readLedger } from './journal.ts';
export { type LedgerProcess, startLedgerProcess } from './process.ts';
export { startLedger } from './start.ts';
export type {
  GoodsReceipt,
  LedgerCommand,
  LedgerData,
  LedgerOptions,
  LedgerStatus,
  LedgerUser,
  LedgerVendor,
  RunningLedger,
  Voucher,
} from './types.ts';
