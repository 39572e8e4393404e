import { drawInvoice, drawNote, type InvoiceContent, spoil } from './content.ts';
import { type Damage, drawPhotoDamage, drawScanDamage } from './damage.ts';
import { drawInvoicePdf, drawNotePdf, type Handling } from './draw/paper.ts';
import { addDays } from './format.ts';
import { houseOf, type InvoiceLayout, type NoteLayout } from './house.ts';
import { type Seeded, seeded } from './seeded.ts';
import {
  type DeliveryNoteTruth,
  type InvoiceTruth,
  type Language,
  type Medium,
  REASONS_FOR_PERSON,
  type ReasonForPerson,
} from './truth.ts';
import { strangers, type Vendor, vendors } from './vendors.ts';
import {
  type InvoiceVerdict,
  printedInvoice,
  printedNote,
  truthOfInvoice,
  truthOfNote,
  viewInvoice,
  viewNote,
} from './view.ts';

export interface BatchOptions {
  readonly seed: string | number;
  /** 48 where absent. */
  readonly count?: number;
  /** Both where absent: three invoices to a delivery note. */
  readonly kinds?: readonly ('invoice' | 'delivery-note')[];
  /** ISO; papers are dated over the ten weeks before it. Fixed where absent, so that a seed alone makes the same bytes. */
  readonly today?: string;
}

/** How a paper was made, for figures per medium, layout and damage. */
export interface How {
  readonly medium: Medium;
  readonly layout: InvoiceLayout | NoteLayout;
  readonly language: Language;
  readonly vendor: string;
  /** null for a digital paper. */
  readonly damage: Damage | null;
  /** By field, what of the truth stands on the paper, exactly as printed. */
  readonly printed: Readonly<Record<string, string>>;
}

/** A paper decided upon but not yet drawn. */
export interface PaperPlan {
  readonly name: string;
  readonly mime: 'application/pdf' | 'image/jpeg';
  readonly truth: InvoiceTruth | DeliveryNoteTruth;
  readonly how: How;
  readonly made: Date;
  readonly received: string;
  readonly chance: Seeded;
  drawPdf(handling?: Handling): Promise<Uint8Array>;
}

const TODAY = '2026-03-16';

/** Decides what papers a batch holds, their truth and damage; nothing is drawn yet. */
export function planBatch(options: BatchOptions): PaperPlan[] {
  const { seed, count = 48, kinds = ['invoice', 'delivery-note'], today = TODAY } = options;
  const chance = seeded(`batch ${seed}`);
  const notes = kinds.includes('invoice') ? (kinds.includes('delivery-note') ? Math.round(count / 4) : 0) : count;
  const invoices = planInvoices(count - notes, today, chance.fork('invoices'));
  const drafts = interleave(invoices, planNotes(notes, today, chance.fork('notes')), chance.fork('order'));
  const media = assignMedia(drafts, chance.fork('media'));
  const names = new Map(drafts.map((draft, i) => [draft, nameOf(draft, media.get(draft)!, i)]));
  return drafts.map((draft, i) => finishPlan(draft, media.get(draft)!, names, chance.fork(`paper ${i}`)));
}

interface Draft {
  readonly vendor: Vendor;
  readonly layout: InvoiceLayout | NoteLayout;
  readonly label: string;
  readonly date: string;
  /** A photograph shows one page: longer papers are scanned. */
  readonly short: boolean;
  /** A second copy of an earlier paper always comes as a scan. */
  readonly copyOf?: Draft;
  readonly printed: Readonly<Record<string, string>>;
  readonly truth: (names: ReadonlyMap<Draft, string>) => InvoiceTruth | DeliveryNoteTruth;
  readonly drawPdf: (made: Date, handling?: Handling) => Promise<Uint8Array>;
}

function planInvoices(count: number, today: string, chance: Seeded): Draft[] {
  const reasons = assignReasons(count, chance.fork('reasons'));
  const taken = new Set<string>();
  const deck = dealer(vendors, chance.fork('vendors'));
  const contents: InvoiceContent[] = [];
  const drafts: Draft[] = [];
  for (let i = 0; i < count; i++) {
    const why = reasons.get(i);
    const own = chance.fork(i);
    const earlier = why === 'paid-before' ? own.pick([...contents.keys()].filter((at) => !reasons.has(at))) : undefined;
    const content = earlier === undefined ? drawNew(why, deck, today, taken, own) : contents[earlier]!;
    contents.push(content);
    drafts.push(invoiceDraft(content, why, earlier === undefined ? undefined : drafts[earlier]));
  }
  return drafts;
}

function drawNew(
  why: ReasonForPerson | undefined,
  deck: () => Vendor,
  today: string,
  taken: Set<string>,
  chance: Seeded,
): InvoiceContent {
  for (let attempt = 0; ; attempt++) {
    const vendor = why === 'unknown-vendor' ? chance.pick(strangers) : deck();
    const content = drawInvoice(vendor, houseOf(vendor), today, chance.fork(attempt));
    const key = `${vendor.code} ${content.number}`;
    if (taken.has(key) || (why === 'iban-check-digit' && !content.iban)) continue;
    taken.add(key);
    return why ? spoil(content, why, chance.fork('spoil')) : content;
  }
}

/** Which papers are for a person, and why: about one in six, each reason once before any comes again. */
function assignReasons(count: number, chance: Seeded): Map<number, ReasonForPerson> {
  const size = Math.round(count / 6);
  const places = chance
    .shuffle([...Array(count).keys()])
    .slice(0, size)
    .sort((a, b) => b - a);
  const rounds = Math.ceil(size / REASONS_FOR_PERSON.length);
  const reasons = Array.from({ length: rounds }, () => chance.shuffle(REASONS_FOR_PERSON))
    .flat()
    .slice(0, size);
  // Copies take the last places: each needs an earlier paper to be a copy of.
  reasons.sort((a, b) => Number(b === 'paid-before') - Number(a === 'paid-before'));
  return new Map(
    places.map((place, i) => [place, reasons[i] === 'paid-before' && place < size ? 'sums' : reasons[i]!]),
  );
}

function invoiceDraft(content: InvoiceContent, why: ReasonForPerson | undefined, copyOf: Draft | undefined): Draft {
  const { vendor } = content;
  const house = houseOf(vendor);
  const view = viewInvoice(content, house);
  return {
    ...{ vendor, layout: house.layout, date: content.date },
    label: content.number ?? 'invoice',
    short: house.layout !== 'utility' && content.lines.length <= 8,
    ...(copyOf && { copyOf }),
    printed: printedInvoice(view),
    truth: (names) => {
      const verdict: InvoiceVerdict = { ...(why && { why }), ...(copyOf && { duplicateOf: names.get(copyOf)! }) };
      return truthOfInvoice(content, house, verdict);
    },
    drawPdf: (made, handling) => drawInvoicePdf(view, made, handling),
  };
}

function planNotes(count: number, today: string, chance: Seeded): Draft[] {
  const deck = dealer(
    vendors.filter((vendor) => houseOf(vendor).noteLayout !== null),
    chance.fork('vendors'),
  );
  return Array.from({ length: count }, (_, i) => {
    const vendor = deck();
    const house = houseOf(vendor);
    const content = drawNote(vendor, house, today, chance.fork(i));
    const view = viewNote(content, house);
    return {
      ...{ vendor, layout: house.noteLayout!, label: content.number, date: content.date },
      short: content.lines.length <= 10,
      printed: printedNote(view),
      truth: () => truthOfNote(content),
      drawPdf: (made, handling) => drawNotePdf(view, made, handling),
    };
  });
}

/** Everybody comes once before anybody comes again. */
function dealer<T>(list: readonly T[], chance: Seeded): () => T {
  let rest: T[] = [];
  return () => {
    if (rest.length === 0) rest = chance.shuffle(list);
    return rest.pop()!;
  };
}

/** Both kinds mixed, each in its own order: a copy stays behind its original. */
function interleave(invoices: readonly Draft[], notes: readonly Draft[], chance: Seeded): Draft[] {
  const kinds = chance.shuffle([...invoices.map(() => 'invoice'), ...notes.map(() => 'note')]);
  const [nextInvoice, nextNote] = [invoices.values(), notes.values()];
  return kinds.map((kind) => (kind === 'invoice' ? nextInvoice : nextNote).next().value!);
}

/** 55 % digital, 30 % scanned, 15 % photographed. */
function assignMedia(drafts: readonly Draft[], chance: Seeded): Map<Draft, Medium> {
  const quota = { photo: Math.round(drafts.length * 0.15), scan: Math.round(drafts.length * 0.3) };
  const media = new Map<Draft, Medium>(drafts.filter((draft) => draft.copyOf).map((draft) => [draft, 'scan']));
  const free = chance.shuffle(drafts.filter((draft) => !draft.copyOf));
  const scans = quota.scan - media.size;
  for (const draft of free.filter((candidate) => candidate.short).slice(0, quota.photo)) media.set(draft, 'photo');
  for (const draft of free.filter((candidate) => !media.has(candidate)).slice(0, Math.max(0, scans)))
    media.set(draft, 'scan');
  for (const draft of drafts) if (!media.has(draft)) media.set(draft, 'digital');
  return media;
}

/** What the file is called where it comes from: the seller's program, the scanner, the telephone. */
function nameOf(draft: Draft, medium: Medium, index: number): string {
  const place = String(index + 1).padStart(3, '0');
  if (medium === 'scan') return `${place}-scan.pdf`;
  if (medium === 'photo') return `${place}-IMG_${2000 + index * 7}.jpg`;
  const seller = houseOf(draft.vendor).domain.split('.')[0];
  return `${place}-${seller}-${draft.label.replaceAll('/', '-')}.pdf`;
}

function finishPlan(draft: Draft, medium: Medium, names: ReadonlyMap<Draft, string>, chance: Seeded): PaperPlan {
  const made = new Date(`${draft.date}T${String(chance.int(7, 17)).padStart(2, '0')}:${chance.int(10, 59)}:00Z`);
  const damage = medium === 'scan' ? drawScanDamage(chance) : medium === 'photo' ? drawPhotoDamage(chance) : null;
  const { vendor, layout, printed } = draft;
  return {
    name: names.get(draft)!,
    mime: medium === 'photo' ? 'image/jpeg' : 'application/pdf',
    truth: draft.truth(names),
    how: { medium, layout, language: vendor.language, vendor: vendor.code, damage, printed },
    made,
    received: addDays(draft.date, chance.int(1, 4)),
    chance,
    drawPdf: (handling) => draft.drawPdf(made, handling),
  };
}
