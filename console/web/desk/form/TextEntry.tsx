import { TextInput } from '@mantine/core';
import type { EntryProps } from './Entry.tsx';
import classes from './form.module.css';
import { spelled, tidy } from './formats.ts';

const NUMBERS = new Set(['money', 'unit-price', 'quantity']);
const CODES = new Set(['iban', 'vat-id', 'identifier', 'currency']);

/** A line of text, tidied when it is left: amounts, dates and codes take the form that records want. */
export function TextEntry({ field, label, value, note, error, onChange }: EntryProps) {
  const { control } = field;
  const format = control.kind === 'text' ? control.format : 'quantity';
  const text = value === null ? '' : String(value ?? '');
  const isNumber = NUMBERS.has(format ?? '');
  return (
    <TextInput
      label={label}
      description={<Below about={field.description} note={note} said={spelled(format, tidy(format, text))} />}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={error || undefined}
      value={text}
      placeholder={value === null ? 'Not on the paper' : placeholderOf(format)}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => tidy(format, text) !== text && onChange(tidy(format, text))}
      onFocus={(event) => event.currentTarget.select()}
      inputMode={isNumber ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={format === 'line' || format === undefined}
      maxLength={control.kind === 'text' && control.maxLength !== undefined ? control.maxLength : 2_000}
      classNames={{
        input: `${classes['input']} ${isNumber ? classes['figures'] : ''} ${CODES.has(format ?? '') ? classes['code'] : ''}`,
      }}
      data-entry
    />
  );
}

interface BelowProps {
  readonly about: string | undefined;
  readonly note: string;
  readonly said: string | undefined;
}

function Below({ about, note, said }: BelowProps) {
  return (
    <>
      {about}
      {said !== undefined && <span className={classes['spelled']}>{said}</span>}
      {note !== '' && <span className={classes['note']}>{note}</span>}
    </>
  );
}

function placeholderOf(format: string | undefined): string | undefined {
  switch (format) {
    case 'money':
      return '0.00';
    case 'date':
      return 'Year-month-day, or 31.3.2026';
    default:
      return undefined;
  }
}
