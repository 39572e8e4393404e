import type { Frame } from 'playwright-core';
import { type LookUp, navigating, outcomes, referencesOf, type Session, type Submitted } from '#runner';
import { type Candidate, cannotTell, mustBeOthers, unlike } from '../otherRecords.ts';
import { details, type Enquiry, found, listed } from './enquiry.ts';

/** Presses Post and reads the application's answer: the green line, red lines, or something we do not know. */
export async function post(form: Frame): Promise<Submitted> {
  await navigating(form, () => form.locator('[name=b1]').click());
  return answer(form);
}

const answer = outcomes([
  { when: 'font[color="#006600"]', says: /^(Voucher|Goods receipt) \S+ posted$/, kind: 'posted' },
  { when: 'font[color="#cc0000"]', says: /^Form recalculated/, kind: 'unwritten' },
  { when: 'font[color="#cc0000"]', says: /^Error!/, kind: 'refused' },
]);

/** A part of a record's key: what it is, its caption on the detail page, and the field of the enquiry that searches by it. */
export interface KeyPart {
  readonly caption: string;
  readonly field: string;
  readonly value: string;
}

export interface Wanted {
  /** Page of the enquiry. */
  readonly path: string;
  /** Caption of the record's own number on the detail page. */
  readonly reference: string;
  readonly key: readonly KeyPart[];
}

/** Looks through everything an enquiry finds for records whose detail page shows exactly this key. */
export async function lookUpExactly(session: Session, { path, reference, key }: Wanted): Promise<LookUp> {
  const enquiry = enquiryBy(path, key);
  const captions = Object.fromEntries([reference, ...key.map(({ caption }) => caption)].map((name) => [name, name]));
  const references = new Set<string>();
  const candidates: Candidate<Enquiry>[] = [];
  let open: Frame | undefined;
  for await (const { page, detail } of found(session, enquiry)) {
    const texts = await details(page, captions);
    const shown = key.map(({ caption }) => texts[caption] ?? '');
    if (!key.every(({ value }, at) => contains(shown[at] ?? '', value))) {
      throw cannotTell('The enquiry found a record that shows something else than it was searched by.');
    }
    const isOurs = key.every(({ value }, at) => shown[at] === value);
    open = isOurs ? page : undefined;
    if (isOurs) references.add(texts[reference] ?? '');
    else candidates.push({ id: detail, by: enquiriesUnlike(path, key, shown) });
  }
  const [only] = references;
  if (only === undefined) {
    await mustBeOthers(candidates, (other) => pathsFound(session, other));
    return { state: 'absent' };
  }
  if (references.size > 1) return { state: 'several', references: [...references] };
  return { state: 'there', reference: only, page: open ?? (await reopen(session, enquiry, reference, only)) };
}

function enquiryBy(path: string, key: readonly KeyPart[]): Enquiry {
  return { path, search: Object.fromEntries(key.map(({ field, value }) => [field, value])) };
}

/** By our key but for one part, in which the record shows another. */
function enquiriesUnlike(path: string, key: readonly KeyPart[], shown: readonly string[]): readonly Enquiry[] {
  const ours = enquiryBy(path, key);
  return key.flatMap(({ field, value }, at) =>
    unlike(value, shown[at] ?? '').map((text) => ({ path, search: { ...ours.search, [field]: text } })),
  );
}

async function pathsFound(session: Session, enquiry: Enquiry): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const { rows } of listed(session, enquiry)) paths.push(...rows.map(({ path }) => path));
  return paths;
}

/** As the enquiries find texts. */
const contains = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

/** Others came after it: this shows the record's own page again. */
async function reopen(session: Session, enquiry: Enquiry, caption: string, reference: string): Promise<Frame> {
  for await (const { page } of found(session, enquiry)) {
    if ((await details(page, { caption })).caption === reference) return page;
  }
  throw cannotTell('A record that the enquiry found a moment ago is gone from it.');
}

/** The application's number for what was found, all of them where there are several; null where there is none. */
export function referenceOf(found: LookUp): string | null {
  return referencesOf(found).join(', ') || null;
}
