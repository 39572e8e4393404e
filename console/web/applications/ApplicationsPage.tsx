import { Text } from '@mantine/core';
import { useAccessEvents, useApplications } from '../api/queries.ts';
import { Loaded } from '../shared/Loaded.tsx';
import { Page } from '../shared/Page.tsx';
import { AccessEvents } from './AccessEvents.tsx';
import { ApplicationCard } from './ApplicationCard.tsx';
import classes from './applications.module.css';

/** The applications bots key into: whether they may, why not, and what waits meanwhile. */
export function ApplicationsPage() {
  const events = useAccessEvents().data ?? [];
  return (
    <Loaded query={useApplications()}>
      {(applications) => (
        <Page title="Applications" lead="Where bots work: whether they may, what keeps them out, and what waits.">
          {applications.length === 0 && (
            <Text c="dimmed">No bot has used an application yet. Each appears here with its first task.</Text>
          )}
          <ul className={classes['list']}>
            {applications.map((info) => (
              <li key={info.application}>
                <ApplicationCard info={info} />
              </li>
            ))}
          </ul>
          {events.length > 0 && <AccessEvents events={events} />}
        </Page>
      )}
    </Loaded>
  );
}
