import type { z } from 'zod';
import type { KindMeta } from './kinds.ts';
import { deliveryNotePaper, formPaper, invoicePaper, receiptPaper } from './papers.ts';

/** Kinds of values that are read and trusted alike. */
export type FieldKind =
  | 'identifier'
  | 'date'
  | 'money'
  | 'iban'
  | 'vat-id'
  | 'currency'
  | 'name'
  | 'quantity'
  | 'items'
  | 'address'
  | 'pairs';

const KIND_OF_FORMAT: Readonly<Record<string, FieldKind>> = {
  identifier: 'identifier',
  date: 'date',
  money: 'money',
  'unit-price': 'money',
  iban: 'iban',
  'vat-id': 'vat-id',
  currency: 'currency',
  line: 'name',
  address: 'address',
  quantity: 'quantity',
  items: 'items',
  pairs: 'pairs',
};

/** The kind of a value by the format its schema names; plain words where it names none. */
export function kindOfFormat(format: string | undefined): FieldKind {
  return KIND_OF_FORMAT[format ?? 'line'] ?? 'name';
}

const PAPERS = [invoicePaper, deliveryNotePaper, receiptPaper, formPaper];

/** Of the shipped papers' fields; the same name means the same kind in each of them. */
const KIND_OF_FIELD: ReadonlyMap<string, FieldKind> = new Map(
  PAPERS.flatMap((paper) =>
    Object.entries(paper.shape).map(([name, schema]): [string, FieldKind] => [name, kindOfFormat(formatOf(schema))]),
  ),
);

function formatOf(schema: z.ZodType): string | undefined {
  return (schema.meta() as KindMeta | undefined)?.format;
}

/** The kind of a field by its name, the same in every type of paper; a name that no shipped paper has holds plain words. */
export function kindOfField(field: string): FieldKind {
  return KIND_OF_FIELD.get(field) ?? 'name';
}
