import type { Box } from '#core';
import { boxAround, type Token } from '../../fields/lines.ts';
import { parseMoney, toCents } from '../../fields/money.ts';
import type { Sheet } from '../../fields/sheet.ts';
import type { SecondReading } from '../extractor.ts';
import { type Amount, type AmountLine, looseCents, type Role } from './amountLines.ts';
import type { Question } from './question.ts';
import { proofsOf } from './total.ts';

const TELLING: readonly Role[] = ['total', 'net', 'tax', 'rounding', 'tender', 'change', 'partial'];
const MOST_LINES = 10;

/** The numbers that make the total, read a second time; where the receipt's arithmetic bears them out already, nothing is asked. */
export function amountQuestion(sheet: Sheet, lines: readonly AmountLine[]): Question<readonly AmountLine[]> {
  const wanted = sheet.layout.ocr && !isProven(lines) ? lines.filter(isTelling).slice(-MOST_LINES) : [];
  const right = Math.max(...sheet.layout.lines.map((line) => line.x1));
  return {
    boxes: wanted.map((line) => amountBox(line, right, sheet)),
    settle: (answers) =>
      lines.map((line) => {
        const answer = answers[wanted.indexOf(line)];
        return answer ? withSecond(line, answer) : line;
      }),
  };
}

/** A total shown on its own line that cash and change, rounding or parts make as well. */
function isProven(lines: readonly AmountLine[]): boolean {
  const proofs = proofsOf(lines).filter(({ by }) => by === 'cash' || by === 'rounding' || by === 'parts');
  const totals = lines.filter(({ role }) => role === 'total');
  return totals.some((line) =>
    line.amounts.some(({ cents, plain }) => plain && proofs.some((proof) => proof.cents === cents)),
  );
}

function isTelling({ role, words, amounts }: AmountLine): boolean {
  return TELLING.includes(role) && (amounts.length > 0 || (role !== 'tax' && !/\d{3}|summary|thank/.test(words)));
}

/** From the end of the label to the right edge of the print: where an amount stands, or was not seen. */
function amountBox({ line, amounts }: AmountLine, right: number, { layout }: Sheet): Box {
  const first = amounts.flatMap(({ tokens }) => tokens).toSorted((a, b) => a.x0 - b.x0)[0];
  const own = line.tokens.filter((token) => !first || token.x0 < first.x0);
  const label = own.findLast(({ text }) => /\p{L}{2}/u.test(text)) ?? own.at(-1);
  const tokens: readonly Token[] = line.tokens;
  const box = boxAround(tokens.map(({ word }) => word));
  const x0 = Math.min(
    label ? label.word.x1 + 2 : box.x0,
    (first ?? label ?? line.tokens[0]!).word.x0 + (first ? 0 : layout.textHeight * 99),
  );
  return { ...box, x0, x1: Math.max(box.x1, right) + 0.5 * layout.textHeight };
}

function withSecond(line: AmountLine, { text }: SecondReading): AmountLine {
  const second = centsOf(text);
  if (second === null) return line;
  const seen = line.amounts.some(({ cents }) => cents === second);
  const last = line.amounts.at(-1);
  const amounts = line.amounts.map((amount): Amount => {
    if (amount.cents === second) return { ...amount, agreement: 'agrees' };
    return amount === last ? { ...amount, agreement: 'differs' } : amount;
  });
  const fresh: Amount = last
    ? { cents: second, tokens: last.tokens, plain: false, agreement: 'differs' }
    : { cents: second, tokens: line.line.tokens, plain: false };
  return { ...line, amounts: seen ? amounts : [fresh, ...amounts] };
}

function centsOf(text: string): number | null {
  const words = text.split(/\s+/).filter((word) => /\d/.test(word));
  const plain = parseMoney((words.at(-1) ?? '').replace(/^[^\d-]+|[^\d]+$/g, ''));
  if (plain !== null && /[.,]\d{2}\D*$/.test(words.at(-1) ?? '')) return toCents(plain);
  return looseCents(text);
}
