import { Checkbox, JsonInput, Kbd, Radio, Select, TagsInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { Field, Option } from './fields.ts';
import classes from './form.module.css';
import { RowsEntry } from './RowsEntry.tsx';
import { TextEntry } from './TextEntry.tsx';
import { asArray } from './values.ts';

export interface EntryProps {
  readonly field: Field;
  readonly label: ReactNode;
  readonly value: unknown;
  /** Why it is doubtful; empty where it is not. */
  readonly note: string;
  /** What is wrong with it; empty where nothing is. */
  readonly error: string;
  readonly onChange: (value: unknown) => void;
}

const MOST_RADIOS = 6;

/** The control that a field's schema asks for. */
export function Entry(props: EntryProps) {
  const { field, label, value, error, note, onChange } = props;
  const { control } = field;
  const common = { label, description: field.description, error: error || undefined };
  switch (control.kind) {
    case 'text':
    case 'number':
      return <TextEntry {...props} />;
    case 'boolean':
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          data-entry
        />
      );
    case 'choice':
      return control.options.length <= MOST_RADIOS ? (
        <Radios {...props} options={control.options} />
      ) : (
        <LongChoice {...props} options={control.options} />
      );
    case 'rows':
      return <RowsEntry {...props} columns={control.columns} rows={asArray(value)} />;
    case 'list':
      return <TagsInput {...common} value={asArray(value).map(String)} onChange={onChange} data-entry />;
    case 'json':
      return (
        <JsonInput
          {...common}
          description={note || 'As JSON.'}
          value={String(value ?? '')}
          onChange={onChange}
          autosize
          minRows={2}
          formatOnBlur
          data-entry
        />
      );
  }
}

interface ChoiceProps extends EntryProps {
  readonly options: readonly Option[];
}

/** Values may be anything; the control knows them by their place. */
function Radios({ field, label, value, error, note, options, onChange }: ChoiceProps) {
  const at = options.findIndex((option) => option.value === value);
  return (
    <Radio.Group
      label={label}
      description={note || field.description}
      error={error || undefined}
      value={at < 0 ? '' : String(at)}
      onChange={(place) => onChange(options[Number(place)]?.value)}
    >
      <div className={classes['radios']} data-short={options.every((option) => option.label.length <= 4)}>
        {options.map((option, i) => (
          <Radio key={option.label} value={String(i)} label={<OptionLabel option={option} at={i} />} data-entry />
        ))}
      </div>
    </Radio.Group>
  );
}

function OptionLabel({ option, at }: { readonly option: Option; readonly at: number }) {
  return (
    <>
      {option.label} <Kbd size="xs">Alt+{at + 1}</Kbd>
    </>
  );
}

function LongChoice({ field, label, value, error, note, options, onChange }: ChoiceProps) {
  const id = useId();
  const at = options.findIndex((option) => option.value === value);
  return (
    <Select
      id={id}
      label={label}
      description={note || field.description}
      error={error || undefined}
      data={options.map((option, i) => ({ value: String(i), label: option.label }))}
      value={at < 0 ? null : String(at)}
      onChange={(place) => onChange(place === null ? '' : options[Number(place)]?.value)}
      searchable
      data-entry
    />
  );
}
