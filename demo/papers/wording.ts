import type { Seeded } from './seeded.ts';
import type { Language } from './truth.ts';

/** What papers call things. Each seller keeps to one choice of each. */
const ENGLISH = {
  title: ['INVOICE', 'Invoice', 'Tax Invoice'],
  number: ['Invoice No.', 'Invoice #', 'Invoice number', 'Inv. No.', 'Invoice no', 'Document no.'],
  date: ['Invoice date', 'Date', 'Date of issue', 'Invoice Date', 'Issued'],
  due: ['Due date', 'Payment due', 'Please pay by', 'Due', 'Payment due by'],
  order: ['Your order', 'PO number', 'Purchase order', 'Order ref.', 'P.O. No.'],
  delivered: ['Supply date', 'Date of supply', 'Delivered'],
  customer: ['Customer no.', 'Account no.', 'Customer ID', 'Account'],
  billTo: ['Bill to', 'Invoice to', 'Sold to', 'To'],
  page: ['Page'],
  of: ['of'],
  position: ['#', 'Item', 'Line'],
  article: ['Code', 'Item no.', 'SKU', 'Part no.'],
  description: ['Description', 'Details', 'Item description', 'Goods / services'],
  quantity: ['Qty', 'Quantity', 'Units'],
  unit: ['Unit', 'UoM', 'Per'],
  price: ['Unit price', 'Price', 'Rate', 'Price each'],
  discount: ['Disc. %'],
  line: ['Amount', 'Line total', 'Total', 'Net amount'],
  rate: ['VAT %', 'VAT'],
  net: ['Subtotal', 'Net total', 'Total excl. VAT', 'Net amount', 'Goods total'],
  tax: ['VAT', 'VAT @', 'Plus VAT', 'Value added tax'],
  taxTotal: ['VAT total', 'Total VAT', 'Total tax'],
  total: ['Total', 'Total incl. VAT', 'Invoice total', 'Grand total', 'Gross total'],
  deposit: ['Less deposit received', 'Payment received', 'Paid on account'],
  amountDue: ['Amount due', 'Balance due', 'Total due', 'Amount payable'],
  vatId: ['VAT Reg. No.', 'VAT No.', 'VAT ID', 'VAT registration'],
  carried: ['Carried forward'],
  brought: ['Brought forward'],
  note: ['DELIVERY NOTE', 'Delivery Note', 'Packing Slip', 'Dispatch note'],
  noteNumber: ['Delivery note no.', 'Note no.', 'Dispatch no.', 'Delivery no.', 'Packing slip #'],
  noteDate: ['Delivery date', 'Date', 'Date of dispatch', 'Ship date'],
  parcels: ['Parcels', 'No. of parcels', 'Packages', 'Cartons'],
  totalQuantity: ['Total quantity', 'Total units', 'Quantity total'],
  deliverTo: ['Deliver to', 'Ship to', 'Delivery address'],
} as const satisfies Record<string, readonly string[]>;

const GERMAN: Record<keyof typeof ENGLISH, readonly string[]> = {
  title: ['Rechnung', 'RECHNUNG', 'Rechnung'],
  number: ['Rechnungsnummer', 'Rechnung Nr.', 'Rechnungs-Nr.', 'Beleg-Nr.', 'Rechnungsnr.', 'Belegnummer'],
  date: ['Rechnungsdatum', 'Datum', 'Belegdatum', 'Ausstellungsdatum'],
  due: ['Fällig am', 'Zahlbar bis', 'Fälligkeit', 'Fälligkeitsdatum', 'Zahlungsziel'],
  order: ['Ihre Bestellung', 'Bestellnummer', 'Bestell-Nr.', 'Ihre Bestell-Nr.', 'Auftragsnummer'],
  delivered: ['Lieferdatum', 'Leistungsdatum', 'Liefer-/Leistungsdatum'],
  customer: ['Kundennummer', 'Kunden-Nr.', 'Kd.-Nr.'],
  billTo: ['Rechnungsempfänger', 'Rechnung an', 'Kunde'],
  page: ['Seite'],
  of: ['von'],
  position: ['Pos.', 'Pos', 'Nr.'],
  article: ['Art.-Nr.', 'Artikel-Nr.', 'Artikel'],
  description: ['Bezeichnung', 'Beschreibung', 'Leistung', 'Artikelbezeichnung'],
  quantity: ['Menge', 'Anzahl'],
  unit: ['Einheit', 'ME', 'Einh.'],
  price: ['Einzelpreis', 'E-Preis', 'Preis', 'Stückpreis'],
  discount: ['Rabatt %'],
  line: ['Gesamt', 'Betrag', 'Gesamtpreis', 'Summe'],
  rate: ['USt %', 'MwSt.'],
  net: ['Nettobetrag', 'Summe netto', 'Zwischensumme', 'Netto', 'Warenwert netto'],
  tax: ['MwSt.', 'zzgl. MwSt.', 'USt.', 'Umsatzsteuer', 'zzgl. USt.'],
  taxTotal: ['Summe MwSt.', 'Steuerbetrag', 'Umsatzsteuer gesamt'],
  total: ['Gesamtbetrag', 'Rechnungsbetrag', 'Bruttobetrag', 'Summe brutto', 'Endbetrag'],
  deposit: ['abzgl. Anzahlung', 'bereits gezahlt', 'abzügl. Abschlag'],
  amountDue: ['Zahlbetrag', 'Zu zahlen', 'Offener Betrag', 'Restbetrag'],
  vatId: ['USt-IdNr.', 'USt-ID', 'USt.-Id.-Nr.', 'UID-Nr.'],
  carried: ['Übertrag'],
  brought: ['Übertrag von vorheriger Seite'],
  note: ['Lieferschein', 'LIEFERSCHEIN', 'Lieferschein', 'Warenbegleitschein'],
  noteNumber: ['Lieferschein-Nr.', 'Lieferscheinnummer', 'Beleg-Nr.', 'LS-Nr.', 'Lieferschein Nr.'],
  noteDate: ['Lieferdatum', 'Datum', 'Versanddatum', 'Liefertag'],
  parcels: ['Packstücke', 'Anzahl Packstücke', 'Kolli', 'Pakete'],
  totalQuantity: ['Gesamtmenge', 'Menge gesamt', 'Summe Menge'],
  deliverTo: ['Lieferanschrift', 'Lieferadresse', 'Empfänger'],
};

export type Wording = Readonly<Record<keyof typeof ENGLISH, string>>;

/** One choice of each word. Sellers in the United States collect sales tax, not VAT. */
export function chooseWording(language: Language, chance: Seeded, salesTax: boolean): Wording {
  const choices = language === 'de' ? GERMAN : ENGLISH;
  const chosen = Object.fromEntries(
    Object.entries(choices).map(([name, variants]) => [name, chance.pick(variants)]),
  ) as Wording;
  if (!salesTax) return chosen;
  return {
    ...chosen,
    title: 'INVOICE',
    net: 'Subtotal',
    tax: 'Sales tax',
    taxTotal: 'Sales tax',
    total: 'Total',
    rate: 'Tax',
  };
}
