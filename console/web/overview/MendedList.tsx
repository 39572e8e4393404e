import { Text } from '@mantine/core';
import type { Mended, MendedKind } from '#core';
import { Card } from '../shared/Card.tsx';
import { atMoment } from '../words/time.ts';
import classes from './overview.module.css';

const WORDS: Readonly<Record<MendedKind, string>> = {
  'tickets-lost': 'Work that no worker had been told of',
  'worker-silent': 'Taken over from a worker that died or hung',
  'wait-forgotten': 'Waited for an application that was in order again',
};

/** What was amiss and set right by itself; no card where nothing was. */
export function MendedList({ mended }: { readonly mended: readonly Mended[] }) {
  if (mended.length === 0) return null;
  return (
    <Card
      title="Mended by itself"
      aside={
        <Text size="sm" c="dimmed">
          in seven days
        </Text>
      }
      flush
    >
      <ul className={classes['rows']}>
        {mended.map(({ kind, bot, times, tasks, lastAt }) => (
          <li key={`${kind} ${bot}`} className={classes['row']}>
            <Text size="sm">{WORDS[kind]}</Text>
            <Text size="sm" c="dimmed">
              {bot}: {tasks === 1 ? 'one task' : `${tasks} tasks`}
              {times > 1 && `, ${times} times`}, last <time dateTime={lastAt}>{atMoment(lastAt)}</time>
            </Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}
