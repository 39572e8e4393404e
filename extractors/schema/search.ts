import { z } from 'zod';
import { isTwoWayDate } from '../fields/date.ts';
import { findLabelsOf, type Label } from '../fields/labels.ts';
import type { Candidate } from '../fields/nearLabel.ts';
import type { Sheet } from '../fields/sheet.ts';
import { bestOf, nothing } from '../types/findings.ts';
import type { Finding } from '../types/reading.ts';
import { candidatesOf } from './candidates.ts';
import { type FieldPlan, lexiconFor, namesField, planOf } from './plan.ts';
import { type Choice, choose, provenBy, type Rule } from './rules.ts';
import { findTable, type Row } from './table.ts';

/** What is looked for on a paper. */
export interface Wanted {
  /** The fields, made of the kinds with their hints. An array of objects is a table, each key a column. */
  readonly schema: z.ZodObject;
  /** Fields that nobody asks for, but whose values bear out those of the schema under the rules: a tax, a commission. */
  readonly witnesses?: z.ZodObject;
  /** What must hold between fields and witnesses. */
  readonly rules?: readonly Rule[];
}

export interface Found {
  readonly fields: Record<string, Finding<string>>;
  readonly tables: Readonly<Record<string, Finding<Row[]>>>;
}

/** A search for everything the schema names, made once and good for any number of papers. */
export function searchFor({ schema, witnesses = z.object({}), rules = [] }: Wanted): (sheet: Sheet) => Found {
  const { fields, tables } = planOf(schema);
  const aids = planOf(witnesses).fields;
  const lexicon = lexiconFor([...fields, ...aids, ...tables.flatMap(({ columns }) => columns)]);
  return (sheet) => {
    const labels = findLabelsOf(lexicon, sheet.layout);
    const candidates = new Map([...fields, ...aids].map((plan) => [plan.name, candidatesOf(plan, sheet, labels)]));
    const choice = choose(candidates, rules, new Set(aids.map(({ name }) => name)));
    const around = { sheet, labels, rules };
    const found = fields.map((plan) => [plan.name, findingOf(plan, choice, candidates.get(plan.name) ?? [], around)]);
    const lists = tables.map((plan) => [plan.name, findTable(plan, sheet, labels)]);
    return { fields: Object.fromEntries(found), tables: Object.fromEntries(lists) };
  };
}

interface Surroundings {
  readonly sheet: Sheet;
  readonly labels: readonly Label<string>[];
  readonly rules: readonly Rule[];
}

function findingOf(
  plan: FieldPlan,
  choice: Choice,
  ranked: readonly Candidate<string>[],
  { sheet, labels, rules }: Surroundings,
): Finding<string> {
  const chosen = choice[plan.name];
  if (!chosen) {
    const asked = labels.some((label) => label.names.some((name) => namesField(plan.name, name)));
    return { ...nothing<string>(asked ? ['label-without-value'] : []), kind: plan.kind };
  }
  const further = [...provenBy(plan.name, choice, rules), ...(isGuess(plan, chosen, sheet) ? ['order-guessed'] : [])];
  const rest = ranked.filter((candidate) => candidate !== chosen);
  return { ...bestOf([chosen, ...rest], sheet.layout, further), kind: plan.kind };
}

/** A date that could be another day, on a paper that does not say which number is the month. */
function isGuess({ kind }: FieldPlan, { tokens }: Candidate<string>, { dayOrder }: Sheet): boolean {
  const text = tokens.map((token) => token.text).join(' ');
  return kind === 'date' && !dayOrder.proven && isTwoWayDate(text.replace(/^\D+|\D+$/g, ''));
}
