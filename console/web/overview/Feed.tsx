import { Text } from '@mantine/core';
import { Link } from 'wouter';
import type { TaskEvent } from '#core';
import { useLive } from '../api/live.ts';
import { Card } from '../shared/Card.tsx';
import { eventWords, factsInShort } from '../words/tasks.ts';
import { atClock } from '../words/time.ts';
import classes from './overview.module.css';

const SHOWN = 14;

export function Feed() {
  const { events } = useLive();
  return (
    <Card
      title="Right now"
      aside={
        <Text size="sm" c="dimmed">
          the newest first
        </Text>
      }
      flush
    >
      {events.length === 0 && (
        <Text c="dimmed" px="md" pb="md">
          Nothing has happened yet.
        </Text>
      )}
      <ol className={classes['feed']}>
        {events.slice(0, SHOWN).map((event) => (
          <Moment key={event.seq} event={event} />
        ))}
      </ol>
    </Card>
  );
}

function Moment({ event }: { readonly event: TaskEvent }) {
  const { word, tone } = eventWords(event);
  return (
    <li>
      <Link href={`/tasks/${event.task}`} className={classes['moment'] ?? ''}>
        <time dateTime={event.at}>{atClock(event.at)}</time>
        <span className={classes['tone']} data-tone={tone} aria-hidden="true" />
        <span className={classes['what']}>
          {word} <span className={classes['facts']}>{factsInShort(event)}</span>
        </span>
        <span className={classes['who']}>{event.bot}</span>
      </Link>
    </li>
  );
}
