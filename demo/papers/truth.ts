/** What stands on a paper, as a careful person would read it. Amounts are decimal strings, dates ISO, absent is null. */
export interface InvoiceTruth {
  readonly type: 'invoice';
  readonly seller: string;
  /** The seller's code in the master data, null for a stranger. */
  readonly vendorCode: string | null;
  readonly buyer: string;
  readonly invoice_number: string | null;
  readonly invoice_date: string;
  /** null where the paper gives only terms, or nothing. */
  readonly due_date: string | null;
  readonly seller_vat_id: string | null;
  readonly iban: string | null;
  readonly currency: Currency;
  readonly net_total: string;
  readonly tax_total: string;
  readonly total: string;
  readonly amount_due: string;
  readonly order_number: string | null;
  readonly items: readonly InvoiceItem[];
  /** Whether a good bot posts it alone or must ask a person. */
  readonly expected: 'post' | 'person';
  readonly why?: ReasonForPerson;
  /** With `paid-before`: the name of the earlier paper of the batch. */
  readonly duplicateOf?: string;
}

export interface InvoiceItem {
  readonly description: string;
  readonly quantity: string;
  readonly unit_price: string;
  readonly line_total: string;
}

export const REASONS_FOR_PERSON = [
  'unknown-vendor',
  'sums',
  'paid-before',
  'iban-check-digit',
  'no-invoice-number',
  'future-date',
] as const;
export type ReasonForPerson = (typeof REASONS_FOR_PERSON)[number];

export interface DeliveryNoteTruth {
  readonly type: 'delivery-note';
  readonly seller: string;
  readonly vendorCode: string;
  readonly delivery_note_number: string;
  readonly delivery_date: string;
  readonly order_number: string;
  readonly parcels: number;
  readonly total_quantity: string;
  readonly items: readonly { readonly description: string; readonly quantity: string }[];
}

/** Something that must not be worked as an invoice or delivery note. */
export interface JunkTruth {
  readonly type: 'junk';
  readonly what: 'letter' | 'advert' | 'empty' | 'truncated' | 'encrypted' | 'not-a-document' | 'too-many-pages';
  /** `refused` at the door, or `rejected` by a person, before whom it comes once it was read. */
  readonly answer: 'refused' | 'rejected';
}

export type Currency = 'EUR' | 'GBP' | 'USD';
export type Language = 'de' | 'en';
export type Medium = 'digital' | 'scan' | 'photo';
