import { fromCents, toCents } from '../fields/money.ts';
import type { Candidate, Spotted } from '../fields/nearLabel.ts';

export const AMOUNTS = ['net_total', 'tax_total', 'total', 'amount_due'] as const;
export type AmountName = (typeof AMOUNTS)[number];

export interface AmountCandidates extends Readonly<Record<AmountName, readonly Candidate<string>[]>> {
  /** Prepayments and the like, which lie between the total and what is due. */
  readonly deposits: readonly Candidate<string>[];
  /** Every amount on the paper. */
  readonly all: readonly Spotted<string>[];
  /** What the lines of the table add up to, where each line shows its total. */
  readonly itemsSum: number | null;
}

export type Assignment = Readonly<Record<AmountName, Candidate<string> | null>>;

export interface Solution {
  readonly assignment: Assignment;
  /** Net and tax, each read from the paper, make the total. */
  readonly taxAdds: boolean;
  /** What is due is that total, or the total less a deposit the paper shows. */
  readonly dueAdds: boolean;
  /** The lines add up to the net total (or the total, where lines carry tax). */
  readonly itemsAdd: boolean;
}

const WIDTH = 5;

/** The most likely roles of amounts, taken together: labels speak for each, arithmetic for all. */
export function solveAmounts(candidates: AmountCandidates): Solution {
  const choices = AMOUNTS.map((name) => [...withSums(name, candidates).slice(0, WIDTH), null]);
  const [nets = [], taxes = [], totals = [], dues = []] = choices;
  let best: Assignment = { net_total: null, tax_total: null, total: null, amount_due: null };
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const total of totals) {
    for (const net_total of nets) {
      for (const tax_total of taxes) {
        for (const amount_due of dues) {
          const assignment = { net_total, tax_total, total, amount_due };
          const score = rate(assignment, candidates);
          if (score > bestScore) [best, bestScore] = [assignment, score];
        }
      }
    }
  }
  const filled = fillMissing(withOneSign(best), candidates);
  const sum = taxAdds(filled);
  const dueAdds = sum && isExplained(filled.amount_due ?? filled.total, filled.total, candidates);
  return { assignment: filled, taxAdds: sum, dueAdds, itemsAdd: itemsAdd(filled, candidates.itemsSum) };
}

/** Taxes of several rates stand line by line: their sum is a candidate too. */
function withSums(name: AmountName, candidates: AmountCandidates): readonly Candidate<string>[] {
  const own = candidates[name];
  const rows = own.filter((each, i) => own.findIndex((other) => other.line === each.line) === i);
  if (name !== 'tax_total' || rows.length < 2 || rows.length > 4) return own;
  const value = fromCents(rows.reduce((sum, row) => sum + toCents(row.value), 0));
  const tokens = rows.flatMap((row) => row.tokens);
  return [...own.slice(0, WIDTH - 1), { ...rows[0]!, value, tokens, score: 0.5 * rows[0]!.score }];
}

function rate(assignment: Assignment, candidates: AmountCandidates): number {
  const { itemsSum } = candidates;
  const { net_total: net, tax_total: tax, total, amount_due: due } = assignment;
  let score = AMOUNTS.reduce((sum, name) => sum + (assignment[name]?.score ?? 0), 0);
  if (taxAdds(assignment)) score += toCents(tax!.value) === 0 ? 0.6 : 1.4;
  else if (taxAdds(withOneSign(assignment))) score += 1;
  if (itemsAdd(assignment, itemsSum)) score += 0.4;
  if (net && total && Math.abs(toCents(net.value)) > Math.abs(toCents(total.value))) score -= 1;
  if (tax && total && Math.abs(toCents(tax.value)) >= Math.abs(toCents(total.value))) score -= 1;
  if (total && candidates.total.every(({ value }) => Math.abs(toCents(value)) <= Math.abs(toCents(total.value))))
    score += 0.25;
  if (sameSpot(net, total) || sameSpot(tax, net) || sameSpot(tax, total)) score -= 1;
  if (due && total) score += isExplained(due, total, candidates) ? 0.4 : -0.3;
  return score;
}

/** What is due is the total, or what is left of it after a payment that the paper shows. */
function isExplained(
  due: Candidate<string> | null,
  total: Candidate<string> | null,
  { deposits, all }: AmountCandidates,
): boolean {
  if (!due || !total) return false;
  const gap = Math.abs(toCents(total.value) - toCents(due.value));
  const shows = ({ value }: Spotted<string>) => Math.abs(toCents(value)) === gap;
  return gap === 0 || deposits.some(shows) || (due.score >= 0.5 && all.some(shows));
}

function sameSpot(a: Candidate<string> | null, b: Candidate<string> | null): boolean {
  return a !== null && b !== null && a.tokens[0] === b.tokens[0];
}

function taxAdds({ net_total: net, tax_total: tax, total }: Assignment): boolean {
  if (!net || !tax || !total || sameSpot(net, total)) return false;
  return Math.abs(toCents(net.value) + toCents(tax.value) - toCents(total.value)) <= 1;
}

/** Net, tax and total that add up but for a minus sign: what is given back is given back in all three. */
function withOneSign(found: Assignment): Assignment {
  const { net_total: net, tax_total: tax, total } = found;
  if (!net || !tax || !total || taxAdds(found)) return found;
  const three = [net, tax, total];
  const [a = 0, b = 0, c = 0] = three.map(({ value }) => Math.abs(toCents(value)));
  if (a === 0 || b === 0 || a + b !== c) return found;
  const negative = three.filter(({ value }) => value.startsWith('-')).length >= 2;
  const signed = (each: Candidate<string>) => {
    const bare = each.value.replace('-', '');
    const value = negative ? `-${bare}` : bare;
    return value === each.value ? each : { ...each, value, repaired: true };
  };
  return { ...found, net_total: signed(net), tax_total: signed(tax), total: signed(total) };
}

function itemsAdd({ net_total: net, total }: Assignment, itemsSum: number | null): boolean {
  const whole = net ?? total;
  return itemsSum !== null && whole !== null && itemsSum === toCents(whole.value);
}

/** One of net, tax and total without a label can be what is left, where that amount stands on the paper. */
function fillMissing(found: Assignment, { all }: AmountCandidates): Assignment {
  const { net_total: net, tax_total: tax, total } = found;
  const at = (cents: number): Candidate<string> | null => {
    const spot = all.findLast((each) => toCents(each.value) === cents);
    return spot ? { ...spot, score: 0.3, evidence: ['position'] } : null;
  };
  if (!tax && net && total) return { ...found, tax_total: at(toCents(total.value) - toCents(net.value)) };
  if (!net && tax && total) return { ...found, net_total: at(toCents(total.value) - toCents(tax.value)) };
  if (!total && net && tax) return { ...found, total: at(toCents(net.value) + toCents(tax.value)) };
  return found;
}
