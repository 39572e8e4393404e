import { toCents } from '../fields/money.ts';
import type { Candidate } from '../fields/nearLabel.ts';

export type Values = Readonly<Record<string, string | null>>;

/** What must hold between fields. It chooses among candidates, and its keeping is evidence for all of them. */
export interface Rule {
  readonly fields: readonly string[];
  /** How much keeping it speaks for a choice of values, on the scale of candidates' scores; breaking it speaks as much against. */
  readonly weight: number;
  /** The kebab word a kept rule adds to its fields' evidence; none where keeping it proves nothing. */
  readonly evidence?: string;
  /** null where too little was read to say. */
  kept(values: Values, choice: Choice): boolean | null;
}

/** The parts make the total to the cent: `adds(['net', 'tax'], 'total')`. A part of nothing proves nothing. */
export function adds(parts: readonly string[], total: string): Rule {
  return {
    fields: [...parts, total],
    weight: 1,
    evidence: 'sums',
    kept(values) {
      const terms = parts.map((part) => values[part] ?? null);
      const whole = values[total] ?? null;
      if (whole === null || terms.some((term) => term === null || toCents(term) === 0)) return null;
      return Math.abs(terms.reduce((sum, term) => sum + Math.abs(toCents(term!)), 0) - Math.abs(toCents(whole))) <= 1;
    },
  };
}

/** One day is not after the other. */
export function inOrder(earlier: string, later: string): Rule {
  return {
    fields: [earlier, later],
    weight: 0.5,
    kept(values) {
      const [from, to] = [values[earlier] ?? null, values[later] ?? null];
      return from === null || to === null ? null : from <= to;
    },
  };
}

/** Two values that papers print in one line: the ends of a span, a number and its date. */
export function sideBySide(first: string, second: string): Rule {
  return {
    fields: [first, second],
    weight: 0.25,
    kept(_, choice) {
      const [one, other] = [choice[first], choice[second]];
      return one && other ? one.line === other.line : null;
    },
  };
}

export type Choice = Readonly<Record<string, Candidate<string> | null>>;
type Candidates = ReadonlyMap<string, readonly Candidate<string>[]>;

const MOST_COMBINATIONS = 4000;
const WIDEST = 5;

/** What a witness's own score counts beside a field's: it is there for the rules. */
const WITNESS = 0.1;

/** For each field the candidate that scores best together with the others under the rules. */
export function choose(candidates: Candidates, rules: readonly Rule[], witnesses: ReadonlySet<string>): Choice {
  const alone = [...candidates].map(([name, ranked]): Choice => ({ [name]: ranked[0] ?? null }));
  const together = boundTogether(rules).map((fields) => chooseTogether(fields, candidates, rules, witnesses));
  return Object.assign({}, ...alone, ...together) as Choice;
}

/** Fields that share a rule, directly or by others. */
function boundTogether(rules: readonly Rule[]): string[][] {
  return rules.reduce<string[][]>((groups, { fields }) => {
    const touching = groups.filter((group) => group.some((name) => fields.includes(name)));
    const rest = groups.filter((group) => !touching.includes(group));
    return [...rest, [...new Set([...touching.flat(), ...fields])]];
  }, []);
}

function chooseTogether(
  fields: readonly string[],
  candidates: Candidates,
  rules: readonly Rule[],
  witnesses: ReadonlySet<string>,
): Choice {
  const width = Math.max(1, Math.min(WIDEST, Math.floor(MOST_COMBINATIONS ** (1 / fields.length)) - 1));
  let choices: Choice[] = [{}];
  for (const name of fields) {
    const options = [...(candidates.get(name) ?? []).slice(0, width), null];
    choices = choices.flatMap((choice) => options.map((option) => ({ ...choice, [name]: option })));
  }
  const rated = choices.map((choice) => ({ choice, rating: rate(choice, rules, witnesses) }));
  return rated.reduce((best, each) => (each.rating > best.rating ? each : best)).choice;
}

function rate(choice: Choice, rules: readonly Rule[], witnesses: ReadonlySet<string>): number {
  const own = Object.entries(choice).reduce(
    (sum, [name, candidate]) => sum + (candidate?.score ?? 0) * (witnesses.has(name) ? WITNESS : 1),
    0,
  );
  const values = valuesIn(choice);
  return rules.reduce((sum, rule) => {
    const kept = rule.kept(values, choice);
    return kept === null ? sum : sum + (kept ? rule.weight : -rule.weight);
  }, own);
}

/** The evidence that kept rules give a field. */
export function provenBy(field: string, choice: Choice, rules: readonly Rule[]): string[] {
  const values = valuesIn(choice);
  return rules.flatMap(({ fields, evidence, kept }) =>
    evidence && fields.includes(field) && kept(values, choice) === true ? [evidence] : [],
  );
}

function valuesIn(choice: Choice): Values {
  return Object.fromEntries(Object.entries(choice).map(([name, candidate]) => [name, candidate?.value ?? null]));
}
