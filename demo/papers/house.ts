import type { AmountStyle, CurrencyPlace, DateStyle } from './format.ts';
import type { Trade } from './goods.ts';
import { type Seeded, seeded } from './seeded.ts';
import type { Vendor } from './vendors.ts';
import { chooseWording, type Wording } from './wording.ts';

export const INVOICE_LAYOUTS = [
  'window',
  'strip',
  'rail',
  'tax-summary',
  'letter',
  'minimal',
  'matrix',
  'form',
  'centred',
  'utility',
  'banner',
  'slip',
  'classic',
] as const;
export type InvoiceLayout = (typeof INVOICE_LAYOUTS)[number];

export const NOTE_LAYOUTS = ['note-window', 'note-form', 'note-matrix', 'note-modern', 'note-centred'] as const;
export type NoteLayout = (typeof NOTE_LAYOUTS)[number];

export type LogoShape = 'rings' | 'hexagon' | 'bars' | 'leaf' | 'mountain' | 'monogram' | 'diamond' | 'drop' | 'arc';
export type FontFamily = 'Helvetica' | 'Times' | 'Courier';

/** How one seller's papers look, always: layout, face, colour, words, and ways to write numbers and dates. */
export interface House {
  readonly trade: Trade;
  readonly layout: InvoiceLayout;
  /** null for sellers who deliver nothing that could be counted. */
  readonly noteLayout: NoteLayout | null;
  readonly font: FontFamily;
  readonly accent: string;
  readonly logo: LogoShape;
  readonly words: Wording;
  readonly amounts: AmountStyle;
  readonly place: CurrencyPlace;
  readonly dates: DateStyle;
  readonly numberPattern: string;
  readonly notePattern: string;
  readonly printsDueDate: boolean;
  readonly printsAmountDue: boolean;
  readonly givesDiscounts: boolean;
  readonly ibanInBlocks: boolean;
  readonly vatIdSpaced: boolean;
  readonly bank: string;
  readonly phone: string;
  readonly domain: string;
}

type Look = readonly [Trade, InvoiceLayout, NoteLayout | null, FontFamily, string, LogoShape];

const LOOKS: Readonly<Record<string, Look>> = {
  '70101': ['buero', 'window', 'note-window', 'Helvetica', '#1d4f91', 'rings'],
  '70102': ['elektro', 'strip', 'note-form', 'Helvetica', '#c8102e', 'hexagon'],
  '70103': ['druck', 'rail', 'note-modern', 'Helvetica', '#2f5d50', 'diamond'],
  '70104': ['feinkost', 'tax-summary', 'note-centred', 'Times', '#7a1f2b', 'monogram'],
  '70105': ['reinigung', 'letter', null, 'Helvetica', '#0b7a75', 'drop'],
  '70106': ['it', 'minimal', 'note-modern', 'Helvetica', '#3a3a8c', 'bars'],
  '70107': ['schrauben', 'matrix', 'note-matrix', 'Courier', '#333333', 'hexagon'],
  '70108': ['spedition', 'form', null, 'Helvetica', '#8a4b08', 'arc'],
  '70109': ['pflanzen', 'centred', 'note-centred', 'Times', '#3f6b2a', 'leaf'],
  '70110': ['energie', 'utility', null, 'Helvetica', '#0067a5', 'drop'],
  '70111': ['maler', 'letter', null, 'Times', '#b5521b', 'bars'],
  '70201': ['getraenke', 'banner', 'note-window', 'Helvetica', '#1f7a8c', 'mountain'],
  '70202': ['stahl', 'window', 'note-form', 'Helvetica', '#4a5560', 'diamond'],
  '70203': ['kaffee', 'centred', 'note-centred', 'Times', '#5b3a21', 'monogram'],
  '70301': ['stationery', 'slip', 'note-window', 'Helvetica', '#5a2a6e', 'monogram'],
  '70302': ['fasteners', 'form', 'note-form', 'Helvetica', '#1b3a5c', 'hexagon'],
  '70303': ['print', 'rail', 'note-modern', 'Times', '#1a1a1a', 'bars'],
  '70304': ['data', 'utility', null, 'Helvetica', '#0047ab', 'rings'],
  '70305': ['catering', 'tax-summary', 'note-centred', 'Helvetica', '#9b5d1e', 'leaf'],
  '70306': ['freight', 'strip', null, 'Times', '#0f4c5c', 'arc'],
  '70401': ['lab', 'minimal', 'note-modern', 'Helvetica', '#00796b', 'drop'],
  '70402': ['stationery', 'slip', 'note-matrix', 'Times', '#14532d', 'rings'],
  '70501': ['packaging', 'banner', 'note-window', 'Helvetica', '#d35400', 'diamond'],
  '70502': ['flowers', 'centred', 'note-centred', 'Helvetica', '#a0316b', 'leaf'],
  '70601': ['tooling', 'classic', 'note-form', 'Helvetica', '#1f2f46', 'hexagon'],
  '70602': ['software', 'banner', null, 'Helvetica', '#2457c5', 'arc'],
  '70603': ['industrial', 'matrix', 'note-matrix', 'Courier', '#2b2b2b', 'bars'],
  '99001': ['beratung', 'window', null, 'Times', '#2d2d5a', 'bars'],
  '99002': ['interiors', 'rail', null, 'Helvetica', '#596157', 'diamond'],
  '99003': ['promo', 'classic', null, 'Helvetica', '#b01657', 'rings'],
};

export function houseOf(vendor: Vendor): House {
  const [trade, layout, noteLayout, font, accent, logo] = LOOKS[vendor.code]!;
  const chance = seeded(`house ${vendor.code}`);
  const words = chooseWording(vendor.language, chance, vendor.country === 'US');
  const habits = writingHabits(vendor, chance);
  return {
    ...{ trade, layout, noteLayout, font, accent, logo },
    words: habits.place === 'none' ? withCurrency(words, vendor.currency) : words,
    ...habits,
    numberPattern: chance.pick(NUMBER_PATTERNS[vendor.language]),
    notePattern: chance.pick(NOTE_PATTERNS[vendor.language]),
    printsDueDate: chance.chance(0.75),
    printsAmountDue: chance.chance(0.4),
    givesDiscounts: layout === 'strip' || layout === 'matrix',
    ibanInBlocks: chance.chance(0.7),
    vatIdSpaced: chance.chance(0.3),
    bank: chance.pick(BANKS[vendor.country]),
    phone: phoneIn(vendor, chance),
    domain: domainOf(vendor),
  };
}

/** Where amounts carry no currency, the words beside them must. */
function withCurrency(words: Wording, currency: string): Wording {
  return { ...words, line: `${words.line} ${currency}`, total: `${words.total} ${currency}` };
}

function writingHabits(vendor: Vendor, chance: Seeded): Pick<House, 'amounts' | 'place' | 'dates'> {
  if (vendor.country === 'US') {
    const dates = chance.pick(['mm/dd/yyyy', 'Month d, yyyy', 'mm/dd/yyyy'] as const);
    return { amounts: { group: ',', decimal: '.' }, place: chance.pick(['before', 'before-spaced']), dates };
  }
  if (vendor.language === 'en') {
    const dates = chance.pick(['dd/mm/yyyy', 'd Month yyyy', 'dd Mon yyyy', 'yyyy-mm-dd'] as const);
    const place = chance.pick(['before', 'before', 'code-before', 'none'] as const);
    return { amounts: { group: ',', decimal: '.' }, place, dates };
  }
  const group = chance.pick(['.', '.', '.', ' '] as const);
  const dates = chance.pick(['dd.mm.yyyy', 'dd.mm.yyyy', 'd.m.yyyy', 'd. Monat yyyy', 'yyyy-mm-dd'] as const);
  return {
    amounts: { group, decimal: ',' },
    place: chance.pick(['after', 'after', 'code-after', 'code-before']),
    dates,
  };
}

/** `y` year, `yy` short year, `mm` month, `n` the running number. */
const NUMBER_PATTERNS = {
  de: ['RE-{y}-{n}', '{y}/{n}', '{n}', 'R{yy}-{n}', 'RG{n}', '{y}-{mm}-{n}', 'AR-{yy}/{n}'],
  en: ['INV-{n}', '{n}', 'SI-{n}', '{yy}/{n}', 'INV{yy}{n}', 'IN-{y}-{n}'],
} as const;

const NOTE_PATTERNS = {
  de: ['LS-{y}-{n}', 'L{n}', '{n}', 'LS{yy}-{n}'],
  en: ['DN-{n}', 'D{n}', '{n}', 'PS-{n}'],
} as const;

export function fillPattern(pattern: string, isoDate: string, running: string): string {
  const parts: Record<string, string> = {
    '{y}': isoDate.slice(0, 4),
    '{yy}': isoDate.slice(2, 4),
    '{mm}': isoDate.slice(5, 7),
    '{n}': running,
  };
  return pattern.replace(/\{\w+\}/g, (part) => parts[part] ?? part);
}

const BANKS = {
  DE: ['Nordmarkbank AG', 'Kreiskasse Eichenhain', 'Handelsbank Altona', 'Volkskasse Mittelland'],
  AT: ['Bankhaus Wildkogel', 'Landeskasse Donau'],
  GB: ['Castlemoor Bank plc', 'Halewood & Co. Bankers'],
  IE: ['Shannonside Bank'],
  NL: ['Waterlandse Bank N.V.'],
  US: ['First Cedar National Bank', 'Ridgeline Trust & Savings'],
} as const;

function phoneIn(vendor: Vendor, chance: Seeded): string {
  switch (vendor.country) {
    case 'DE':
      return `0${chance.int(30, 99)}1 / 55 ${chance.digits(2)} ${chance.digits(2)}-0`;
    case 'AT':
      return `+43 ${chance.int(316, 732)} 55 ${chance.digits(2)} ${chance.digits(2)}`;
    case 'GB':
      return `01632 960${chance.digits(3)}`;
    case 'IE':
      return `+353 1 555 0${chance.digits(3)}`;
    case 'NL':
      return `+31 10 555 0${chance.digits(3)}`;
    case 'US':
      return `(${chance.int(201, 989)}) 555-01${chance.digits(2)}`;
  }
}

const PLAIN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** The reserved domain `.example` keeps mail from reaching anybody. */
function domainOf(vendor: Vendor): string {
  const words =
    vendor.name
      .toLowerCase()
      .replace(/[äöüß]/g, (letter) => PLAIN[letter]!)
      .match(/[a-z]{3,}/g) ?? [];
  return `${words.slice(0, 2).join('-')}.example`;
}
