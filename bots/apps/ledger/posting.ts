import type { Frame } from 'playwright-core';
import { type LookUp, navigating, outcomes, referencesOf, type Session, type Submitted } from '#runner';
import { cannotTell, details, type Enquiry, found } from './enquiry.ts';

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

export interface Wanted {
  readonly enquiry: Enquiry;
  /** Captions on the detail page: of the record's own number, and of what makes it ours. */
  readonly reference: string;
  readonly key: Readonly<Record<string, string>>;
}

/** Looks through everything an enquiry finds for records whose detail page shows exactly this key. */
export async function lookUpExactly(session: Session, { enquiry, reference, key }: Wanted): Promise<LookUp> {
  const captions = Object.fromEntries([reference, ...Object.keys(key)].map((caption) => [caption, caption]));
  const keys = Object.entries(key);
  const ours = (shown: Record<string, string>) => keys.every(([caption, wanted]) => shown[caption] === wanted);
  const references = new Set<string>();
  let open: Frame | undefined;
  for await (const page of found(session, enquiry)) {
    const shown = await details(page, captions);
    if (!keys.every(([caption, wanted]) => contains(shown[caption] ?? '', wanted))) {
      throw cannotTell('The enquiry found a record that shows something else than it was searched by.');
    }
    open = ours(shown) ? page : undefined;
    if (open) references.add(shown[reference] ?? '');
  }
  const [only] = references;
  if (only === undefined) return { state: 'absent' };
  if (references.size > 1) return { state: 'several', references: [...references] };
  return { state: 'there', reference: only, page: open ?? (await reopen(session, enquiry, reference, only)) };
}

/** As the enquiries find texts. */
const contains = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

/** Others came after it: this shows the record's own page again. */
async function reopen(session: Session, enquiry: Enquiry, caption: string, reference: string): Promise<Frame> {
  for await (const page of found(session, enquiry)) {
    if ((await details(page, { caption })).caption === reference) return page;
  }
  throw cannotTell('A record that the enquiry found a moment ago is gone from it.');
}

/** The application's number for what was found, all of them where there are several; null where there is none. */
export function referenceOf(found: LookUp): string | null {
  return referencesOf(found).join(', ') || null;
}
