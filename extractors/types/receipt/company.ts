import type { Layout, Token } from '../../fields/lines.ts';
import type { Candidate } from '../../fields/nearLabel.ts';
import { agreementOf, type HeadLine } from './head.ts';
import { hasLegalForm, hasTrade, isTailOfName, withLegalForm } from './names.ts';

const OWNER = /^\W*(?:own(?:ed)?|managed|operated|licensed|run)\s+(?:and\s+\w+\s+)?by\W+|^\W*licensee\W+(?:of\W+)?/i;

/** What is set in brackets behind the legal form: a number, a former name, whom they work for. */
const AFTER_FORM = /(\b(?:bhd|berhad|s\/b|gmbh|ltd|limited|inc|llc|plt)\b\.?)\s*[({[].*$/i;
/** A register's number behind the name, with or without its label. */
const NUMBER_BEHIND = /[\s({[]+(?:(?:co|ca|company|reg|roc|gst|no)\W*)*[A-Z]{0,3}\d{4,}[\d\s-]*\W*[A-Z]?\W*$/i;

/** Who sells: the legal name in the head, else its first prominent line; a name over two lines is put together. */
export function findCompanies(head: readonly HeadLine[], layout: Layout): Candidate<string>[] {
  const start = head.findIndex(({ role }) => role === 'address');
  const above = head.slice(0, start < 0 ? head.length : start);
  const names = (above.some(({ role }) => role === 'name') ? above : head).filter(({ role }) => role === 'name');
  return names
    .slice(0, 6)
    .map((part, i) => candidate(part, i, names, layout))
    .filter(
      ({ value, tokens }) =>
        /\p{L}{2}/u.test(value) && (sure(tokens) > GUESSED || hasLegalForm(value) || hasTrade(value)),
    )
    .sort((a, b) => b.score - a.score);
}

/** Below this, and without a word that names have, an engine guessed at a logo. */
const GUESSED = 0.5;

function candidate(part: HeadLine, i: number, names: readonly HeadLine[], layout: Layout): Candidate<string> {
  const before = names[i - 1];
  const after = names[i + 1];
  let lines = [part];
  if (before && isTailOfName(part.text) && isNextTo(before, part)) lines = [before, part];
  else if (after && isTailOfName(after.text) && isNextTo(part, after)) lines = [part, after];
  const tokens = lines.flatMap((line) => line.tokens);
  const value = properName(tokens);
  const size = Math.min(2, (part.line.y1 - part.line.y0) / layout.textHeight);
  const legal = hasLegalForm(value);
  const score =
    Math.max(0.1, 0.5 - 0.1 * i) +
    (legal ? 0.45 : hasTrade(value) ? 0.3 : 0) +
    0.1 * size -
    (sure(tokens) < 0.5 ? 0.2 : 0) -
    (value.length < 6 ? 0.2 : 0);
  return {
    value,
    tokens,
    line: part.line,
    score,
    evidence: [legal ? 'legal-form' : 'position', ...agreementOf(lines)],
  };
}

function isNextTo(above: HeadLine, below: HeadLine): boolean {
  const height = above.line.y1 - above.line.y0;
  return below.line.index - above.line.index === 1 && below.line.y0 - above.line.y1 < 1.2 * height;
}

/** The name as people would call it: no register number beside it, nobody's "own by" before it, its legal form put right. */
function properName(tokens: readonly Token[]): string {
  return withLegalForm(tokens.map((token) => token.text).join(' '))
    .replace(OWNER, '')
    .replace(/\bS\/[BR8]\b/, 'S/B')
    .replace(AFTER_FORM, '$1')
    .replace(NUMBER_BEHIND, '')
    .replace(/^[^\p{L}\p{N}]+|[\s,;:|_-]+$/gu, '');
}

function sure(tokens: readonly Token[]): number {
  const signs = tokens.reduce((sum, { text }) => sum + text.length, 0);
  return tokens.reduce((sum, { text, confidence }) => sum + confidence * text.length, 0) / Math.max(1, signs);
}
