import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import type { ScheduleWithRuns } from '#core';
import { useCalendars, useOverview, useSchedules } from '../api/queries.ts';
import { PlusIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Page } from '../shared/Page.tsx';
import { Calendars } from './Calendars.tsx';
import { ScheduleCard } from './ScheduleCard.tsx';
import { ScheduleForm } from './ScheduleForm.tsx';
import classes from './schedules.module.css';

/** What is open in the dialog: one schedule, a new one, or nothing. */
type Editing = ScheduleWithRuns | 'new' | null;

export function SchedulesPage() {
  const query = useSchedules();
  const bots = useOverview().data?.bots.map(({ name }) => name) ?? [];
  const calendars = useCalendars().data ?? [];
  const [editing, setEditing] = useState<Editing>(null);
  const close = () => setEditing(null);
  return (
    <Loaded query={query}>
      {(schedules) => (
        <Page
          title="Schedules"
          lead="Bots that start by the clock."
          actions={
            <Button leftSection={<PlusIcon />} onClick={() => setEditing('new')}>
              New schedule
            </Button>
          }
        >
          {schedules.length === 0 && (
            <Text c="dimmed">No schedule yet. Bots take papers as they come; a schedule starts one by itself.</Text>
          )}
          <ul className={classes['list']}>
            {schedules.map((schedule) => (
              <li key={schedule.name}>
                <ScheduleCard schedule={schedule} onEdit={() => setEditing(schedule)} />
              </li>
            ))}
          </ul>
          <Calendars calendars={calendars} />
          <Modal
            opened={editing !== null}
            onClose={close}
            title={editing === 'new' ? 'New schedule' : `Change ${editing?.name}`}
            size="lg"
          >
            {editing !== null && (
              <ScheduleForm
                schedule={editing === 'new' ? null : editing}
                bots={bots}
                calendars={calendars.map(({ name }) => name)}
                onDone={close}
              />
            )}
          </Modal>
        </Page>
      )}
    </Loaded>
  );
}
