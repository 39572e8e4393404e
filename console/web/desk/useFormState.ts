import { useMemo, useState } from 'react';
import type { HumanTask, Problem } from '#core';
import { ApiFault } from '../api/client.ts';
import { fieldsOf } from './form/fields.ts';
import { missing, startValues, tidied, type Values } from './form/values.ts';

/** What was typed but not sent, by question: looking at another page loses nothing. */
const kept = new Map<string, Values>();

/** The form of one question: what was read at first, what stands there now, what is wrong with it. */
export function useFormState(question: HumanTask) {
  const [{ fields, start }] = useState(() => {
    const drawn = fieldsOf(question.form);
    return { fields: drawn, start: startValues(drawn, question.draft) };
  });
  const [values, setValues] = useState<Values>(() => kept.get(question.id) ?? start);
  const [empty, setEmpty] = useState<readonly Problem[]>([]);

  return useMemo(
    () => ({
      fields,
      start,
      values,
      change(field: string, value: unknown) {
        setValues((now) => {
          const next = { ...now, [field]: value };
          kept.set(question.id, next);
          return next;
        });
        setEmpty((now) => now.filter((problem) => !problem.fields.includes(field)));
      },
      /** Tidies what stands there, as leaving each entry does. */
      tidy: () => setValues((now) => tidied(fields, now)),
      forget: () => void kept.delete(question.id),
      /** Names of the fields that still need a value, which are now shown as such. */
      findMissing(): readonly string[] {
        const found = missing(fields, values);
        setEmpty(found);
        return found.flatMap((problem) => problem.fields);
      },
      problemsWith: (fault: Error | null): readonly Problem[] => [...empty, ...refusalOf(fault).problems],
      refusalOf,
    }),
    [fields, start, values, empty, question.id],
  );
}

export type FormState = ReturnType<typeof useFormState>;

function refusalOf(fault: Error | null): { readonly problems: readonly Problem[]; readonly mayOverrule: boolean } {
  return fault instanceof ApiFault ? fault : { problems: [], mayOverrule: false };
}
