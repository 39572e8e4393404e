import type { Page, Word } from '#core';

const CHAR = 10;
const HEIGHT = 18;

/** Text placed on a page: left edge, top, and the words; each letter is ten pixels wide. */
export type Placed = readonly [x: number, y: number, text: string];

/** A page of placed texts, as a text layer or as an engine would see it. */
export function pageOf(placed: readonly Placed[], source: Page['source'] = 'text', confidence = 0.96): Page {
  const words = placed.flatMap(([x, y, text]): Word[] =>
    [...text.matchAll(/\S+/g)].map((match) => ({
      text: match[0],
      confidence: source === 'text' ? 1 : confidence,
      page: 1,
      x0: x + match.index * CHAR,
      x1: x + (match.index + match[0].length) * CHAR,
      y0: y,
      y1: y + HEIGHT,
    })),
  );
  return { number: 1, width: 1240, height: 1754, source, rotation: 0, words };
}

/** A page drawn as text in letters of one width, a line of text for each line of print. */
export function drawnPage(text: string, number = 1): Page {
  const placed = text.split('\n').map((line, i): Placed => [40, 100 + 26 * i, line]);
  const page = pageOf(placed);
  return { ...page, number, words: page.words.map((word) => ({ ...word, page: number })) };
}

export const germanInvoice: readonly Placed[] = [
  [80, 60, 'Muster & Söhne GmbH'],
  [80, 240, 'Muster & Söhne GmbH · Ringstraße 7 · 80331 München'],
  [80, 280, 'Nordwind Handel AG'],
  [80, 304, 'Am Hafen 3'],
  [80, 328, '20457 Hamburg'],
  [760, 280, 'Rechnungsnummer'],
  [1000, 280, 'RE-2026-0042'],
  [760, 310, 'Rechnungsdatum'],
  [1000, 310, '03.02.2026'],
  [760, 340, 'Kundennummer'],
  [1000, 340, '77120'],
  [760, 370, 'Fällig am'],
  [1000, 370, '05.03.2026'],
  [760, 400, 'Bestell-Nr.'],
  [1000, 400, 'B-9917'],
  [80, 500, 'Pos.'],
  [160, 500, 'Bezeichnung'],
  [700, 500, 'Menge'],
  [840, 500, 'Einzelpreis'],
  [1080, 500, 'Gesamt'],
  [80, 540, '1'],
  [160, 540, 'Kupferrohr 15 mm'],
  [720, 540, '12'],
  [890, 540, '100,00'],
  [1060, 540, '1.200,00'],
  [80, 570, '2'],
  [160, 570, 'Anfahrt'],
  [730, 570, '1'],
  [900, 570, '50,00'],
  [1090, 570, '50,00'],
  [760, 660, 'Nettobetrag'],
  [1060, 660, '1.250,00'],
  [1150, 660, '€'],
  [760, 690, 'MwSt. 19 %'],
  [1080, 690, '237,50'],
  [1150, 690, '€'],
  [760, 720, 'Rechnungsbetrag'],
  [1060, 720, '1.487,50'],
  [1150, 720, '€'],
  [80, 1600, 'IBAN DE89 3704 0044 0532 0130 00'],
  [80, 1630, 'USt-IdNr. DE811128135'],
];

/** Questions, and nothing filled in. */
export const registrationForm: readonly Placed[] = [
  [400, 60, 'REGISTRATION FORM'],
  [80, 160, 'Name: ________________'],
  [80, 200, 'Date of birth: ____________'],
  [80, 240, 'Address:'],
  [80, 280, 'Telephone: ____________'],
  [80, 320, 'Signature:'],
];

/** Much of it is as on a receipt, but nothing says what was paid. */
export const booking: readonly Placed[] = [
  [300, 60, 'PAYMENT RECEIPT'],
  [80, 160, 'Booking ID'],
  [400, 160, 'IBZY2087'],
  [80, 190, 'Check in'],
  [400, 190, '31 Dec 2017'],
  [80, 220, 'Guest name'],
  [400, 220, 'Mr. Winter'],
  [80, 250, 'Room charges'],
  [400, 250, '1,939.00'],
  [80, 280, 'Total'],
];
