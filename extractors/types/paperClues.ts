import type { Page } from '#core';
import { bare, distanceWithin, findLabels } from '../fields/labels.ts';
import { type Layout, layOut } from '../fields/lines.ts';
import { VOCABULARY } from '../fields/vocabulary.ts';

/** Words that speak for a kind of paper, on bare text: English, German, French. */
const WORDS: Readonly<Record<string, RegExp>> = {
  invoiceNumber: /rechnungs?(nummer|nr|no|datum|betrag)|invoice(no|number|date|total|#)|numerodefacture|datedefacture/g,
  tax: /umsatzsteuer|mwst|ustid|vatreg|vatno|\bvat|valueaddedtax|salestax|tva/g,
  payment:
    /zahlbar|fallig|duedate|paymentdue|amountdue|balancedue|bankverbindung|\biban|uberweis|echeance|paymentterms/g,
  sums: /nettobetrag|subtotal|zwischensumme|totalht|gesamtbetrag|bruttobetrag|grandtotal|zahlbetrag/g,
  credit:
    /gutschrift|creditnote|creditmemo|rechnungskorrektur|korrekturrechnung|stornorechnung|\bavoir|not[ae]d[ei]credit|[ck]reditnota/g,
  delivery: /lieferschein|deliverynote|packingslip|dispatchnote|warenbegleitschein|packinglist|bondelivraison/g,
  parcels:
    /packstuck|parcels|kolli|cartons|totalquantity|gesamtmenge|warererhalten|goodsreceived|receivedingood|colis/g,
  till: /\bcash|\bchange|tendered|cashier|rounding|thankyou|comeagain|kassenbon|bargeld|receiptno|\bqty|gegeben/g,
  shop: /sdnbhd|quittung|bonnr|\bkasse|\btse\b|\bpos\b|visa|mastercard|gstid|gstreg|ecwert/g,
  order:
    /purchaseorder|bestellung|orderconfirmation|auftragsbestatigung|boncommande|bestellnr|pleasesupply|bittelieferni?e/g,
  greeting: /sehrgeehrte|\bdear[a-z]|madamemonsieur|monsieur|guten ?tag|toalldepartments/g,
  farewell: /mitfreundlich|yourssincerely|yoursfaithfully|kindregards|bestregards|cordialement|salutations|sincerely/g,
  airtime:
    /advertiser|flight|spots?\b|spotsweek|broadcast|airdate|station|grossamount|agencycommission|demographic|makegood/g,
  political: /political|candidate|senate|governor|congress|president|election|ballot/g,
  form: /pleaseprint|signature|unterschrift|dateofbirth|geburtsdatum|checkone|ankreuzen|applicant|antrag|completed?by|formno/g,
  agreement: /agreement|hereby|shall|whereas|herein|vertrag|vereinbarung|contrat|parties|pursuant/g,
  pay: /payslip|grosspay|netpay|salary|lohn|gehalt|bruttolohn|bulletindepaie|employee/g,
  statement: /balancesheet|bilanz|accountstatement|kontoauszug|assets|liabilities|equity|relevedecompte/g,
};

const TITLES = {
  invoice: [
    'invoice',
    'taxinvoice',
    'rechnung',
    'facture',
    'warenrechnung',
    'handelsrechnung',
    'kostenrechnung',
    'bill',
  ],
  credit: [
    'creditnote',
    'creditmemo',
    'gutschrift',
    'gutschriftsanzeige',
    'rechnungsgutschrift',
    'rechnungskorrektur',
    'korrekturrechnung',
    'stornorechnung',
    'rechnungsstorno',
    'avoir',
    'facturedavoir',
    'notedecredit',
    'notadicredito',
    'notadecredito',
    'creditnota',
    'kreditnota',
  ],
  delivery: ['deliverynote', 'lieferschein', 'packingslip', 'dispatchnote', 'warenbegleitschein', 'packinglist'],
  receipt: ['receipt', 'cashreceipt', 'quittung', 'kassenbon', 'paymentreceipt', 'cashbill', 'cashsales'],
  order: [
    'purchaseorder',
    'bestellung',
    'auftragsbestatigung',
    'orderconfirmation',
    'quotation',
    'angebot',
    'boncommande',
  ],
  airtime: ['contract', 'order', 'officialbillinginvoice', 'contractagreementbetween'],
} as const;

/** What tells kinds of paper apart, by name; counts are dampened and shares lie between 0 and 1. Looks at two pages. */
export function paperClues(pages: readonly Page[]): Record<string, number> {
  const layout = layOut(pages.slice(0, 2));
  const texts = layout.lines.map((line) => bare(line.text));
  return {
    ...Object.fromEntries(
      Object.entries(WORDS).map(([name, words]) => [`word:${name}`, damped(countOf(words, texts))]),
    ),
    ...Object.fromEntries(
      Object.entries(TITLES).map(([name, words]) => [`title:${name}`, titlesOf(words, layout)[0]?.size ?? 0]),
    ),
    ...labelClues(layout),
    ...lookOf(layout, pages.length),
  };
}

/** A long paper is not surer than a short one: the fourth hit says little more than the third. */
function damped(count: number): number {
  return Math.min(1.5, Math.log1p(count) / Math.log(4));
}

function countOf(words: RegExp, texts: readonly string[]): number {
  return texts.reduce((count, text) => count + (text.match(words)?.length ?? 0), 0);
}

function labelClues(layout: Layout): Record<string, number> {
  const labels = findLabels(layout);
  const count = (name: string) => labels.filter(({ names }) => (names as readonly string[]).includes(name)).length;
  return Object.fromEntries(Object.keys(VOCABULARY).map((name) => [`label:${name}`, damped(count(name))]));
}

/** A title goes on with its number: `Invoice No. 4711`, `Avoir AV-2017-0005`, `Gutschrift n° 12`. */
const NUMBER_BEHIND = /\s*(?:\b(?:nr|no|number|nummer|num[ée]ro)\b|\bn\s?[°º]|(?<=\s)\S*\d|#|[\d/-]{3}).*$/iu;

interface Title {
  /** 1, or 1.5 in large type. */
  readonly size: number;
  readonly y0: number;
}

/** Titles that stand alone in the upper part of the first page, the largest first, and of equals the upper one. */
function titlesOf(words: readonly string[], { pages, lines, textHeight, ocr }: Layout): Title[] {
  const first = pages[0];
  if (!first) return [];
  const isTitle = (text: string) => {
    const own = bare(text.replace(NUMBER_BEHIND, ''));
    return words.some((word) => own === word || (ocr && word.length > 6 && distanceWithin(own, word, 1)));
  };
  return lines
    .flatMap((line) => line.segments)
    .filter(({ page, y0, text }) => page === first.number && y0 <= 0.6 * first.height && isTitle(text))
    .map(({ y0, y1 }) => ({ size: (y1 - y0) / textHeight > 1.25 ? 1.5 : 1, y0 }))
    .sort((a, b) => b.size - a.size || a.y0 - b.y0);
}

/**
 * Whether a paper's first title is a credit note's. One that says invoice beside it, no larger and further down, is the
 * number of the invoice that is credited; a credit note named further down is a line of an invoice.
 */
export function isTitledCredit(pages: readonly Page[]): boolean {
  const layout = layOut(pages.slice(0, 2));
  const [credit] = titlesOf(TITLES.credit, layout);
  const [invoice] = titlesOf(TITLES.invoice, layout);
  if (!credit || !invoice) return credit !== undefined;
  return credit.size > invoice.size || (credit.size === invoice.size && credit.y0 < invoice.y0);
}

function lookOf({ lines, pages }: Layout, count: number): Record<string, number> {
  const share = (test: (text: string) => boolean) =>
    lines.filter(({ text }) => test(text)).length / Math.max(1, lines.length);
  const words = lines.reduce((sum, line) => sum + line.tokens.length, 0);
  const first = pages[0];
  return {
    'look:amounts': share((text) => /\d[.,]\d{2}(?:\D|$)/.test(text)),
    'look:digits': share((text) => /\d/.test(text)),
    'look:prose': share((text) => /^(?:\P{N}*\s){9}/u.test(text)),
    'look:colons': share((text) => /:(?:\s|$)/.test(text)),
    'look:blanks': share((text) => /_{3}|\.{5}|[□☐☑✓]/.test(text)),
    'look:columns': lines.filter(({ segments }) => segments.length >= 4).length / Math.max(1, lines.length),
    'look:empty': words < 15 ? 1 : 0,
    'look:long': words > 700 ? 1 : 0,
    'look:pages': Math.min(1, (count - 1) / 4),
    'look:narrow': first && first.width < 0.62 * first.height ? 1 : 0,
  };
}
