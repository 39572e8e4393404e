import { ActionIcon, Button, Table, TextInput } from '@mantine/core';
import { CrossIcon, PlusIcon } from '../../shared/icons.tsx';
import type { EntryProps } from './Entry.tsx';
import type { Field } from './fields.ts';
import classes from './form.module.css';
import { tidy } from './formats.ts';

interface RowsEntryProps extends EntryProps {
  readonly columns: readonly Field[];
  readonly rows: readonly unknown[];
}

const FIGURES = new Set(['money', 'unit-price', 'quantity']);

/** Lines of a table, each cell a small input. */
export function RowsEntry({ field, label, columns, rows, note, error, onChange }: RowsEntryProps) {
  /** A line has no name but its place. */
  const lines = rows.map((row, at) => ({ at, row: Object(row), name: `${field.name} ${at}` }));
  const change = (at: number, row: unknown) => onChange(rows.map((old, i) => (i === at ? row : old)));
  return (
    <fieldset className={classes['rows']} aria-invalid={error !== ''}>
      <legend>{label}</legend>
      <Table.ScrollContainer minWidth={columns.length * 96}>
        <Table verticalSpacing={2} horizontalSpacing={2} withRowBorders={false} className={classes['grid'] ?? ''}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column.name} data-figures={isFigure(column)}>
                  {column.title}
                </Table.Th>
              ))}
              <Table.Th aria-label="Remove" w={32} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ row, at, name }) => (
              <Table.Tr key={name}>
                {columns.map((column) => (
                  <Table.Td key={column.name}>
                    <Cell
                      label={`${field.title} ${at + 1}: ${column.title}`}
                      column={column}
                      row={row}
                      onChange={(next) => change(at, next)}
                    />
                  </Table.Td>
                ))}
                <Table.Td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    c="inherit"
                    size={28}
                    aria-label={`Remove ${field.title} ${at + 1}`}
                    onClick={() => onChange(rows.filter((_, i) => i !== at))}
                  >
                    <CrossIcon size={14} />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<PlusIcon size={14} />}
        onClick={() => onChange([...rows, emptyRow(columns)])}
      >
        Add a line
      </Button>
      {note !== '' && <span className={classes['note']}>{note}</span>}
      {error !== '' && (
        <span className={classes['error']} role="alert">
          {error}
        </span>
      )}
    </fieldset>
  );
}

interface CellProps {
  readonly label: string;
  readonly column: Field;
  readonly row: Readonly<Record<string, unknown>>;
  readonly onChange: (row: Readonly<Record<string, unknown>>) => void;
}

function Cell({ label, column, row, onChange }: CellProps) {
  const format = column.control.kind === 'text' ? column.control.format : 'quantity';
  const text = String(row[column.name] ?? '');
  const set = (value: string) => onChange({ ...row, [column.name]: value });
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
      onBlur={() => tidy(format, text) !== text && set(tidy(format, text))}
      autoComplete="off"
      classNames={{ input: `${classes['input']} ${isFigure(column) ? classes['figures'] : ''}` }}
      data-entry
    />
  );
}

function isFigure({ control }: Field): boolean {
  return control.kind === 'number' || (control.kind === 'text' && FIGURES.has(control.format ?? ''));
}

function emptyRow(columns: readonly Field[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(columns.map(({ name }) => [name, '']));
}
