import { type WordList, wordList } from '../../fields/spelling.ts';

/** Words by which the lines of a receipt are known for what they are, in the languages of shops we read. */
const RECEIPT_WORDS: WordList = wordList(
  `total totals subtotal grand nett net amount payable due final rounded rounding round adjustment bill sales sale gross
  including inclusive included includes incl excluding exclusive excluded excl before after
  cash change tendered tender paid payment received accepted card visa master mastercard debit credit voucher balance
  discount saving savings service charge charges deposit points member
  invoice receipt simplified cashier table order date time terminal counter description item items quantity price
  telephone phone mobile hotline website email registration company customer salesperson summary code supplies
  jumlah tunai baki bayaran pelarasan penggenapan kecil besar cukai jurujual tarikh masa
  summe gesamt gesamtbetrag zwischensumme gesamtsumme betrag gegeben rückgeld bar kartenzahlung netto brutto mwst steuer
  quittung rechnung beleg kasse datum uhrzeit tisch
  montant espèces rendu facture ticket caisse serveur`.split(/\s+/),
);

/** The line's words in lower case, each put right where an engine spoiled a word that receipts are made of. */
export function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/\p{L}{4,}/gu, (word) => RECEIPT_WORDS.nearest(word) ?? word)
    .replace(/\s+/g, ' ')
    .trim();
}

export function isReceiptWord(word: string): boolean {
  return RECEIPT_WORDS.has(word);
}
