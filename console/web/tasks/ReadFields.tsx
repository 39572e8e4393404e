import { Table, UnstyledButton } from '@mantine/core';
import type { Draft, Reading } from '#core';
import { printedAt } from '../paper/marks.ts';
import { Card } from '../shared/Card.tsx';
import { Shown } from '../shared/Shown.tsx';
import { percent } from '../words/numbers.ts';
import { inWords } from '../words/tasks.ts';
import classes from './tasks.module.css';

interface ReadFieldsProps {
  readonly draft: Draft<Record<string, unknown>>;
  readonly focused: string | null;
  readonly onPick: (field: string) => void;
}

/** Each field as it was read, how far it may be trusted, and what speaks for it. */
export function ReadFields({ draft, focused, onPick }: ReadFieldsProps) {
  return (
    <Card title="As read" flush>
      <Table.ScrollContainer minWidth={460}>
        <Table verticalSpacing={5} horizontalSpacing="md" className={classes['fields'] ?? ''}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Value</Table.Th>
              <Table.Th>Sure</Table.Th>
              <Table.Th>Evidence</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Object.entries(draft).map(([name, reading]) => (
              <Table.Tr key={name} data-focused={name === focused}>
                <Table.Th scope="row">
                  <FieldName name={name} reading={reading} onPick={onPick} />
                </Table.Th>
                <Table.Td>
                  {reading.value === null ? (
                    <span className={classes['quiet']}>not on the paper</span>
                  ) : (
                    <Shown value={reading.value} />
                  )}
                </Table.Td>
                <Table.Td className={classes['nowrap'] ?? ''}>
                  {percent(reading.value === null ? reading.absent : reading.probability)}
                </Table.Td>
                <Table.Td className={classes['quiet'] ?? ''}>
                  {reading.evidence.map(inWords).join(', ').toLowerCase()}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}

function FieldName({
  name,
  reading,
  onPick,
}: {
  readonly name: string;
  readonly reading: Reading<unknown>;
  readonly onPick: (field: string) => void;
}) {
  if (printedAt(reading).length === 0) return <>{inWords(name)}</>;
  return (
    <UnstyledButton className={classes['toBox'] ?? ''} onClick={() => onPick(name)} title="Show it on the paper">
      {inWords(name)}
    </UnstyledButton>
  );
}
