import { Table } from '@mantine/core';
import type { TaskEvent } from '#core';
import { Card } from '../shared/Card.tsx';
import { eventWords, factsInWords } from '../words/tasks.ts';
import { atClock, atMoment } from '../words/time.ts';
import classes from './tasks.module.css';

export function Events({ events }: { readonly events: readonly TaskEvent[] }) {
  return (
    <Card title="Events" flush>
      <Table verticalSpacing={4} horizontalSpacing="md" withRowBorders={false} className={classes['events'] ?? ''}>
        <Table.Tbody>
          {events.map((event) => (
            <Table.Tr key={event.seq}>
              <Table.Td className={`${classes['nowrap']} ${classes['quiet']}`} title={atMoment(event.at)}>
                {atClock(event.at)}
              </Table.Td>
              <Table.Td>{eventWords(event).word}</Table.Td>
              <Table.Td className={classes['quiet'] ?? ''}>{factsInWords(event)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
