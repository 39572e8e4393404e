/** What a person's answer says of one field the bot had read. */
export interface TrustLabel {
  /** Medium and kind, as the reading bears it: `ocr/date`. */
  readonly group: string;
  /** How sure the shipped calibration was, 0 to 1. */
  readonly trust: number;
  readonly right: boolean;
  /** What tells labels of one paper from those of others: they are not independent. */
  readonly paper: string;
  /** The paper went to a person whatever was read on it: an unbiased label. Doubt brings the harder papers, which say nothing of the rest. */
  readonly sampled: boolean;
}

/** What was learnt from labels, put over what came with the release. */
export interface TrustLayer {
  readonly version: number;
  /** ISO time. */
  readonly at: string;
  /** Made, read and understood by the extractors. */
  readonly body: unknown;
}

export interface TrustStore {
  /** Every label people's answers gave, the oldest first. */
  labels(): Promise<readonly TrustLabel[]>;
  /** The newest layer that was not taken back. */
  layer(): Promise<TrustLayer | undefined>;
  addLayer(body: unknown): Promise<TrustLayer>;
  /** Takes the newest layer back, so that the one before it counts; false when there is none. */
  takeBack(): Promise<boolean>;
}

/**
 * What is tested apart from the others, so that none pays for another: single fields and whole lists, by medium, and
 * whatever extractors read that are not calibrated here.
 */
export type TrustClass = 'text' | 'ocr' | 'text-list' | 'ocr-list' | 'plugged-in';

/** What an error budget comes to: from where values go through without a person, and what may be said of them. */
export interface BudgetSetting {
  readonly wrongPerThousand: number;
  /** Values at least this sure go through; null where the labels bear out no threshold: everything is for people. */
  readonly least: number | null;
  /** The share of wrong ones among the accepted is at most this, at 95 %; null with `least`. */
  readonly atMost: number | null;
  /** Labels at least that sure, and how many of them are wrong. */
  readonly accepted: number;
  readonly wrong: number;
  /** Accepted labels among all, 0 to 1: what would have gone straight through. */
  readonly share: number;
  readonly labels: number;
}

/** What it comes to for one class. */
export interface TrustSetting extends BudgetSetting {
  readonly of: TrustClass;
  /** Whose labels it was tested on. */
  readonly testedOn: 'public' | 'demo' | 'own';
}

/** How far readings are trusted here, and on what ground. */
export interface TrustReport {
  /** The budget in force. */
  readonly wrongPerThousand: number;
  readonly settings: readonly TrustSetting[];
  /** What other budgets would come to. */
  readonly costs: readonly TrustSetting[];
  /** On public documents the model had not seen: how sure it was, and how many of how many were right. */
  readonly reliability: readonly {
    readonly kind: string;
    readonly points: readonly { readonly said: number; readonly n: number; readonly right: number }[];
  }[];
  /** Labels from people's answers here. */
  readonly own: { readonly labels: number; readonly sampled: number; readonly wrong: number };
  readonly layer: {
    readonly version: number;
    readonly at: string;
    readonly labels: number;
    readonly shifts: readonly {
      readonly group: string;
      readonly by: number;
      readonly n: number;
      readonly wrong: number;
    }[];
  } | null;
}
