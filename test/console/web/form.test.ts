import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Reading } from '#core';
import { doubtfulFields } from '../../../console/web/desk/form/doubt.ts';
import { fieldsOf } from '../../../console/web/desk/form/fields.ts';
import { answerValues, missing, startValues } from '../../../console/web/desk/form/values.ts';

const reading = (value: unknown, over: Partial<Reading<unknown>> = {}): Reading<unknown> => ({
  value,
  probability: value === null ? 0 : 1,
  absent: value === null ? 1 : 0,
  sources: [],
  alternatives: [],
  evidence: [],
  ...over,
});

const record = z.object({
  number: z.string().max(60).meta({ format: 'identifier', title: 'Number' }),
  total: z.string().meta({ format: 'money', title: 'Total' }).nullable(),
  parcels: z.number().int(),
  paid: z.boolean(),
  currency: z.enum(['EUR', 'CHF']),
  items: z.array(z.object({ description: z.string(), price: z.string().meta({ format: 'money' }).nullable() })),
  pairs: z.array(z.tuple([z.string(), z.string()])),
  tags: z.array(z.string()),
  kind: z.union([z.literal('a'), z.literal('b')]).optional(),
  other: z.record(z.string(), z.number()),
});
const fields = fieldsOf(z.toJSONSchema(record));
const called = (name: string) => fields.find((field) => field.name === name);

describe('the form a schema asks for', () => {
  it('keeps the order and the titles', () => {
    expect(fields.map(({ title }) => title).slice(0, 4)).toEqual(['Number', 'Total', 'Parcels', 'Paid']);
  });

  it('draws each kind of value with its control', () => {
    const kinds = Object.fromEntries(fields.map(({ name, control }) => [name, control.kind]));
    expect(kinds).toEqual({
      number: 'text',
      total: 'text',
      parcels: 'number',
      paid: 'boolean',
      currency: 'choice',
      items: 'rows',
      pairs: 'rows',
      tags: 'list',
      kind: 'choice',
      other: 'json',
    });
    expect(called('total')).toMatchObject({ nullable: true, required: true, control: { format: 'money' } });
    expect(called('number')).toMatchObject({ nullable: false, control: { maxLength: 60 } });
    expect(called('kind')).toMatchObject({ required: false });
  });

  it('has no fields where there is no form', () => {
    expect(fieldsOf(null)).toEqual([]);
    expect(fieldsOf({ type: 'string' })).toEqual([]);
  });

  it('follows references', () => {
    const money = { type: 'string', format: 'money' };
    const schema = { type: 'object', properties: { total: { $ref: '#/$defs/money', title: 'Sum' } }, $defs: { money } };
    expect(fieldsOf(schema)).toMatchObject([
      { name: 'total', title: 'Sum', control: { kind: 'text', format: 'money' } },
    ]);
  });
});

describe('what stands in it and what is sent', () => {
  const value = {
    number: 'A 1',
    total: '12.50',
    parcels: 3,
    paid: true,
    currency: 'CHF',
    items: [{ description: 'Bolts', price: null }],
    pairs: [['Name', 'Ana']],
    tags: ['x'],
    other: { a: 1 },
  };
  const draft = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, reading(one)]));

  it('sends back unchanged what was read', () => {
    const sent = answerValues(fields, startValues(fields, draft));
    expect(sent).toEqual(value);
    expect(record.parse(sent)).toEqual(value);
  });

  it('proposes absence where the paper most likely has no such value, and only there', () => {
    const start = startValues(fields, {
      total: reading(null, { absent: 0.8 }),
      number: reading(null, { absent: 0.8 }),
    });
    expect(start).toMatchObject({ total: null, number: '' });
    expect(startValues(fields, { total: reading(null, { absent: 0.2 }) })).toMatchObject({ total: '' });
  });

  it('asks for what is empty, and takes absence as an answer', () => {
    const start = startValues(fields, draft);
    const names = (values: object) => missing(fields, { ...start, ...values }).flatMap((problem) => problem.fields);
    expect(names({})).toEqual([]);
    expect(names({ number: ' ', total: '' })).toEqual(['number', 'total']);
    expect(names({ total: null })).toEqual([]);
  });

  it('tidies what was typed, cell by cell', () => {
    const typed = {
      ...startValues(fields, draft),
      total: '1.234,5',
      parcels: '4',
      items: [
        { description: 'Nuts', price: '' },
        { description: 'X', price: '2,5' },
      ],
    };
    expect(answerValues(fields, typed)).toMatchObject({
      total: '1234.50',
      parcels: 4,
      items: [
        { description: 'Nuts', price: null },
        { description: 'X', price: '2.50' },
      ],
    });
  });

  it('leaves text that is no number as it is, for the check to name', () => {
    expect(answerValues(fields, { ...startValues(fields, draft), parcels: 'many' })).toMatchObject({ parcels: 'many' });
  });
});

it('puts the fields somebody complained about first, and those the bot is unsure of', () => {
  const draft = { number: reading('A'), total: reading('1.00', { probability: 0.5 }), currency: reading('EUR') };
  const problems = [{ code: 'rule', fields: ['currency'], message: 'no' }];
  expect([...doubtfulFields(fields, { draft, problems })]).toEqual(['total', 'currency']);
});
