import type { Token } from './lines.ts';
import type { Found } from './money.ts';

const ID_WORD = /^#?(?=.*\d)[\p{L}\d][\p{L}\d\-/._#&+]*$/u;
const PREFIX = /^[A-ZÄÖÜ]{1,5}[-/.]?$/;
const JOINT = /^[-/–]$/;
const NOT_AN_ID = /^(\d+[.,]\d{2}|\d+%|\d{1,2}[.:]\d{2}(:\d{2})?|www\..*|.*@.*|.*\.(com|de|eu|org|net))$/i;

/** The number as printed, without what stands around it and single-spaced; null where the text carries no digit. */
export function parseIdentifier(text: string): string | null {
  const clean = text
    .replace(/^[#:.,;(\s]+/, '')
    .replace(/[.,;:)\s]+$/, '')
    .replace(/\s+/g, ' ');
  return /\d/.test(clean) && clean.length <= 40 ? clean : null;
}

/** Words of a line that can be numbers of papers, orders, customers. Words in `taken` are known to be something else. */
export function findIdentifiers(tokens: readonly Token[], taken: ReadonlySet<Token>): Found<string>[] {
  const found: Found<string>[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!isIdWord(tokens[i]!, taken)) continue;
    const run = [tokens[i]!];
    const before = tokens[i - 1];
    if (before && PREFIX.test(before.text) && near(before, tokens[i]!, 0.6)) run.unshift(before);
    while (i + 1 < tokens.length && continues(tokens, i, taken)) run.push(tokens[++i]!);
    const value = parseIdentifier(
      run
        .map((token) => token.text)
        .join(' ')
        .replace(/ ?([-/–]) ?/g, '$1'),
    );
    if (value !== null) found.push({ value, tokens: run });
  }
  return found;
}

function isIdWord(token: Token, taken: ReadonlySet<Token>): boolean {
  const text = token.text.replace(/^[#(]+|[.,;:)]+$/g, '');
  return !taken.has(token) && !/^\(\d{1,3}\)/.test(token.text) && ID_WORD.test(text) && !NOT_AN_ID.test(text);
}

/** `2024 / 001`, `RE-2024 0012`: parts set apart by a joint or by less than a word's space. */
function continues(tokens: readonly Token[], i: number, taken: ReadonlySet<Token>): boolean {
  const next = tokens[i + 1]!;
  if (taken.has(next) || /[,;:]$/.test(tokens[i]!.text)) return false;
  if (JOINT.test(next.text)) {
    const after = tokens[i + 2];
    return after !== undefined && isIdWord(after, taken) && near(next, after, 0.6);
  }
  return isIdWord(next, taken) && near(tokens[i]!, next, 0.5);
}

function near(left: Token, right: Token, heights: number): boolean {
  return right.x0 - left.x1 <= heights * Math.max(left.y1 - left.y0, right.y1 - right.y0);
}
