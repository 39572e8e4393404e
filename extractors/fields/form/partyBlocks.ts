import { isPlaceLine } from '../addressWords.ts';
import { hasPostcode, isStreet } from '../blocks.ts';
import { bare } from '../labels.ts';
import { isUnder, type Sheet } from './answers.ts';
import type { Element } from './elements.ts';
import { labelPrefix } from './labelWords.ts';

/** Who is what: a word for a contract's party, and the lines of name and address set close below it. */
export interface PartyBlock {
  readonly role: Element;
  readonly block: readonly Element[];
}

const ROLES: ReadonlySet<string> = new Set(
  `landlord tenant lessor lessee client customer provider contractor seller buyer purchaser employer employee lender borrower
  licensor licensee insured policyholder vermieter vermieterin mieter mieterin auftraggeber auftraggeberin auftragnehmer
  auftragnehmerin verkäufer verkäuferin käufer käuferin arbeitgeber arbeitgeberin arbeitnehmer arbeitnehmerin darlehensgeber
  darlehensnehmer kunde kundin versicherungsnehmer versicherungsnehmerin`
    .split(/\s+/)
    .map(bare),
);
const LEAST_LINES = 2;
const MOST_LINES = 6;
/** In text heights. */
const LINE_SPACE = 0.6;
const SAME_LEFT = 0.8;
/** Of the page's width: what a line of an address has at most. */
const WIDEST = 0.5;

/** Roles alone on their line, each over at least two lines that begin where it does. */
export function findPartyBlocks(sheet: Sheet): PartyBlock[] {
  return sheet.lines.flatMap((line) => {
    const isRoles = line.length > 0 && line.every((role) => isRole(role) && !sheet.taken.has(role));
    const blocks = isRoles ? line.map((role, i) => ({ role, block: blockUnder(sheet, role, line[i + 1]) })) : [];
    return blocks.every(({ block }) => block.length >= LEAST_LINES) ? blocks : [];
  });
}

function isRole({ text, colon }: Element): boolean {
  return !colon && ROLES.has(bare(text));
}

function blockUnder({ lines, layout, taken }: Sheet, role: Element, beside: Element | undefined): Element[] {
  const block: Element[] = [];
  const width = layout.pages.find(({ number }) => number === role.page)?.width ?? 0;
  const right = beside?.x0 ?? role.x0 + WIDEST * width;
  for (const line of lines.slice(role.line.index + 1, role.line.index + 1 + MOST_LINES)) {
    const above = block.at(-1) ?? role;
    const at = line.findIndex(({ x0 }) => Math.abs(x0 - role.x0) < SAME_LEFT * layout.textHeight);
    const next = line[at];
    if (!next || next.kind === 'box' || next.colon || taken.has(next)) break;
    if (!isUnder(above, next, LINE_SPACE * layout.textHeight) || next.x1 > right) break;
    const answer = line[at + 1];
    const isAsked = next.kind === 'question' && answer !== undefined && answer.x0 < right;
    // The first line is the name, of whatever words.
    if (block.length > 0 && (isAsked || isCaption(next) || isSentence(next.text))) break;
    block.push(next);
  }
  return block;
}

/** Made of nothing but words that ask: `Start date`. Some of these name streets and places too: `Market Street`. */
function isCaption({ kind, text, tokens }: Element): boolean {
  return kind === 'question' && tokens.length > 1 && labelPrefix(tokens) === tokens.length && !NAMES_PLACE.test(text);
}

/** Words in small letters tell it from an address, which has few but those between names: `Frankfurt am Main`. */
function isSentence(text: string): boolean {
  const words = text.split(' ');
  const small = words.filter((word) => SMALL.test(word) && !BETWEEN_NAMES.test(word));
  const isAddress = isStreet(text) || hasPostcode(text) || isPlaceLine(text);
  const ends = SMALL.test(words.at(-1)!);
  return /^\p{Lu}/u.test(text) && !isAddress && small.length > 0 && (ends || small.length > 1);
}

const NAMES_PLACE = /(?:stra(?:ß|ss)e|\b(?:street|city|state|county|market|cent(?:er|re)|lot|floor|room))$/i;
const SMALL = /^\p{Ll}{2,}[.,;:!?]?$/u;
const BETWEEN_NAMES =
  /^(?:am|an|and|auf|bei|by|das|de|dem|den|der|des|die|du|im|in|la|le|of|on|ob|the|und|upon|van|vom|von|vor|zu|zum|zur)$/;
