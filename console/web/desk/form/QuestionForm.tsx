import { Box, Title } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import type { HumanTask, Problem } from '#core';
import { notesOf, problemsOf } from './doubt.ts';
import { FieldEntry } from './FieldEntry.tsx';
import type { Field } from './fields.ts';
import classes from './form.module.css';
import type { Values } from './values.ts';

interface QuestionFormProps {
  readonly question: HumanTask;
  readonly fields: readonly Field[];
  readonly doubtful: ReadonlySet<string>;
  readonly values: Values;
  readonly start: Values;
  /** Problems of an answer that was refused or not yet complete. */
  readonly problems: readonly Problem[];
  readonly onChange: (field: string, value: unknown) => void;
  readonly onFocus: (field: string) => void;
}

/** The form of a question: what is doubtful first, so that Tab goes there first; then what was read well. */
export function QuestionForm({
  question,
  fields,
  doubtful,
  values,
  start,
  problems,
  onChange,
  onFocus,
}: QuestionFormProps) {
  const form = useRef<HTMLDivElement>(null);
  const entry = (field: Field) => {
    const changed = JSON.stringify(values[field.name]) !== JSON.stringify(start[field.name]);
    return (
      <FieldEntry
        key={field.name}
        field={field}
        reading={question.draft[field.name]}
        changed={changed}
        doubtful={doubtful.has(field.name)}
        value={values[field.name]}
        notes={changed ? [] : notesOf(field.name, question)}
        problems={problemsOf(field.name, problems)}
        onChange={(value) => onChange(field.name, value)}
        onFocus={() => onFocus(field.name)}
      />
    );
  };
  const first = fields.filter(({ name }) => doubtful.has(name));
  const rest = fields.filter(({ name }) => !doubtful.has(name));
  return (
    <Box ref={form} onKeyDown={(event) => goOnWithEnter(event, form.current)}>
      {first.length > 0 && (
        <section className={classes['doubtful']} aria-label="To check">
          {rest.length > 0 && (
            <Title order={2}>{first.length === 1 ? 'Check this' : `Check these ${first.length}`}</Title>
          )}
          {first.map(entry)}
        </section>
      )}
      {rest.length > 0 && (
        <section aria-label="Read well">
          {first.length > 0 && (
            <Title order={2} mt="md">
              Read well
            </Title>
          )}
          <div className={classes['rest']}>{rest.map(entry)}</div>
        </section>
      )}
    </Box>
  );
}

/** Enter goes to the next entry, as clerks are used to. Ctrl+Enter is the desk's. */
function goOnWithEnter(event: KeyboardEvent, form: HTMLElement | null): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || form === null) return;
  if (!(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const entries = [...form.querySelectorAll<HTMLElement>('[data-entry]')].filter(
    (entry) => entry.offsetParent !== null,
  );
  entries[entries.indexOf(event.target) + 1]?.focus();
}
