import type { Frame } from 'playwright-core';
import { canHold, defineLookup, type Session } from '#runner';
import { ledger, openPage } from './app.ts';
import { details, type Enquiry, found, listed } from './enquiry.ts';

/** A supplier in the master data. */
export interface Vendor {
  readonly code: string;
  readonly name: string;
  /** Without spaces; empty where the master data has none. */
  readonly vatId: string;
  readonly iban: string;
  readonly termsDays: number;
  readonly currency: string;
}

/** Suppliers that could be meant: those with this VAT number, else those whose name has this in it. */
export const vendorsLike = defineLookup({
  app: ledger,
  name: 'vendors like',
  async find(session, query: { readonly vatId: string | null; readonly name: string | null }): Promise<Vendor[]> {
    const byVatId = query.vatId ? await vendors(session, 'VAT number', query.vatId) : [];
    if (byVatId.length > 0) return byVatId;
    const word = query.name && longestWord(query.name);
    return word ? vendors(session, 'Name', word) : [];
  },
});

const enquiry = (by: 'VAT number' | 'Name' | 'All', part: string): Enquiry => ({
  path: '/enq_vendors.asp',
  search: { s1: part, s2: by },
});

/** How many suppliers the master data has. */
export const vendorCount = defineLookup({
  app: ledger,
  name: 'vendor count',
  async find(session) {
    for await (const { total } of listed(session, enquiry('All', ''))) return total;
    return 0;
  },
});

/** The supplier with this code. */
export const vendorWithCode = defineLookup({
  app: ledger,
  name: 'vendor with code',
  async find(session, code: string): Promise<Vendor | null> {
    for await (const { rows } of listed(session, enquiry('All', ''))) {
      const row = rows.find(({ text }) => text === code);
      if (row) return readVendor(await openPage(session, row.path));
    }
    return null;
  },
});

async function vendors(session: Session, by: 'VAT number' | 'Name', part: string): Promise<Vendor[]> {
  const all: Vendor[] = [];
  for await (const { page } of found(session, enquiry(by, part))) {
    all.push(await readVendor(page));
  }
  return all;
}

async function readVendor(page: Frame): Promise<Vendor> {
  const captions = { code: 'Code', name: 'Name', vatId: 'VAT no.', iban: 'IBAN', terms: 'Terms', currency: 'Currency' };
  const { terms, ...vendor } = await details(page, captions);
  return {
    ...vendor,
    vatId: vendor.vatId.replaceAll(' ', ''),
    iban: vendor.iban.replaceAll(' ', ''),
    termsDays: Number.parseInt(terms, 10),
  };
}

/** The most telling part of a name: legal forms and articles are short. Letters the application cannot hold would find nothing. */
function longestWord(name: string): string | undefined {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3 && canHold(ledger, word));
  return words.toSorted((a, b) => b.length - a.length)[0];
}
