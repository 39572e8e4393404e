import { bare } from '../labels.ts';
import { isUnder, type Sheet } from './answers.ts';
import type { Element } from './elements.ts';

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

/** Roles alone on their line, each over at least two lines that begin where it does. */
export function findPartyBlocks(sheet: Sheet): PartyBlock[] {
  return sheet.lines.flatMap((line) => {
    const isRoles = line.length > 0 && line.every((role) => isRole(role) && !sheet.taken.has(role));
    const blocks = isRoles ? line.map((role) => ({ role, block: blockUnder(sheet, role) })) : [];
    return blocks.every(({ block }) => block.length >= LEAST_LINES) ? blocks : [];
  });
}

function isRole({ text, colon }: Element): boolean {
  return !colon && ROLES.has(bare(text));
}

function blockUnder({ lines, layout, taken }: Sheet, role: Element): Element[] {
  const block: Element[] = [];
  for (const line of lines.slice(role.line.index + 1, role.line.index + 1 + MOST_LINES)) {
    const above = block.at(-1) ?? role;
    const next = line.find(({ x0 }) => Math.abs(x0 - role.x0) < SAME_LEFT * layout.textHeight);
    if (!next || next.kind === 'box' || next.colon || taken.has(next)) break;
    if (!isUnder(above, next, LINE_SPACE * layout.textHeight)) break;
    block.push(next);
  }
  return block;
}
