import { z } from 'zod';
import type { Draft } from '#core';
import type { Look } from './lookup.ts';

declare const checked: unique symbol;

/** A record that `task.validate` let through: rules passed and the error budget kept, or a person answered. */
export type Validated<T> = T & { readonly [checked]: true };

/** A rule on the record alone. `fails` gives the words for the person, or nothing when all is well. */
export interface Rule<T> {
  readonly code: string;
  readonly fields: readonly (keyof T & string)[];
  /** `today` is an ISO date. */
  readonly fails: (record: T, today: string) => string | undefined;
}

/** A rule that has to look something up in an application. */
export interface Check<T> {
  readonly code: string;
  readonly fields: readonly (keyof T & string)[];
  /** `readings` tell where the record's values come from: a check can see what it would find out was settled before. */
  readonly fails: (record: T, look: Look, readings: Draft<T>) => Promise<string | undefined>;
}

export interface RecordDefinition<T extends object> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Field names in the schema's order. */
  readonly fieldNames: readonly (keyof T & string)[];
  readonly rules: readonly Rule<T>[];
  readonly checks: readonly Check<T>[];
  /** By field. */
  readonly missing: Readonly<Record<string, Meaning | undefined>>;
}

/** What it means when a field has no value, where it means more than that: a code and the words for the person. */
export interface Meaning {
  readonly code: string;
  readonly message: string;
}

/** A record of whatever type; its rules take what its own schema has parsed. */
export type AnyRecord = Pick<RecordDefinition<never>, 'name' | 'fieldNames' | 'rules' | 'checks' | 'missing'> & {
  readonly schema: z.ZodType<object>;
};

/**
 * What is keyed, as a zod object of JSON values, with the rules it must keep.
 * Codes of rules and checks are listed in `docs/errors.md`.
 */
export function defineRecord<T extends object>(definition: {
  readonly name: string;
  readonly schema: z.ZodType<T> & { readonly shape: { readonly [K in keyof T]: z.ZodType } };
  readonly rules?: readonly Rule<NoInfer<T>>[];
  readonly checks?: readonly Check<NoInfer<T>>[];
  readonly missing?: { readonly [K in keyof NoInfer<T>]?: Meaning };
}): RecordDefinition<T> {
  return Object.freeze({
    name: definition.name,
    schema: definition.schema,
    fieldNames: Object.keys(definition.schema.shape) as (keyof T & string)[],
    rules: definition.rules ?? [],
    checks: definition.checks ?? [],
    missing: Object.fromEntries(Object.entries<Meaning | undefined>(definition.missing ?? {})),
  });
}

/** The form a person answers in, as JSON Schema. */
export function formOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
}
