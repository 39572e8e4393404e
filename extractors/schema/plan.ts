import { z } from 'zod';
import { bare, type Lexicon, lexiconOf, VOCABULARY_TEXTS } from '../fields/labels.ts';
import { type FieldKind, kindOfFormat } from '../types/fieldKinds.ts';
import type { Hints, KindMeta } from '../types/kinds.ts';

/** What is known of a field before any paper is seen. */
export interface FieldPlan {
  readonly name: string;
  readonly kind: FieldKind;
  /** Its labels, the surest first; the title where the author gave none. */
  readonly labels: readonly string[];
  readonly hints: Hints;
}

/** An array of objects: a table whose columns are the object's keys. */
export interface TablePlan {
  readonly name: string;
  readonly columns: readonly FieldPlan[];
}

export interface Plan {
  readonly fields: readonly FieldPlan[];
  readonly tables: readonly TablePlan[];
}

/** Reads a schema's shape: plain values are fields, arrays of objects tables. */
export function planOf(schema: z.ZodObject): Plan {
  const fields: FieldPlan[] = [];
  const tables: TablePlan[] = [];
  for (const [name, each] of Object.entries(schema.shape)) {
    const { inner, meta } = unwrapped(each);
    if (inner instanceof z.ZodArray) tables.push({ name, columns: columnsOf(name, inner) });
    else fields.push(fieldPlan(name, meta));
  }
  return { fields, tables };
}

function columnsOf(name: string, array: z.ZodArray): FieldPlan[] {
  const { element } = array;
  if (!(element instanceof z.ZodObject)) {
    throw new TypeError(`The field ${name} is a list: give it objects, whose keys are the columns of a table.`);
  }
  return Object.entries(element.shape).map(([column, each]) => fieldPlan(column, unwrapped(each).meta));
}

function fieldPlan(name: string, { format, title, hints = {} }: KindMeta): FieldPlan {
  const labels = hints.labels ?? [title ?? name.replaceAll('_', ' ')];
  return { name, kind: kindOfFormat(format), labels, hints };
}

/** The value's own schema under `optional()`, `nullable()` and `default()`, with what any of them says of the field. */
function unwrapped(schema: unknown): { inner: unknown; meta: KindMeta } {
  const own = schema instanceof z.ZodType ? (schema.meta() as KindMeta | undefined) : undefined;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    const { inner, meta } = unwrapped(schema.unwrap());
    return { inner, meta: { ...meta, ...own } };
  }
  return { inner: schema, meta: own ?? {} };
}

/** A label's name in the lexicon: the field and the label's rank among the field's own. */
export function labelName(field: string, rank: number): string {
  return `${field}#${rank}`;
}

export function namesField(field: string, name: string): boolean {
  return name.startsWith(`${field}#`);
}

/** The author's labels; the words papers use for other things stand beside them as walls and rivals. */
export function lexiconFor(fields: readonly FieldPlan[]): Lexicon<string> {
  const own = fields.flatMap(({ name, labels, hints }): [string, string][] => [
    ...labels.map((text, rank): [string, string] => [labelName(name, rank), text]),
    ...(hints.notLabels ?? []).map((text): [string, string] => [OTHER, text]),
  ]);
  const taken = new Set(own.map(([, text]) => bare(text)));
  return lexiconOf([...own, ...VOCABULARY_TEXTS.filter(([, text]) => !taken.has(bare(text)))]);
}

/** The name of labels that only keep others from their values. */
const OTHER = 'other';
