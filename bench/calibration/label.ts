import type { Judged, LabelOrigin } from '#extractors';

/** One field of one paper: what was known of the reading, and whether it was right. */
export interface Label extends Judged {
  readonly origin: LabelOrigin;
  /** As the sets are named: `invoices`, `receipts`, `made`. */
  readonly set: string;
  /** Papers that are alike, of one seller for instance: never split between fitting and measuring. */
  readonly family: string;
  readonly paper: string;
  /** Nothing was found, and the question is whether there is nothing. */
  readonly absent: boolean;
  readonly right: boolean;
  /** The error budget speaks of it: on papers of the demo, what its bots post. */
  readonly posted: boolean;
}
