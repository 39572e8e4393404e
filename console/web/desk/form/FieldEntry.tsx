import { Box } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { Problem, Reading } from '#core';
import { printedAt } from '../../paper/marks.ts';
import { Snippet } from '../../paper/Snippet.tsx';
import { AbsentBox } from './AbsentBox.tsx';
import { Entry } from './Entry.tsx';
import { EntryLabel } from './EntryLabel.tsx';
import type { Field } from './fields.ts';
import classes from './form.module.css';
import { Picks, picksOf } from './Picks.tsx';
import { emptyOf, entered } from './values.ts';

interface FieldEntryProps {
  readonly field: Field;
  readonly reading: Reading<unknown> | undefined;
  readonly changed: boolean;
  readonly doubtful: boolean;
  readonly value: unknown;
  /** Why it is doubtful, while it stands as it was read. */
  readonly notes: readonly Problem[];
  /** What is wrong with what the person wants to send. */
  readonly problems: readonly Problem[];
  readonly onChange: (value: unknown) => void;
  readonly onFocus: () => void;
}

/** One field: as it stands on the paper, as it was read, what else it could be, or that the paper has none. */
export function FieldEntry({
  field,
  reading,
  changed,
  doubtful,
  value,
  notes,
  problems,
  onChange,
  onFocus,
}: FieldEntryProps) {
  const picks = picksOf(reading);
  const [source] = printedAt(reading);
  const pick = (picked: unknown) => onChange(entered(field.control, picked));
  const setAbsent = (absent: boolean) => onChange(absent ? null : emptyOf(field.control));

  const pickByKey = (event: KeyboardEvent) => {
    const digit = event.altKey ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined;
    if (digit === undefined) return;
    const offered = field.control.kind === 'choice' ? field.control.options : picks;
    const picked = offered[Number(digit) - 1];
    if (digit === '0' && field.nullable) setAbsent(value !== null);
    else if (picked !== undefined) pick(picked.value);
    else return;
    event.preventDefault();
  };

  const isWide =
    doubtful || field.control.kind === 'rows' || field.control.kind === 'list' || field.control.kind === 'json';
  return (
    <Box
      className={classes['entry'] ?? ''}
      data-field={field.name}
      data-doubtful={doubtful}
      data-wide={isWide}
      onFocusCapture={onFocus}
      onKeyDown={pickByKey}
    >
      {doubtful && source !== undefined && <Snippet source={source} title={field.title} />}
      <Entry
        field={field}
        label={<EntryLabel field={field} reading={reading} doubtful={doubtful} changed={changed} />}
        value={value}
        note={notes.map(({ message }) => message).join(' ')}
        error={problems.map(({ message }) => message).join(' ')}
        onChange={onChange}
      />
      {doubtful && <Picks picks={picks} value={value} control={field.control} onPick={pick} />}
      {field.nullable && field.control.kind !== 'rows' && (
        <AbsentBox title={field.title} absent={value === null} likely={reading?.absent} onChange={setAbsent} />
      )}
    </Box>
  );
}
