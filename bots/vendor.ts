import { type Draft, known, type Reading } from '#runner';
import type { Vendor } from './apps/ledger/index.ts';

/** What a paper tells of its sender. */
type Sender = Draft<{ seller: string; seller_vat_id: string }>;

export interface Identified {
  /** The supplier the paper is from, once the master data leaves no doubt. */
  readonly known: Vendor | undefined;
  readonly reading: Reading<string>;
}

/**
 * Which supplier a paper is from. The kind of evidence decides, not a score: a VAT number carries check digits and stands
 * in the master data once; a name must be the master data's own, letter for letter, and stand there once.
 */
export function identifyVendor(paper: Sender, candidates: readonly Vendor[]): Identified {
  const by = (same: (vendor: Vendor) => boolean) => {
    const matches = candidates.filter(same);
    return matches.length === 1 ? matches[0] : undefined;
  };
  const byVatId = by(({ vatId }) => vatId !== '' && vatId === paper.seller_vat_id.value);
  const printed = bare(paper.seller.value ?? '');
  const byName = by(({ name }) => printed !== '' && bare(name) === printed);
  // Two kinds of evidence that name two suppliers are none.
  const vendor = byVatId && byName && byVatId !== byName ? undefined : (byVatId ?? byName);
  return { known: vendor, reading: vendorReading(paper, vendor, candidates) };
}

/** The vendor is never on the paper as such; where no one is surely meant, people pick from those that could be. */
function vendorReading(paper: Sender, vendor: Vendor | undefined, candidates: readonly Vendor[]): Reading<string> {
  const { sources } = paper.seller.value === null ? paper.seller_vat_id : paper.seller;
  if (vendor) return { ...known(vendor.code), sources, evidence: ['master-data'] };
  const alternatives = candidates.map(({ code }) => ({ value: code, probability: 1 / candidates.length }));
  return { value: null, probability: 0, absent: 0, sources, alternatives, evidence: [] };
}

/** An IBAN that the master data has for this supplier was read right; any other stays as doubtful as it was. */
export function agreedIban(iban: Reading<string>, vendor: Vendor | undefined): Reading<string> {
  if (!vendor || iban.value !== vendor.iban) return iban;
  return { ...iban, probability: 1, evidence: [...iban.evidence, 'master-data'] };
}

/** Whether `agreedIban` found it in the master data, so that it needs no second look. */
export function isAgreed(iban: Reading<string | null>): boolean {
  return iban.evidence.includes('master-data');
}

/** What it means that a record lacks its vendor. */
export const unknownVendor = {
  vendor: { code: 'unknown-vendor', message: 'No supplier of the master data is surely meant.' },
};

const bare = (name: string) =>
  name
    .toUpperCase()
    .normalize('NFKD')
    .replace(/[^0-9A-Z]/g, '');
