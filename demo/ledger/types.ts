/** A supplier as the caller's master data has it. */
export interface LedgerVendor {
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly vatId: string;
  readonly iban: string;
  readonly currency: string;
  readonly termsDays: number;
}

export interface LedgerUser {
  readonly user: string;
  readonly password: string;
  /** Asks for a one-time code, too: the key of its codes in hex (SHA-1, six digits, 30 s). */
  readonly codeKey?: string;
}

/** A posted supplier invoice as it is stored: amounts like "1234.50", dates like "2003-05-31". */
export interface Voucher {
  readonly number: string;
  /** The vendor's code. */
  readonly vendor: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly reference: string;
  readonly postedBy: string;
  readonly postedAt: string;
}

/** A posted delivery note as it is stored: the quantity like "1250" or "12.5", without idle zeros. */
export interface GoodsReceipt {
  readonly number: string;
  /** The vendor's code. */
  readonly vendor: string;
  readonly deliveryNote: string;
  readonly deliveryDate: string;
  readonly orderNumber: string;
  readonly parcels: number;
  readonly quantity: string;
  readonly postedBy: string;
  readonly postedAt: string;
}

/** A note about a supplier as it is stored: the follow-up date in ISO form. */
export interface Memo {
  readonly number: string;
  readonly supplier: string;
  readonly topic: string;
  readonly followUp: string;
  readonly text: string;
  /** What came of the file: its name, and how long it is. */
  readonly attachment: string;
  readonly postedBy: string;
  readonly postedAt: string;
}

export interface LedgerData {
  readonly vendors: readonly LedgerVendor[];
  readonly vouchers: readonly Voucher[];
  readonly receipts: readonly GoodsReceipt[];
  readonly memos: readonly Memo[];
}

/**
 * `error`: HTTP 500 · `bad-gateway`: HTTP 502 · `hang`: never an answer · `cut-short`: half of the page, then the connection is
 * closed · `endless`: a file to be downloaded that never ends.
 */
export type Failure = 'error' | 'bad-gateway' | 'hang' | 'cut-short' | 'endless';

export type LoginMethod = 'post' | 'get';

export type Misfiling = 'altered' | 'twice';

/** `renamed`: Net is captioned "Net amount" · `moved`: net and tax change places · `mandatory`: nothing is posted without a cost centre. */
export type Drift = 'renamed' | 'moved' | 'mandatory' | 'none';

/** What a test or the demo may tell the application behind its users' backs. */
export type LedgerCommand =
  /** Every page takes this long from now on; 0 ends it. A posting is written before or after the wait (default: before it). */
  | { readonly do: 'slow'; readonly ms: number; readonly write?: 'before-wait' | 'after-wait' }
  /** A share of the pages (0 to 1), drawn by the seed, takes this long. */
  | { readonly do: 'jitter'; readonly seed: number; readonly share: number; readonly ms: number }
  /** The next pages or postings fail; with HTTP 500 where nothing else is said. */
  | {
      readonly do: 'fail';
      readonly at: 'page' | 'before-write' | 'after-write';
      readonly how?: Failure;
      readonly times?: number;
    }
  /** The next postings are stored with net and total raised by 90.00, or stored twice; the user is told nothing of it. */
  | { readonly do: 'misfile'; readonly how: Misfiling; readonly times?: number }
  /** Ends all sessions: at once, or when the next posting comes, before or after it is written. */
  | { readonly do: 'sign-out'; readonly at: 'now' | 'before-write' | 'after-write' }
  /** Every page is the login, and so is the answer to a login, until told to behave. */
  | { readonly do: 'wall' }
  /** Ends the user's session; the next login asks for a new password and goes no further. */
  | { readonly do: 'expire-password'; readonly user: string }
  /** The vendor invoice comes back from an update with another form; `none` undoes it. */
  | { readonly do: 'drift'; readonly how: Drift }
  /** A tour stands behind each login until it is skipped, and a survey lies over the forms for vouchers and receipts. */
  | { readonly do: 'intrude' }
  /** Opens an account that wrong passwords have locked, or whose password has expired. */
  | { readonly do: 'unlock'; readonly user: string }
  /** Refuses connections, the present ones included; then comes back on the same port. */
  | { readonly do: 'down' }
  | { readonly do: 'up' }
  /** Ends all faults that were told. */
  | { readonly do: 'behave' }
  /** Changes nothing: asks for the status. */
  | { readonly do: 'status' };

export interface LedgerStatus {
  readonly up: boolean;
  /** Requests that reached the application, in all and by path. */
  readonly requests: number;
  readonly hits: Readonly<Record<string, number>>;
  readonly vouchers: number;
  readonly receipts: number;
  readonly signedIn: readonly string[];
  readonly locked: readonly string[];
}

export interface LedgerOptions {
  /** The journal that holds everything: made when absent, continued when there. */
  readonly file: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly vendors: readonly LedgerVendor[];
  readonly users: readonly LedgerUser[];
  /** Told before the first page is served. */
  readonly faults?: readonly LedgerCommand[];
  /** How the login is sent; `post` when absent. By `get` the password travels in the address, and stays in the window's. */
  readonly loginBy?: LoginMethod;
  /** A session ends after so many idle minutes; 20 when absent. */
  readonly idleMinutes?: number;
}

export interface RunningLedger {
  readonly url: string;
  readonly port: number;
  tell(command: LedgerCommand): Promise<LedgerStatus>;
  stop(): Promise<void>;
}
