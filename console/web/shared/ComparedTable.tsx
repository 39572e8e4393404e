import { Table } from '@mantine/core';
import type { Comparison } from '#core';
import { inWords } from '../words/tasks.ts';
import classes from './compared.module.css';
import { CheckIcon, DifferIcon } from './icons.tsx';
import { Shown } from './Shown.tsx';

/** Both sides of a read-back: what was to be keyed, what the application shows. Differences stand first. */
export function ComparedTable({ compared }: { readonly compared: readonly Comparison[] }) {
  const rows = [...compared].sort((a, b) => Number(a.same) - Number(b.same));
  return (
    <Table.ScrollContainer minWidth={400}>
      <Table verticalSpacing={6} className={classes['table'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>To be keyed</Table.Th>
            <Table.Th>Application shows</Table.Th>
            <Table.Th>
              <span className={classes['hidden']}>Same?</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ field, wanted, shown, same }) => (
            <Table.Tr key={field} data-same={same}>
              <Table.Th scope="row">{inWords(field)}</Table.Th>
              <Table.Td>
                <Shown value={wanted} />
              </Table.Td>
              <Table.Td className={classes['shown'] ?? ''}>
                <Shown value={shown} />
              </Table.Td>
              <Table.Td>
                <span className={classes['verdict']}>
                  {same ? <CheckIcon size={15} /> : <DifferIcon size={15} />}
                  {same ? 'same' : 'differs'}
                </span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
