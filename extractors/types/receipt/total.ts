import { fromCents } from '../../fields/money.ts';
import type { Candidate } from '../../fields/nearLabel.ts';
import type { Amount, AmountLine } from './amountLines.ts';

/** One way in which a receipt's numbers make its total. */
export interface Proof {
  readonly cents: number;
  readonly by: 'cash' | 'exact' | 'tax' | 'rounding' | 'parts' | 'goods';
  /** The lines whose numbers were taken: two proofs of other lines are independent. */
  readonly lines: readonly AmountLine[];
}

/** What was paid, the likeliest first: labels speak for each amount, the receipt's own arithmetic for all. */
export function findTotals(lines: readonly AmountLine[]): Candidate<string>[] {
  const proofs = proofsOf(lines);
  const printed = lines.flatMap((line) => candidatesOf(line, lines, proofs));
  const computed = computedTotals(lines, proofs, printed);
  return [...printed, ...computed].sort((a, b) => b.score - a.score);
}

const LABEL_WEIGHT = 0.75;
const PROOF_WEIGHT: Readonly<Record<Proof['by'], number>> = {
  cash: 0.45,
  exact: 0.25,
  tax: 0.3,
  rounding: 0.4,
  parts: 0.35,
  goods: 0.3,
};
/** Without a total's label, an amount of another role may still be the total. */
const OTHER_ROLE: Partial<Record<AmountLine['role'], number>> = {
  net: 0.3,
  tender: 0.25,
  count: 0.2,
  goods: 0.1,
  partial: 0.1,
};

function candidatesOf(line: AmountLine, lines: readonly AmountLine[], proofs: readonly Proof[]): Candidate<string>[] {
  const base = line.role === 'total' ? LABEL_WEIGHT * line.rank : (OTHER_ROLE[line.role] ?? 0);
  if (base === 0) return [];
  const last = line.amounts.at(-1);
  return line.amounts.flatMap((amount): Candidate<string>[] => {
    if (amount.cents === 0 || (amount.cents < 0 && line.role !== 'total')) return [];
    const own = proofs.filter(
      (proof) => proof.cents === amount.cents && (proof.by === 'exact' || !isCircular(proof, line)),
    );
    const repeats = countRepeats(amount, line, lines);
    const misread = own.length > 0 && line.role !== 'total' ? misreadLabel(amount.cents, lines) : 0;
    const score =
      (amount === last ? base : 0.7 * base) +
      MISREAD_LABEL * misread +
      supportOf(own) +
      0.06 * Math.min(3, repeats) -
      (amount.plain ? 0 : 0.1) +
      (amount.agreement === 'agrees' ? 0.1 : 0) -
      (amount.agreement === 'differs' ? 0.1 : 0) -
      (isRoundedAway(amount, proofs) ? 0.4 : 0);
    return [
      {
        value: fromCents(amount.cents),
        tokens: amount.tokens,
        line: line.line,
        score,
        evidence: [
          line.role === 'total' ? 'label' : 'position',
          ...proofWords(own, line.role),
          ...(repeats > 0 ? ['repeated'] : []),
          ...agreementWords(amount, own),
        ],
        ...(!amount.plain && { repaired: true }),
      },
    ];
  });
}

/** Sums leave no room for a misreading; without them the second reading's word counts. */
function agreementWords({ agreement }: Amount, proofs: readonly Proof[]): string[] {
  if (!agreement || proofs.length > 0) return [];
  return [agreement === 'agrees' ? 'two-readings' : 'readings-differ'];
}

/** What a proof is worth: goods may add up to a part of the sale, and a part has its own tax. */
function proofWords(proofs: readonly Proof[], role: AmountLine['role']): string[] {
  const settles = ({ by }: Proof) =>
    by === 'cash' || by === 'rounding' || by === 'parts' || (by === 'tax' && role === 'total');
  if (proofs.some(settles)) return ['sums'];
  return proofs.some(({ by }) => by === 'goods') ? ['rows-add'] : [];
}

/** What a total's label gives to a proven amount of which its own is a misreading. */
const MISREAD_LABEL = 0.5;

/** The rank of the best label whose amount is one digit off, or missing. */
function misreadLabel(cents: number, lines: readonly AmountLine[]): number {
  const spoiled = lines.filter(
    ({ role, amounts }) =>
      role === 'total' && (amounts.length === 0 || amounts.some((each) => isMisread(each.cents, cents))),
  );
  return Math.max(0, ...spoiled.map(({ rank }) => rank));
}

/** A total is not borne out by a sum that it is part of. */
function isCircular(proof: Proof, line: AmountLine): boolean {
  return proof.lines.includes(line);
}

/** Proofs of one kind count once: their numbers are mostly the same. */
function supportOf(proofs: readonly Proof[]): number {
  const kinds = new Set(proofs.map(({ by }) => by));
  return Math.min(
    0.8,
    [...kinds].reduce((sum, by) => sum + PROOF_WEIGHT[by], 0),
  );
}

function countRepeats(amount: Amount, own: AmountLine, lines: readonly AmountLine[]): number {
  const telling = lines.filter(({ role }) => role === 'total' || role === 'tender' || role === 'count');
  return telling.filter((line) => line !== own && line.amounts.some(({ cents }) => cents === amount.cents)).length;
}

/** The amount before rounding, where the one after it is proven too. */
function isRoundedAway({ cents }: Amount, proofs: readonly Proof[]): boolean {
  return proofs.some(
    ({ by, lines, cents: rounded }) =>
      by === 'rounding' &&
      rounded !== cents &&
      lines.some((line) => line.role !== 'rounding' && line.amounts.some((each) => each.cents === cents)),
  );
}

export function proofsOf(lines: readonly AmountLine[]): Proof[] {
  return [...byCash(lines), ...byRounding(lines), ...byTax(lines), ...byParts(lines), ...byGoods(lines)];
}

function of(
  lines: readonly AmountLine[],
  ...roles: readonly AmountLine['role'][]
): { line: AmountLine; cents: number }[] {
  return lines
    .filter(({ role }) => roles.includes(role))
    .flatMap((line) => line.amounts.map(({ cents }) => ({ line, cents })));
}

/** What was given less what was given back. */
function byCash(lines: readonly AmountLine[]): Proof[] {
  const given = of(lines, 'tender').filter(({ cents }) => cents > 0);
  if (of(lines, 'change').every(({ cents }) => cents === 0)) return paidExactly(given);
  return of(lines, 'change').flatMap((change) =>
    given
      .filter(
        ({ cents, line }) =>
          change.cents !== 0 && cents > Math.abs(change.cents) && line.line.index < change.line.line.index,
      )
      .map(
        (cash): Proof => ({ cents: cash.cents - Math.abs(change.cents), by: 'cash', lines: [cash.line, change.line] }),
      ),
  );
}

/** Nothing given back: what was given is the total, unless a label of payment stood beside another number. */
function paidExactly(given: readonly { line: AmountLine; cents: number }[]): Proof[] {
  return given.map(({ line, cents }): Proof => ({ cents, by: 'exact', lines: [line] }));
}

/** Where coins are rounded: the amount before, and what rounding adds or takes, at most a coin. */
function byRounding(lines: readonly AmountLine[]): Proof[] {
  const before = of(lines, 'total', 'net', 'partial', 'count');
  return of(lines, 'rounding')
    .filter(({ cents }) => cents !== 0 && Math.abs(cents) < 5)
    .flatMap((rounding) =>
      before.flatMap(({ line, cents }) =>
        [cents + rounding.cents, cents - rounding.cents]
          .filter((rounded) => rounded % 5 === 0)
          .map((rounded): Proof => ({ cents: rounded, by: 'rounding', lines: [line, rounding.line] })),
      ),
    );
}

/** The net amount and the tax on it, in the sale or in its tax summary; discount and rounding taken along. */
function byTax(lines: readonly AmountLine[]): Proof[] {
  const taxes = of(lines, 'tax').filter(({ cents }) => cents > 0);
  const slack = [
    0,
    ...of(lines, 'rounding').map(({ cents }) => cents),
    ...of(lines, 'discount').map(({ cents }) => -Math.abs(cents)),
  ];
  const inSale = of(lines, 'net').flatMap((net) =>
    taxes
      .filter((tax) => isTaxOn(tax.cents, net.cents))
      .flatMap((tax) =>
        slack.map((more): Proof => ({ cents: net.cents + tax.cents + more, by: 'tax', lines: [net.line, tax.line] })),
      ),
  );
  const summed = lines.flatMap((line) => {
    const [net, tax] = line.amounts.slice(-2).map(({ cents }) => cents);
    const pair = line.role === 'summary' && net !== undefined && tax !== undefined && isTaxOn(tax, net);
    return pair ? [{ cents: net + tax, by: 'tax', lines: [line] } satisfies Proof] : [];
  });
  return [...inSale, ...summed];
}

/** No tax or service charge takes more than a third. */
function isTaxOn(tax: number, net: number): boolean {
  return tax > 0 && net > 0 && tax <= net / 3;
}

/** Goods of several tax rates are added up apart. */
function byParts(lines: readonly AmountLine[]): Proof[] {
  const parts = of(lines, 'partial');
  return parts.flatMap((a, i) =>
    parts
      .slice(i + 1)
      .filter((b) => a.cents !== b.cents && a.line !== b.line)
      .map((b): Proof => ({ cents: a.cents + b.cents, by: 'parts', lines: [a.line, b.line] })),
  );
}

/** The last amounts of the lines of goods, from the first of them on to the line that sums them up. */
function byGoods(lines: readonly AmountLine[]): Proof[] {
  const goods = lines.filter(({ role, amounts }) => role === 'goods' && amounts.length > 0);
  const end = lines.find(
    ({ role, line, amounts }) =>
      amounts.length > 0 && (role === 'net' || role === 'total') && line.index > (goods[0]?.line.index ?? 0),
  );
  const sold = goods.filter(({ line }) => !end || line.index < end.line.index);
  if (sold.length < 2) return [];
  return [
    { cents: sold.reduce((sum, { amounts }) => sum + (amounts.at(-1)?.cents ?? 0), 0), by: 'goods', lines: sold },
  ];
}

/** Totals that no line shows as such: two independent proofs agree, or cash does and the total's line is a misreading of it. */
function computedTotals(
  lines: readonly AmountLine[],
  proofs: readonly Proof[],
  printed: readonly Candidate<string>[],
): Candidate<string>[] {
  const labelled = lines.filter(({ role }) => role === 'total').toSorted((a, b) => b.rank - a.rank);
  const values = new Set(proofs.map(({ cents }) => cents));
  const shown = new Set(printed.filter(({ evidence }) => evidence.includes('label')).map(({ value }) => value));
  return [...values].flatMap((cents): Candidate<string>[] => {
    if (cents <= 0 || shown.has(fromCents(cents))) return [];
    const own = proofs.filter((proof) => proof.cents === cents);
    const kinds = new Set(own.map(({ by }) => by));
    const place = labelled.find(
      (line) => line.amounts.length === 0 || line.amounts.some((amount) => isMisread(amount.cents, cents)),
    );
    if (kinds.size < 2 && !(place && kinds.has('cash'))) return [];
    const line = place ?? labelled[0] ?? own[0]!.lines[0]!;
    return [
      {
        value: fromCents(cents),
        tokens: line.amounts.at(-1)?.tokens ?? line.line.tokens,
        line: line.line,
        score: (place ? 0.6 * place.rank : 0.2) + supportOf(own),
        evidence: ['computed', ...(kinds.size > 1 ? ['sums'] : [])],
        repaired: true,
      },
    ];
  });
}

/** One digit read for another, or one lost. */
function isMisread(read: number, meant: number): boolean {
  const [a, b] = [String(Math.abs(read)), String(Math.abs(meant))];
  if (a.length === b.length) return [...a].filter((digit, i) => digit !== b[i]).length === 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.length === short.length + 1 && [...long].some((_, i) => long.slice(0, i) + long.slice(i + 1) === short);
}
