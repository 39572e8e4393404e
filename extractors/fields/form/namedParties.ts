import type { Line, Token } from '../lines.ts';
import type { Sheet } from './answers.ts';

/** A party of a contract and what the contract calls it: `A. Berg, Leeds (the "Tenant")`. */
export interface NamedParty {
  readonly role: readonly Token[];
  readonly party: readonly Token[];
}

const QUOTED = /^[(\-–—]*[“”„"«»‚‘’'](.*)/u;
const END_OF_QUOTE = /[“”"«»‘’'][),.;:\-–—]*$/u;
const BEFORE_NAME = /^(?:\(|[-–—]?(?:nachfolgend|nachstehend|im|hereinafter|hereafter|referred)$|[-–—]$)/iu;
const OPENS_PARTIES = /^(?:between|zwischen|entre|by)[:,]?$/i;
const JOINS_PARTIES = /^(?:and|und|et)$/i;
const POINTS = /^(?:this|these|diese[rsn]?)$/i;
const ARTICLE = /^(?:der|die|das|dem|den|the)$/i;
const MOST_WORDS_TO_NAME = 6;
const MOST_ROLE_WORDS = 3;
const MOST_PARTY_WORDS = 40;
const MOST_PARTY_LINES = 5;
const LINE_SPACE = 1.2;

/** Who a contract gives a name in quotation marks, in brackets or dashes behind the party. The first time counts. */
export function findParties({ layout }: Sheet): NamedParty[] {
  const named = new Map<string, NamedParty>();
  for (const line of layout.lines) {
    for (const { from, role } of rolesIn(line.tokens)) {
      const party = partyBefore(layout.lines, line, from, layout.textHeight);
      const name = role.map(({ text }) => bareName(text)).join(' ');
      if (isParty(party) && !named.has(name)) named.set(name, { role, party });
    }
  }
  return [...named.values()];
}

/** A name without its quotation marks and brackets. */
export function bareName(text: string): string {
  return text.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '');
}

interface Role {
  /** Where the brackets or dashes around it begin. */
  readonly from: number;
  readonly role: readonly Token[];
}

function rolesIn(tokens: readonly Token[]): Role[] {
  return tokens.flatMap((token, at): Role[] => {
    if (!QUOTED.test(token.text)) return [];
    const length = tokens.slice(at, at + MOST_ROLE_WORDS).findIndex(({ text }) => END_OF_QUOTE.test(text)) + 1;
    const other = tokens.slice(0, at).findLastIndex(({ text }) => END_OF_QUOTE.test(text));
    const before = tokens.slice(Math.max(other + 1, at - MOST_WORDS_TO_NAME), at + 1);
    const opens = before.findIndex(({ text }) => BEFORE_NAME.test(text));
    const role = tokens.slice(at, at + length);
    const isNamed = role.length > 0 && /^\p{Lu}/u.test(bareName(role[0]!.text));
    return isNamed && opens >= 0 ? [{ from: at + 1 - before.length + opens, role }] : [];
  });
}

/** What stands before the name, back to the start of its paragraph or to the word that opens or joins the parties. */
function partyBefore(lines: readonly Line[], line: Line, from: number, height: number): Token[] {
  let party = partyEnd(line.tokens.slice(0, from));
  let first = line;
  const isWhole = () => party.length > 0 && first.tokens[0] !== party[0];
  for (let i = 1; i <= MOST_PARTY_LINES && !isWhole(); i++) {
    const above = lines[line.index - i];
    const near = above && above.page === line.page && first.y0 - above.y1 < LINE_SPACE * height;
    if (!near || (party.length > 0 && first.y0 - above.y1 > 0.5 * height)) break;
    const more = partyEnd(above.tokens);
    if (more.length === 0) break;
    party = [...more, ...party];
    first = above;
    if (more.length < above.tokens.length) break;
  }
  const start = party.findIndex(({ text }) => !ARTICLE.test(text));
  return party.slice(Math.max(0, start));
}

/** Words after the last one that opens or joins parties, or ends another's name. */
function partyEnd(tokens: readonly Token[]): Token[] {
  const at = tokens.findLastIndex(({ text }, i) => {
    const joins = JOINS_PARTIES.test(text) && (i === 0 || /[)–—-],?$/.test(tokens[i - 1]!.text));
    return joins || OPENS_PARTIES.test(text) || /[)”“"][,;]?$/.test(text);
  });
  return tokens.slice(at + 1);
}

/** A sentence may name things too: `the flat described below ("Premises")`. */
function isParty(party: readonly Token[]): boolean {
  const words = party.map(({ text }) => text).filter((text) => /\p{L}/u.test(text));
  const small = words.filter((text) => /^\p{Ll}/u.test(text));
  const opens = words[0] !== undefined && /^\p{Lu}/u.test(words[0]) && !POINTS.test(words[0]);
  return opens && party.length <= MOST_PARTY_WORDS && words.length >= 2 && small.length <= words.length / 2;
}
