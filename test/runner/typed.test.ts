import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Draft, knownRecord } from '#core';
import {
  type BotTask,
  defineRecord,
  defineScreen,
  type Field,
  field,
  type LookUp,
  named,
  type Screen,
  shown,
  text,
  type Validated,
} from '#runner';
import { someApp } from '../support/site.ts';

const schema = z.object({ number: z.string(), total: z.string() });
type Invoice = z.infer<typeof schema>;
const invoice = defineRecord({ name: 'invoice', schema });

const number = field(text, named('number'), 'Number');
const total = field(text, named('total'), 'Total');

/** A screen as it should be; each test takes something away. */
const whole: Parameters<typeof defineScreen<Invoice>>[0] = {
  ...{ app: someApp(), record: invoice, key: (record) => record.number },
  lookUp: async (): Promise<LookUp> => ({ state: 'absent' }),
  open: async (session) => session.page.mainFrame(),
  fields: { number, total },
  submit: async () => ({ kind: 'posted' }),
};

describe('what does not compile', () => {
  it('a screen without a look-up, without a key, or with one that never says that it cannot tell', () => {
    const { lookUp, key, ...rest } = whole;
    const screens: Screen<Invoice>[] = [
      // @ts-expect-error A record that cannot be looked for is not keyed.
      defineScreen<Invoice>({ ...rest, key }),
      // @ts-expect-error Nor is one without a name to look for.
      defineScreen<Invoice>({ ...rest, lookUp }),
      // @ts-expect-error Yes and no are not all that a look-up may find.
      defineScreen<Invoice>({ ...rest, key, lookUp: async () => true }),
      // @ts-expect-error What is there must be open, or nothing could be compared.
      defineScreen<Invoice>({ ...rest, key, lookUp: async () => ({ state: 'there', reference: '7' }) }),
    ];
    expect(screens).toHaveLength(4);
  });

  it('a screen that forgets a field, or types one as what it is not', () => {
    const amount: Field<number> = { ...field({ print: String, parse: Number }, named('total'), shown('Total')) };
    const screens: Screen<Invoice>[] = [
      // @ts-expect-error The total would be left as the form has it.
      defineScreen<Invoice>({ ...whole, fields: { number } }),
      // @ts-expect-error The record has no such field.
      defineScreen<Invoice>({ ...whole, fields: { number, total, extra: total } }),
      // @ts-expect-error The record's total is text.
      defineScreen<Invoice>({ ...whole, fields: { number, total: amount } }),
    ];
    expect(screens).toHaveLength(3);
  });

  it('keying what nobody validated: a draft, a plain object, another record', () => {
    const screen = defineScreen(whole);
    const draft: Draft<Invoice> = knownRecord({ number: '7', total: '1.00' });
    const plain: Invoice = { number: '7', total: '1.00' };
    const tries = [
      // @ts-expect-error A draft may be wrong.
      (task: BotTask<unknown>) => task.rekey(screen, draft),
      // @ts-expect-error A plain object has passed no rule.
      (task: BotTask<unknown>) => task.rekey(screen, plain),
      // @ts-expect-error Nor does a copy of a validated record, with a value changed, count as validated.
      (task: BotTask<unknown>, checked: Validated<Invoice>) => task.rekey(screen, { ...plain, number: checked.number }),
      // @ts-expect-error Another record's rules are not this one's.
      (task: BotTask<unknown>, other: Validated<{ name: string }>) => task.rekey(screen, other),
    ];
    const fine = (task: BotTask<unknown>, checked: Validated<Invoice>) => task.rekey(screen, checked);
    expect([...tries, fine]).toHaveLength(5);
  });
});
