import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { ListedTask, Task } from '#core';
import { Due } from '../shared/Due.tsx';
import { StateBadge } from '../shared/StateBadge.tsx';
import { useNow } from '../shared/useNow.ts';
import { isUnderWay, standingInWords } from '../words/standing.ts';
import { inWords } from '../words/tasks.ts';
import { ago, span } from '../words/time.ts';
import classes from './tasks.module.css';

export function TaskTable({ tasks }: { readonly tasks: readonly ListedTask[] }) {
  const now = useNow();
  if (tasks.length === 0) return <Text c="dimmed">No task fits these filters.</Text>;
  return (
    <div className={classes['table']}>
      <Table verticalSpacing={9} highlightOnHover className={classes['tasks'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Paper</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Bot</Table.Th>
            <Table.Th>Arrived</Table.Th>
            <Table.Th>Promise</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tasks.map((task) => (
            <Table.Tr key={task.id}>
              <Table.Td className={classes['name'] ?? ''}>
                <Anchor component={Link} href={`/tasks/${task.id}`} c="inherit" inherit fw={550}>
                  {nameOf(task)}
                </Anchor>
              </Table.Td>
              <Table.Td className={classes['stands'] ?? ''}>
                <StateBadge state={task.state} />
                <span className={classes['reason']}>{reasonOf(task, now)}</span>
              </Table.Td>
              <Table.Td className={classes['nowrap'] ?? ''}>{task.bot}</Table.Td>
              <Table.Td className={classes['nowrap'] ?? ''}>{ago(task.receivedAt, now)}</Table.Td>
              <Table.Td className={classes['nowrap'] ?? ''}>
                {task.endedAt === null ? <Due at={task.dueAt} /> : <Ended task={task} endedAt={task.endedAt} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Why it ended so, or what keeps it. */
function reasonOf({ standing, reason }: ListedTask, now: number): string {
  if (standing === null) return reason === null ? '' : inWords(reason);
  return isUnderWay(standing) ? '' : standingInWords(standing, now).words;
}

function Ended({ task, endedAt }: { readonly task: Task; readonly endedAt: string }) {
  const took = span(Date.parse(endedAt) - Date.parse(task.receivedAt));
  const late = endedAt > task.dueAt;
  return (
    <span className={late ? classes['late'] : classes['quiet']}>
      took {took}
      {late && ', late'}
    </span>
  );
}

export function nameOf({ input, key }: Task): string {
  return input.document?.name ?? key;
}
