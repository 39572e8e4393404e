export { type LedgerFault, ledgerFaults } from './faultList.ts';
export { readLedger } from './journal.ts';
export { type LedgerProcess, startLedgerProcess } from './process.ts';
export { startLedger } from './start.ts';
export type {
  Drift,
  Failure,
  GoodsReceipt,
  LedgerCommand,
  LedgerData,
  LedgerOptions,
  LedgerStatus,
  LedgerUser,
  LedgerVendor,
  LoginMethod,
  Misfiling,
  RunningLedger,
  Voucher,
} from './types.ts';
