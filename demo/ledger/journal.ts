import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fitLatin1 } from './latin1.ts';
import type { GoodsReceipt, LedgerData, LedgerVendor, Memo, Voucher } from './types.ts';

/*
 * One file, a JSON document per line. A line counts when its line feed is there, and is on the disk before the user
 * sees a number: whatever dies, no number that was shown is lost. The last line of vendors is the valid one.
 */
type Line =
  | { readonly type: 'vendors'; readonly vendors: readonly LedgerVendor[] }
  | { readonly type: 'voucher'; readonly voucher: Voucher }
  | { readonly type: 'receipt'; readonly receipt: GoodsReceipt }
  | { readonly type: 'memo'; readonly memo: Memo };

type Unnumbered<T> = Omit<T, 'number'>;

export interface Books {
  readonly data: LedgerData;
  vendor(code: string): LedgerVendor | undefined;
  /** Written and flushed when it returns; throws, with nothing written, when the disk refuses. */
  postVoucher(voucher: Unnumbered<Voucher>): Voucher;
  postReceipt(receipt: Unnumbered<GoodsReceipt>): GoodsReceipt;
  postMemo(memo: Unnumbered<Memo>): Memo;
  close(): void;
}

/** What the application holds, read past it from its file; also while it runs. */
export function readLedger(file: string): LedgerData {
  const vendors: readonly LedgerVendor[] = [];
  const data = { vendors, vouchers: [] as Voucher[], receipts: [] as GoodsReceipt[], memos: [] as Memo[] };
  for (const text of completeText(file).split('\n').filter(Boolean)) {
    const line = JSON.parse(text) as Line;
    if (line.type === 'vendors') data.vendors = line.vendors;
    else if (line.type === 'voucher') data.vouchers.push(line.voucher);
    else if (line.type === 'receipt') data.receipts.push(line.receipt);
    else data.memos.push(line.memo);
  }
  return data;
}

/** Without the torn line that a killed process may leave: nobody was told of it. */
function completeText(file: string): string {
  const text = readFileSync(file, 'utf8');
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** Opens the file, or makes it, with these vendors as its master data. */
export function openBooks(file: string, vendors: readonly LedgerVendor[]): Books {
  const imported = vendors.map(importVendor);
  createWhenAbsent(file, imported);
  const { vouchers, receipts, memos, vendors: known } = readLedger(file);
  const data = { vendors: imported, vouchers: [...vouchers], receipts: [...receipts], memos: [...memos] };
  const journal = openJournal(file);
  if (JSON.stringify(known) !== JSON.stringify(imported)) journal.append({ type: 'vendors', vendors: imported });

  return {
    data,
    vendor: (code) => imported.find((vendor) => vendor.code === code),
    postVoucher(fields) {
      const voucher = { number: numbered('2003-', data.vouchers.length + 1), ...fields };
      journal.append({ type: 'voucher', voucher });
      data.vouchers.push(voucher);
      return voucher;
    },
    postReceipt(fields) {
      const receipt = { number: numbered('GR-', data.receipts.length + 1), ...fields };
      journal.append({ type: 'receipt', receipt });
      data.receipts.push(receipt);
      return receipt;
    },
    postMemo(fields) {
      const memo = { number: numbered('M-', data.memos.length + 1), ...fields };
      journal.append({ type: 'memo', memo });
      data.memos.push(memo);
      return memo;
    },
    close: journal.close,
  };
}

function numbered(prefix: string, number: number): string {
  return prefix + String(number).padStart(6, '0');
}

/** Master data passes through the application's character set like everything else. */
function importVendor(vendor: LedgerVendor): LedgerVendor {
  return {
    code: fitLatin1(vendor.code),
    name: fitLatin1(vendor.name),
    street: fitLatin1(vendor.street),
    city: fitLatin1(vendor.city),
    vatId: fitLatin1(vendor.vatId),
    iban: fitLatin1(vendor.iban),
    currency: fitLatin1(vendor.currency),
    termsDays: vendor.termsDays,
  };
}

function createWhenAbsent(file: string, vendors: readonly LedgerVendor[]): void {
  if (exists(file)) return;
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w');
  writeSync(handle, lineText({ type: 'vendors', vendors }));
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function exists(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function openJournal(file: string) {
  const handle = openSync(file, 'a');
  let size = Buffer.byteLength(completeText(file));
  ftruncateSync(handle, size);
  fsyncSync(handle);
  return {
    append(line: Line): void {
      // A second process on the same file would give out the same numbers.
      if (fstatSync(handle).size !== size) throw new Error('The ledger file was written by somebody else.');
      const bytes = Buffer.from(lineText(line));
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
        fsyncSync(handle);
      } catch (error) {
        ftruncateSync(handle, size);
        throw error;
      }
      size += bytes.length;
    },
    close: () => closeSync(handle),
  };
}

function lineText(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}
