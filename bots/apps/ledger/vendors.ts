import type { Frame } from 'playwright-core';
import { canHold, defineLookup, navigating, type Session } from '#runner';
import { ledger } from './app.ts';
import { countFound, details, found, search } from './enquiry.ts';

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

/** How many suppliers the master data has. */
export const vendorCount = defineLookup({
  app: ledger,
  name: 'vendor count',
  find: async (session) => countFound(await search(session, { link: 'Vendor list', search: { s1: '', s2: 'All' } })),
});

/** The supplier with this code. */
export const vendorWithCode = defineLookup({
  app: ledger,
  name: 'vendor with code',
  async find(session, code: string): Promise<Vendor | null> {
    const list = await search(session, { link: 'Vendor list', search: { s1: '', s2: 'All' } });
    const row = list.getByRole('link', { name: code, exact: true });
    const next = list.getByText('Next >>');
    while ((await row.count()) === 0) {
      if ((await next.count()) === 0) return null;
      await navigating(list, () => next.click());
    }
    await navigating(list, () => row.click());
    return readVendor(list);
  },
});

async function vendors(session: Session, by: 'VAT number' | 'Name', part: string): Promise<Vendor[]> {
  const all: Vendor[] = [];
  for await (const page of found(session, { link: 'Vendor list', search: { s1: part, s2: by } })) {
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
