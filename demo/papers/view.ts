import type { InvoiceContent, Line, NoteContent } from './content.ts';
import {
  decimal,
  formatAmount,
  formatDate,
  formatMoney,
  formatQuantity,
  formatRate,
  ibanInBlocks,
  vatIdSpaced,
} from './format.ts';
import type { House } from './house.ts';
import type { DeliveryNoteTruth, InvoiceTruth, ReasonForPerson } from './truth.ts';
import type { Buyer, Vendor } from './vendors.ts';
import type { Wording } from './wording.ts';

/** A paper's texts as its seller writes them: a layout only places them. */
export interface View {
  readonly house: House;
  readonly words: Wording;
  readonly seller: Vendor;
  readonly buyer: Buyer;
  readonly number: string | null;
  readonly date: string;
  readonly order: string | null;
  readonly customerNumber: string;
  readonly lines: readonly LineView[];
}

export interface InvoiceView extends View {
  readonly due: string | null;
  readonly deliveredOn: string;
  readonly taxes: readonly { readonly rate: string; readonly net: string; readonly tax: string }[];
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly deposit: string | null;
  /** null where the seller prints no line of its own for it. */
  readonly amountDue: string | null;
  readonly vatId: string | null;
  readonly iban: string | null;
  readonly terms: string;
  /** Said where no tax is charged. */
  readonly taxNotice: string | null;
  /** The sum of the first lines, for carrying over to the next page. */
  carried(lines: number): string;
}

export interface NoteView extends View {
  readonly order: string;
  readonly number: string;
  readonly parcels: string;
  readonly totalQuantity: string;
}

export interface LineView {
  readonly position: string;
  readonly article: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly price: string;
  readonly discount: string;
  readonly total: string;
  readonly rate: string;
}

export function viewInvoice(content: InvoiceContent, house: House): InvoiceView {
  const { vendor } = content;
  const money = (cents: number) => formatMoney(cents, house.amounts, vendor.currency, house.place);
  const showsDue = content.deposit > 0 || house.printsAmountDue;
  return {
    ...viewCommon(content, house),
    due: house.printsDueDate ? formatDate(content.due, house.dates) : null,
    deliveredOn: formatDate(content.deliveredOn, house.dates),
    taxes: content.taxes.map(({ rate, net, tax }) => ({
      rate: `${formatRate(rate, house.amounts)}${vendor.language === 'de' ? ' %' : '%'}`,
      net: money(net),
      tax: money(tax),
    })),
    net: money(content.net),
    tax: money(content.tax),
    total: money(content.total),
    deposit: content.deposit > 0 ? money(-content.deposit) : null,
    amountDue: showsDue ? money(content.amountDue) : null,
    vatId: vendor.vatId ? (house.vatIdSpaced ? vatIdSpaced(vendor.vatId) : vendor.vatId) : null,
    iban: content.iban ? (house.ibanInBlocks ? ibanInBlocks(content.iban) : content.iban) : null,
    terms: termsOf(content, house),
    taxNotice:
      content.tax === 0 ? 'VAT reverse charge: intra-Community supply, Article 138 Directive 2006/112/EC.' : null,
    carried: (lines) => money(content.lines.slice(0, lines).reduce((sum, line) => sum + line.total, 0)),
  };
}

export function viewNote(content: NoteContent, house: House): NoteView {
  return {
    ...viewCommon(content, house),
    order: content.order,
    number: content.number,
    parcels: String(content.parcels),
    totalQuantity: formatQuantity(content.totalQuantity, house.amounts),
  };
}

function viewCommon<T extends InvoiceContent | NoteContent>(content: T, house: House) {
  return {
    house,
    words: house.words,
    seller: content.vendor,
    buyer: content.buyer,
    number: content.number,
    date: formatDate(content.date, house.dates),
    order: content.order,
    customerNumber: content.customerNumber,
    lines: content.lines.map((line, i) => viewLine(line, i, house)),
  };
}

function viewLine(line: Line, index: number, house: House): LineView {
  return {
    position: String(index + 1),
    article: line.article,
    description: line.description,
    unit: line.unit,
    quantity: formatQuantity(line.quantity, house.amounts),
    price: formatAmount(line.price, house.amounts),
    discount: line.discount > 0 ? String(line.discount) : '',
    total: formatAmount(line.total, house.amounts),
    rate: formatRate(line.rate, house.amounts),
  };
}

function termsOf({ vendor, due }: InvoiceContent, house: House): string {
  const days = vendor.termsDays;
  if (vendor.language === 'de') {
    if (house.printsDueDate) return `Bitte überweisen Sie den Betrag bis zum ${formatDate(due, house.dates)}.`;
    return days > 20
      ? `Zahlbar innerhalb von ${days} Tagen netto, bei Zahlung innerhalb von 10 Tagen 2 % Skonto.`
      : `Zahlbar innerhalb von ${days} Tagen ohne Abzug.`;
  }
  if (vendor.country === 'US') return `Terms: Net ${days}. Past due balances are subject to 1.5% interest per month.`;
  return `Our terms are strictly ${days} days from the date of invoice.`;
}

export interface InvoiceVerdict {
  readonly why?: ReasonForPerson;
  readonly duplicateOf?: string;
}

export function truthOfInvoice(content: InvoiceContent, house: House, verdict: InvoiceVerdict): InvoiceTruth {
  const { vendor } = content;
  return {
    type: 'invoice',
    seller: vendor.name,
    vendorCode: verdict.why === 'unknown-vendor' ? null : vendor.code,
    buyer: content.buyer.name,
    invoice_number: content.number,
    invoice_date: content.date,
    due_date: house.printsDueDate ? content.due : null,
    seller_vat_id: vendor.vatId || null,
    iban: content.iban || null,
    currency: vendor.currency,
    net_total: decimal(content.net),
    tax_total: decimal(content.tax),
    total: decimal(content.total),
    amount_due: decimal(content.amountDue),
    order_number: content.order,
    items: content.lines.map((line) => ({
      description: line.description,
      quantity: plainQuantity(line.quantity),
      unit_price: decimal(line.price),
      line_total: decimal(line.total),
    })),
    expected: verdict.why ? 'person' : 'post',
    ...verdict,
  };
}

export function truthOfNote(content: NoteContent): DeliveryNoteTruth {
  return {
    type: 'delivery-note',
    seller: content.vendor.name,
    vendorCode: content.vendor.code,
    delivery_note_number: content.number,
    delivery_date: content.date,
    order_number: content.order,
    parcels: content.parcels,
    total_quantity: plainQuantity(content.totalQuantity),
    items: content.lines.map((line) => ({
      description: line.description,
      quantity: plainQuantity(line.quantity),
    })),
  };
}

function plainQuantity(thousandths: number): string {
  return formatQuantity(thousandths, { group: '', decimal: '.' });
}

/** What of the truth stands on the paper, by field, exactly as printed. */
export function printedInvoice(view: InvoiceView): Readonly<Record<string, string>> {
  const { number, date, due, order, vatId, iban, net, tax, total, amountDue } = view;
  const printed = {
    seller: view.seller.name,
    buyer: view.buyer.name,
    invoice_number: number,
    invoice_date: date,
    due_date: due,
    seller_vat_id: vatId,
    iban,
    net_total: net,
    tax_total: tax,
    total,
    amount_due: amountDue ?? total,
    order_number: order,
  };
  return withoutNulls(printed);
}

export function printedNote(view: NoteView): Readonly<Record<string, string>> {
  return withoutNulls({
    seller: view.seller.name,
    delivery_note_number: view.number,
    delivery_date: view.date,
    order_number: view.order,
    parcels: view.parcels,
    total_quantity: view.totalQuantity,
  });
}

function withoutNulls(record: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, string] => entry[1] !== null));
}
