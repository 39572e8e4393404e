import type { AccessEvent } from '#core';
import { Card } from '../shared/Card.tsx';
import { atMoment } from '../words/time.ts';
import classes from './applications.module.css';
import { eventInWords } from './words.ts';

export function AccessEvents({ events }: { readonly events: readonly AccessEvent[] }) {
  return (
    <Card title="What happened">
      <ol className={classes['events']}>
        {events.map((event) => (
          <li key={`${event.at} ${event.application} ${event.kind} ${event.account}`}>
            <time dateTime={event.at}>{atMoment(event.at)}</time>
            <span>
              {event.application}
              {event.account !== null && ` / ${event.account}`}: {eventInWords(event)}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
