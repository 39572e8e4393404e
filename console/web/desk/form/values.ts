import type { Draft, Problem, Reading } from '#core';
import type { Control, Field } from './fields.ts';
import { tidy } from './formats.ts';

/** The form as it stands: text where text is typed, `null` where the person says the paper has none. */
export type Values = Readonly<Record<string, unknown>>;

export function startValues(fields: readonly Field[], draft: Draft<Record<string, unknown>>): Values {
  return Object.fromEntries(fields.map((field) => [field.name, startValue(field, draft[field.name])]));
}

/** A value read stands there; one the paper most likely lacks is proposed as lacking; else it is empty. */
function startValue({ control, nullable }: Field, reading: Reading<unknown> | undefined): unknown {
  const value = reading?.value ?? null;
  if (value === null) return nullable && (reading?.absent ?? 0) >= 0.5 ? null : emptyOf(control);
  return entered(control, value);
}

export function emptyOf(control: Control): unknown {
  if (control.kind === 'boolean') return false;
  return control.kind === 'rows' || control.kind === 'list' ? [] : '';
}

/** A value of the record as the form holds it. */
export function entered(control: Control, value: unknown): unknown {
  if (control.kind === 'number') return String(value);
  return control.kind === 'json' ? JSON.stringify(value, null, 2) : value;
}

/** The form with its text as records want it: as it stands after each entry was left. */
export function tidied(fields: readonly Field[], values: Values): Values {
  return Object.fromEntries(fields.map(({ name, control }) => [name, tidiedValue(control, values[name])]));
}

function tidiedValue(control: Control, value: unknown): unknown {
  if (control.kind === 'text' && typeof value === 'string') return tidy(control.format, value);
  if (control.kind === 'rows') return asArray(value).map((row) => tidied(control.columns, Object(row)));
  return value;
}

/** What is sent: text tidied, numbers as numbers, empty cells as absent. */
export function answerValues(fields: readonly Field[], values: Values): Record<string, unknown> {
  const entries = fields.map((field) => [field.name, sent(field, values[field.name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function sent({ control, nullable, required }: Field, value: unknown): unknown {
  if (value === null || value === undefined) return nullable ? null : undefined;
  if (value === '' && !required) return nullable ? null : undefined;
  switch (control.kind) {
    case 'text':
      return tidy(control.format, String(value));
    case 'number':
      return asNumber(value);
    case 'list':
      return asArray(value).map((one) => (control.of.kind === 'number' ? asNumber(one) : one));
    case 'rows':
      return asArray(value).map((row) => sentRow(control.columns, Object(row), control.tuple));
    case 'json':
      return parsedJson(value);
    default:
      return value;
  }
}

function sentRow(columns: readonly Field[], row: Values, tuple: boolean): unknown {
  const cells = columns.map((column) => {
    const cell = row[column.name] === '' && column.nullable ? null : row[column.name];
    return [column.name, sent(column, cell ?? (column.nullable ? null : ''))] as const;
  });
  return tuple ? cells.map(([, cell]) => cell) : Object.fromEntries(cells);
}

/** Text that is no number stays text: the check of the answer names the field. */
function asNumber(value: unknown): unknown {
  const number = Number(tidy('quantity', String(value)));
  return value === '' || Number.isNaN(number) ? value : number;
}

function parsedJson(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Fields left empty that must say something: found before anything is sent. */
export function missing(fields: readonly Field[], values: Values): readonly Problem[] {
  return fields
    .filter((field) => field.required && isEmpty(field, values[field.name]))
    .map(({ name, nullable }) => ({
      code: 'missing-value',
      fields: [name],
      message: nullable ? 'Type what the paper says, or tick that it is not on the paper.' : 'A value is needed here.',
    }));
}

function isEmpty({ control, nullable }: Field, value: unknown): boolean {
  if (value === null) return !nullable;
  return value === undefined || (control.kind !== 'boolean' && String(value).trim() === '' && !Array.isArray(value));
}
