import type { Page } from '#core';
import { bare, distanceWithin } from '../fields/labels.ts';
import { layOut } from '../fields/lines.ts';

export const PAPER_TYPES = ['invoice', 'credit-note', 'delivery-note', 'receipt', 'order', 'letter'] as const;
export type PaperType = (typeof PAPER_TYPES)[number];

export interface Classification {
  readonly type: PaperType | 'unknown';
  readonly probability: number;
  /** Every kind with its share, the likeliest first. */
  readonly shares: readonly { readonly type: PaperType; readonly share: number }[];
}

interface Clue {
  readonly pattern: RegExp;
  readonly weight: number;
}

const clue = (pattern: RegExp, weight: number): Clue => ({ pattern, weight });

const CLUES: Readonly<Record<PaperType, readonly Clue[]>> = {
  invoice: [
    clue(
      /rechnungs?(nummer|nr|no|datum|betrag)|invoice(no|number|date|total|#)|taxinvoice|numerodefacture|datedefacture|facturen/g,
      2,
    ),
    clue(/umsatzsteuer|mwst|ustid|vatreg|vatno|\bvat|valueaddedtax|salestax|tva/g, 0.8),
    clue(
      /zahlbar|fallig|duedate|paymentdue|amountdue|balancedue|bankverbindung|\biban|uberweisen|echeance|paymentterms/g,
      0.8,
    ),
    clue(/nettobetrag|subtotal|zwischensumme|totalht|gesamtbetrag|bruttobetrag|grandtotal|zahlbetrag/g, 0.6),
  ],
  'credit-note': [clue(/gutschriftsnr|gutschriftnr|gutschriftsnummer|creditnote(no|number)|rechnungskorrektur/g, 2.5)],
  'delivery-note': [
    clue(/lieferschein(nr|nummer|no)?|deliverynote|packingslip|dispatchnote|warenbegleitschein|packinglist/g, 1.6),
    clue(
      /packstucke|parcels|kolli|cartons|totalquantity|gesamtmenge|warererhalten|goodsreceived|receivedingoodcondition/g,
      1,
    ),
    clue(/lieferdatum|deliverydate|dispatchdate|shipdate|versanddatum|deliverto|shipto|lieferanschrift/g, 0.5),
  ],
  receipt: [
    clue(
      /\bcash|\bchange|tendered|cashier|rounding|thankyou|pleasecomeagain|goodssold|kassenbon|bargeld|\bgst|receiptno/g,
      0.8,
    ),
    clue(/sdnbhd|quittung|bonnr|kasse|tse|pos\b/g, 0.6),
  ],
  order: [clue(/purchaseorder|bestellung|auftragsbestatigung|orderconfirmation|boncommande/g, 0.7)],
  letter: [
    clue(
      /sehrgeehrte|dear(sir|madam|mr|ms|customer|all)|mitfreundlichengrussen|yourssincerely|yoursfaithfully|kindregards/g,
      1.6,
    ),
    clue(/betreff|mitfreundlich|bestregards|einladung|invitation/g, 0.6),
  ],
};

const TITLES: readonly (readonly [PaperType, readonly string[]])[] = [
  [
    'invoice',
    ['invoice', 'taxinvoice', 'rechnung', 'facture', 'warenrechnung', 'handelsrechnung', 'kostenrechnung', 'bill'],
  ],
  ['credit-note', ['creditnote', 'gutschrift', 'avoir', 'rechnungskorrektur', 'stornorechnung']],
  [
    'delivery-note',
    ['deliverynote', 'lieferschein', 'packingslip', 'dispatchnote', 'warenbegleitschein', 'packinglist'],
  ],
  ['receipt', ['receipt', 'cashreceipt', 'quittung', 'kassenbon', 'paymentreceipt', 'cashbill']],
  ['order', ['purchaseorder', 'bestellung', 'auftragsbestatigung', 'orderconfirmation', 'quotation', 'angebot']],
];

/** Below this share of the clues no kind has enough on its side. */
const LEAST_SHARE = 0.55;
const LEAST_WEIGHT = 2.2;

/** What kind of paper this is, or `unknown` where too little speaks for any kind. */
export function classify(pages: readonly Page[]): Classification {
  const layout = layOut(pages.slice(0, 2));
  const texts = layout.lines.map((line) => bare(line.text));
  const weights = PAPER_TYPES.map((type) => ({
    type,
    weight:
      clueWeight(type, texts) +
      titleWeight(
        type,
        layout.lines.flatMap((line) => line.segments),
        layout,
      ),
  }));
  const money = layout.lines.filter((line) => /\d[.,]\d{2}(\s|$|€)/.test(line.text)).length;
  const judged = weights.map(({ type, weight }) => ({
    type,
    weight: needsMoney(type) && money === 0 ? weight / 4 : weight,
  }));
  const sum = judged.reduce((total, { weight }) => total + weight, 0) + 0.5;
  const shares = judged.map(({ type, weight }) => ({ type, share: weight / sum })).sort((a, b) => b.share - a.share);
  const best = shares[0]!;
  const known = best.share >= LEAST_SHARE && best.share * sum >= LEAST_WEIGHT;
  return { type: known ? best.type : 'unknown', probability: known ? best.share : 1 - best.share, shares };
}

function needsMoney(type: PaperType): boolean {
  return type === 'invoice' || type === 'receipt' || type === 'credit-note';
}

/** Each clue counts at most three times, so that a long paper is no surer than a short one. */
function clueWeight(type: PaperType, texts: readonly string[]): number {
  return CLUES[type].reduce((sum, { pattern, weight }) => {
    const hits = texts.reduce((count, text) => count + (text.match(pattern)?.length ?? 0), 0);
    return sum + weight * Math.min(3, hits) ** 0.7;
  }, 0);
}

/** A title stands in large type or alone, near the top of the first page. */
function titleWeight(
  type: PaperType,
  segments: readonly { text: string; page: number; y0: number; y1: number }[],
  layout: ReturnType<typeof layOut>,
): number {
  const words = TITLES.find(([name]) => name === type)?.[1] ?? [];
  const first = layout.pages[0];
  if (!first) return 0;
  let weight = 0;
  for (const segment of segments) {
    if (segment.page !== first.number || segment.y0 > 0.6 * first.height) continue;
    const text = bare(segment.text.replace(/[\d/-]{3,}.*$/, '').replace(/\b(nr|no|number|nummer)\b.*$/i, ''));
    const hit = words.some((word) => text === word || (layout.ocr && word.length > 6 && distanceWithin(text, word, 1)));
    const large = (segment.y1 - segment.y0) / layout.textHeight > 1.25;
    if (hit) weight = Math.max(weight, large ? 5 : 3);
  }
  return weight;
}
