import { misprintedIban } from './checkDigits.ts';
import { addDays } from './format.ts';
import { type Article, articlesOf } from './goods.ts';
import { fillPattern, type House } from './house.ts';
import type { Seeded } from './seeded.ts';
import type { ReasonForPerson } from './truth.ts';
import { type Buyer, buyers, type Country, type Vendor } from './vendors.ts';

/** What is billed, in whole numbers: money in cents, quantities in thousandths, rates in thousandths of a per cent. */
export interface InvoiceContent {
  readonly vendor: Vendor;
  readonly buyer: Buyer;
  readonly number: string | null;
  readonly date: string;
  readonly due: string;
  readonly deliveredOn: string;
  readonly order: string | null;
  readonly customerNumber: string;
  readonly lines: readonly Line[];
  readonly taxes: readonly TaxSum[];
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly deposit: number;
  readonly amountDue: number;
  readonly iban: string;
}

export interface Line {
  readonly article: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: number;
  readonly price: number;
  /** Per cent off this line. */
  readonly discount: number;
  readonly total: number;
  readonly rate: number;
}

export interface TaxSum {
  readonly rate: number;
  readonly net: number;
  readonly tax: number;
}

export interface NoteContent {
  readonly vendor: Vendor;
  readonly buyer: Buyer;
  readonly number: string;
  readonly date: string;
  readonly order: string;
  readonly customerNumber: string;
  readonly lines: readonly Line[];
  readonly parcels: number;
  readonly totalQuantity: number;
}

/** Standard and reduced rate where the seller sits; sellers of the Netherlands bill across the border without tax. */
const RATES: Readonly<Record<Country, readonly [number, number]>> = {
  DE: [19000, 7000],
  AT: [20000, 10000],
  GB: [20000, 0],
  IE: [23000, 23000],
  NL: [0, 0],
  US: [6625, 6625],
};

/** The papers of one batch are dated over some ten weeks before `today`. */
export function drawInvoice(vendor: Vendor, house: House, today: string, chance: Seeded): InvoiceContent {
  const date = addDays(today, -chance.int(2, 72));
  const lines = drawLines(articlesOf(house.trade), vendor, house, chance);
  const taxes = sumTaxes(lines);
  const net = sum(lines.map((line) => line.total));
  const tax = sum(taxes.map((part) => part.tax));
  const total = net + tax;
  const deposit = total > 50_000 && chance.chance(0.1) ? Math.round(total / 40) * 10 : 0;
  return {
    vendor,
    buyer: buyers[vendor.country],
    number: fillPattern(house.numberPattern, date, String(chance.int(1021, 98_760))),
    date,
    due: addDays(date, vendor.termsDays),
    deliveredOn: addDays(date, -chance.int(0, 6)),
    order: chance.chance(0.8) ? orderNumber(chance) : null,
    customerNumber: customerNumber(vendor),
    ...{ lines, taxes, net, tax, total, deposit, amountDue: total - deposit },
    iban: vendor.iban,
  };
}

export function drawNote(vendor: Vendor, house: House, today: string, chance: Seeded): NoteContent {
  const date = addDays(today, -chance.int(1, 40));
  const lines = drawLines(articlesOf(house.trade).filter(isCountable), vendor, house, chance);
  const totalQuantity = sum(lines.map((line) => line.quantity));
  return {
    vendor,
    buyer: buyers[vendor.country],
    number: fillPattern(house.notePattern, date, String(chance.int(10_210, 98_760))),
    date,
    order: orderNumber(chance),
    customerNumber: customerNumber(vendor),
    lines,
    parcels: chance.int(1, Math.min(24, totalQuantity / 1000, 1 + Math.ceil(totalQuantity / 40_000))),
    totalQuantity,
  };
}

/** Spoils an invoice so that a careful reader would ask a person about it. */
export function spoil(content: InvoiceContent, why: ReasonForPerson, chance: Seeded): InvoiceContent {
  switch (why) {
    case 'sums': {
      const total = content.total + chance.pick([900, 1000, -90, 9000]);
      return { ...content, total, amountDue: total - content.deposit };
    }
    case 'no-invoice-number':
      return { ...content, number: null };
    case 'future-date':
      return { ...content, date: inTenYears(content.date), due: inTenYears(content.due) };
    case 'iban-check-digit':
      return { ...content, iban: misprintedIban(content.iban) };
    case 'unknown-vendor':
    case 'paid-before':
      return content;
  }
}

function inTenYears(iso: string): string {
  return `${Number(iso.slice(0, 4)) + 10}${iso.slice(4)}`.replace('-02-29', '-02-28');
}

function drawLines(articles: readonly Article[], vendor: Vendor, house: House, chance: Seeded): Line[] {
  const [standard, reduced] = RATES[vendor.country];
  const priced = articles.map((article) => {
    return { ...article, price: Math.max(1, Math.round(article.price * chance.between(0.9, 1.12))) };
  });
  const fewest = house.layout === 'utility' ? 4 : chance.chance(0.25) ? 1 : 3;
  const count = chance.chance(0.08)
    ? chance.int(26, 44)
    : chance.int(Math.min(fewest, articles.length), articles.length);
  return Array.from({ length: Math.ceil(count / articles.length) }, () => chance.shuffle(priced))
    .flat()
    .slice(0, count)
    .map((article) => drawLine(article, article.reduced ? reduced : standard, house.givesDiscounts, chance));
}

/** What is carried to the door: pieces that can be counted, no services. */
function isCountable(article: Article): boolean {
  return article.step === 1000 && !['Psch', 'Std', 'Monat', 'Hour', 'HR'].includes(article.unit);
}

function drawLine(article: Article, rate: number, discounted: boolean, chance: Seeded): Line {
  // Small lots are the rule: the square keeps the large ones rare.
  const steps = Math.floor(((article.to - article.from) * 1000) / article.step);
  const quantity = article.from * 1000 + Math.floor(steps * chance.next() ** 2) * article.step;
  const { price } = article;
  const discount = discounted ? chance.pick([0, 0, 0, 5, 10]) : 0;
  const total = Math.round((quantity * price * (100 - discount)) / 100_000);
  const { text: description, unit } = article;
  return { article: articleNumber(article), description, unit, quantity, price, discount, total, rate };
}

/** The same article has the same number on every paper. */
function articleNumber(article: Article): string {
  let code = 17;
  for (const letter of article.text) code = (code * 31 + letter.charCodeAt(0)) % 900_000;
  return String(100_000 + code);
}

function sumTaxes(lines: readonly Line[]): TaxSum[] {
  const rates = [...new Set(lines.map((line) => line.rate))].sort((a, b) => b - a);
  return rates.map((rate) => {
    const net = sum(lines.filter((line) => line.rate === rate).map((line) => line.total));
    return { rate, net, tax: Math.round((net * rate) / 100_000) };
  });
}

function orderNumber(chance: Seeded): string {
  return `${chance.pick(['PO', 'B', '45', 'BT-'])}${chance.digits(1)}${chance.int(1000, 99_999)}`;
}

function customerNumber(vendor: Vendor): string {
  return String(10_000 + ((Number(vendor.code) * 7919) % 90_000));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
