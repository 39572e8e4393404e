import { countAddressWords, isPlaceLine } from '../../fields/addressWords.ts';
import { hasPostcode, isStreet } from '../../fields/blocks.ts';
import { withoutCurrency } from '../../fields/currency.ts';
import { isLabelText } from '../../fields/labels.ts';
import type { Layout, Line, Token } from '../../fields/lines.ts';
import { isLabelledValue } from '../../fields/nameText.ts';
import { hasLegalForm, startsWithTrade } from './names.ts';
import { plainWords } from './words.ts';

/** What a line above the sale tells: who sells, where, how to call or tax them, or what paper this is. */
export type HeadRole = 'name' | 'address' | 'contact' | 'register' | 'title' | 'noise';

export interface HeadLine {
  readonly line: Line;
  readonly role: HeadRole;
  /** The line's words without specks at its edges. */
  readonly tokens: readonly Token[];
  readonly text: string;
  /** Whether a second reading saw the same words; absent where there was none. */
  readonly agreement?: 'agrees' | 'differs';
}

const MOST_LINES = 16;
/** A date or number may stand between name and address; more of them are the sale itself. */
const SALE_BEGINS = 3;

/** Lines from the top to where the sale or its customer begins. */
export function headOf(layout: Layout): HeadLine[] {
  const head: HeadLine[] = [];
  let ofSale = 0;
  for (const line of layout.lines.slice(0, MOST_LINES)) {
    const one = asFirst(headLine(line, layout), head);
    const placed = head.some(({ role }) => role === 'address') || head.filter(({ role }) => role === 'name').length > 2;
    const named = head.some(({ role }) => role === 'name');
    const sale = isOfSale(one) || isPriced(one, layout.lines[line.index + 1]);
    if (placed && (one.role === 'title' || sale)) break;
    if (named && sale) ofSale++;
    if (ofSale === SALE_BEGINS) break;
    head.push(sale ? { ...one, role: 'noise' } : one);
  }
  return head;
}

/** A shop may be called after its place, but no receipt begins with an address. */
function asFirst(one: HeadLine, head: readonly HeadLine[]): HeadLine {
  const named = head.some(({ role }) => role === 'name' || role === 'address');
  return one.role === 'address' && !named && !/\d/.test(one.text) && !ROAD.test(one.text)
    ? { ...one, role: 'name' }
    : one;
}

const SALE =
  /\b(?:cashier|jurujual|kasse|table|tisch|date|datum|tarikh|time|qty|quantity|description|item|price|pax|salesperson|bill to|ship to|customer|order|slip|terminal|pos)\b|\b(?:invoice|receipt|bill|document|doc|trans|inv)\b.{0,4}\b(?:no|number|nr|#)\b|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b/;

function isOfSale({ text }: HeadLine): boolean {
  return SALE.test(plainWords(text)) && !isCoded(text) && !ROAD.test(text);
}

const ENDS_IN_AMOUNT = /(?:^|[\s:])-?\d[\d.,']*[.,]\d{2}\W*[A-Z]?\W*$/;
const AMOUNT_ALONE = /^\W*\d[\d.,']*[.,]\d{2}\W*$/;

/** What looks like a name and has its amount or number behind it, or alone in the line below. */
function isPriced({ role, text }: HeadLine, next: Line | undefined): boolean {
  if (role !== 'name' || hasLegalForm(text)) return false;
  const overAmount = isLabelText(text) && AMOUNT_ALONE.test(withoutCurrency(next?.text ?? ''));
  return overAmount || ENDS_IN_AMOUNT.test(withoutCurrency(text)) || isLabelledValue(text);
}

const CONTACT =
  /\b(?:tel|telp|telephone|phone|fax|mobile|hotline|h\/p|hp|call|email|e-mail|website|customer service)\b|@\p{L}|www|https?:/iu;
const REGISTER =
  /\b(?:gst|sst|vat|ust|uid|mwst|tax)\W{0,3}(?:reg\w*|[i1lt][d0]\w*|no|nr|number)\b|\b(?:co|company|comp)\W{0,3}(?:reg\w*|no)\b|\b(?:reg\w*|registration|roc|ssm|business)\W{0,3}(?:no|number|id)\b|\b(?:steuer|ust)\W?(?:nr|nummer)/;
const NUMBER_ONLY = /^\W*(?:[A-Z]{1,3}\W?)?\d[\d\s-]{4,}(?:\W*[A-Z]{1,2})?\W*$/;
const TITLE =
  /^\W*(?:simplified|full|cash|sales?|official|duplicate|reprint|copy)?\W*(?:tax)?\W*(?:invoice|receipt|bill|sales?|quittung|rechnung|kassenbon|facture|ticket)\W*(?:\/.*)?$/;

const GREETING = /^\W*(?:welcome|selamat datang|thank|terima kasih|willkommen|herzlich|bienvenue)/;

function headLine(line: Line, layout: Layout): HeadLine {
  const tokens = beforeContact(withoutSpecks(line, layout));
  const text = tokens.map((token) => token.text).join(' ');
  return { line, tokens, text, role: roleOf(text, tokens) };
}

/** `43000 Kajang Tel: 03-8736 1234`: where an address goes on with the telephone, it ends there. */
function beforeContact(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    (token, i) => i > 1 && CONTACT.test(`${token.text.toLowerCase()} `) && /\p{L}/u.test(token.text),
  );
  const before = tokens.slice(0, at);
  return at > 1 && isAddressLine(before.map(({ text }) => text).join(' ')) ? before : tokens;
}

function roleOf(text: string, tokens: readonly Token[]): HeadRole {
  const words = plainWords(text);
  if (CONTACT.test(words)) return 'contact';
  if (REGISTER.test(words) && !startsWithName(words)) return 'register';
  if (NUMBER_ONLY.test(text)) return 'register';
  if (TITLE.test(words)) return 'title';
  if (GREETING.test(words)) return 'noise';
  if (isNoise(text, tokens)) return 'noise';
  return isAddressLine(text) ? 'address' : 'name';
}

/** `Name Ltd (Co. No. 4711)`: the name comes first, the number is only its end. */
function startsWithName(words: string): boolean {
  const at = words.search(REGISTER);
  return (words.slice(0, at).match(/\p{L}{3,}/gu) ?? []).length >= 2;
}

const ROAD = /\b(?:jalan|jln|jin|lorong|persiaran|lebuh|lebuhraya|taman|kampung|kampong|street|road|avenue|rue)\b/i;
/** German streets carry their kind at the end of the name and the number behind it. */
const COMPOUND_ROAD = /[\p{L}-](?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ring|damm|ufer)\s+\d/iu;
const UNIT =
  /^\W*(?:lot|no|unit|block|blok|suite|shop|lg|ug|level|tingkat)\b[\W\w]{0,3}\d|^\W*[A-Z]{0,3}[-#]?\d+[A-Z]?(?:[-/]\d+[A-Z]?)*,/i;

/** Whether a line belongs to an address: a street, a postcode, or mostly words addresses are made of. */
function isAddressLine(text: string): boolean {
  if (hasLegalForm(text)) return false;
  const { words, known } = countAddressWords(text);
  if (isCoded(text)) return true;
  if (ROAD.test(text) && known > 1) return !startsWithTrade(text);
  if (COMPOUND_ROAD.test(text) || (isStreet(text) && known > 0)) return true;
  if (/\d/.test(text)) return known > 0 && (known * 2 >= words || (known > 1 && UNIT.test(text)));
  return known > 1 && known * 3 >= words * 2 && isPlaceLine(text) && !startsWithTrade(text);
}

/** A postcode beside a town; the numbers of houses and registers look like short postcodes. */
export function isCoded(text: string): boolean {
  const unnumbered = text.replace(/\b(?:lot|no|unit|p\.?t)\b\W*\d+/gi, ' ');
  if (/(?<![\d([#-])\d{5}(?![\d)-]|\s[A-Z]\b)/.test(unnumbered)) return true;
  return hasPostcode(text) && !isStreet(text) && !/\d{6}/.test(text) && !/\(/.test(text);
}

/** The same line, its words read anew. */
export function withTokens(one: HeadLine, tokens: readonly Token[], layout: Layout): HeadLine {
  const again = headLine({ ...one.line, tokens }, layout);
  return one.role === 'name' && again.role === 'address' ? { ...again, role: 'name' } : again;
}

/** What the second reading of these lines says for or against what they tell. */
export function agreementOf(lines: readonly HeadLine[]): string[] {
  if (lines.some(({ agreement }) => agreement === 'differs')) return ['readings-differ'];
  return lines.every(({ agreement }) => agreement === 'agrees') ? ['two-readings'] : [];
}

const LETTERS = /\p{L}{3}/u;
const UNREADABLE = 0.35;

function isNoise(text: string, tokens: readonly Token[]): boolean {
  const signs = text.replace(/\s/g, '').length;
  const plain = (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
  const sure = tokens.reduce((sum, token) => sum + token.confidence * token.text.length, 0) / Math.max(1, signs);
  return !LETTERS.test(text) || plain < 0.7 * signs || sure < UNREADABLE;
}

/** A piece of a neighbouring line read into this one lies over its words, and is less sure than they. */
function isCovered(token: Token, line: Line): boolean {
  const overlap = (other: Token) => Math.min(token.x1, other.x1) - Math.max(token.x0, other.x0);
  return line.tokens.some(
    (other) => other !== token && other.confidence > token.confidence && overlap(other) > 0.4 * (token.x1 - token.x0),
  );
}

/** Specks and strokes of the paper's edge or a logo stand at the ends of a line, small, strange or unsure. */
function withoutSpecks(line: Line, { textHeight }: Layout): Token[] {
  const isSpeck = ({ text, confidence, y0, y1 }: Token) =>
    !/[\p{L}\p{N}]/u.test(text) ||
    y1 - y0 < 0.35 * textHeight ||
    (/^\W*\p{L}\W*$/u.test(text) && confidence < 0.8) ||
    (text.replace(/[^\p{L}\p{N}]/gu, '').length < 3 && confidence < UNREADABLE);
  const tokens = line.tokens.filter((token) => !isCovered(token, line));
  while (tokens.length > 1 && isSpeck(tokens[0]!)) tokens.shift();
  while (tokens.length > 1 && isSpeck(tokens.at(-1)!)) tokens.pop();
  return tokens;
}
