import { Button, Group, Modal, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Calendar } from '#core';
import { call } from '../api/client.ts';
import { Card } from '../shared/Card.tsx';
import { PlusIcon } from '../shared/icons.tsx';
import { SureButton } from '../shared/SureButton.tsx';
import { CalendarForm } from './CalendarForm.tsx';
import classes from './schedules.module.css';
import { weekInWords } from './week.ts';

export function Calendars({ calendars }: { readonly calendars: readonly Calendar[] }) {
  const [editing, setEditing] = useState<Calendar | 'new' | null>(null);
  const close = () => setEditing(null);
  return (
    <>
      <Group justify="space-between" className={classes['calendars'] ?? ''}>
        <Title order={2}>Calendars</Title>
        <Button variant="default" leftSection={<PlusIcon />} onClick={() => setEditing('new')}>
          New calendar
        </Button>
      </Group>
      {calendars.length === 0 && (
        <Text c="dimmed">No calendar yet. A schedule that keeps one knows working days and holidays.</Text>
      )}
      <ul className={classes['list']}>
        {calendars.map((calendar) => (
          <li key={calendar.name}>
            <CalendarCard calendar={calendar} onEdit={() => setEditing(calendar)} />
          </li>
        ))}
      </ul>
      <Modal
        opened={editing !== null}
        onClose={close}
        title={editing === 'new' ? 'New calendar' : `Change ${editing?.name}`}
        size="lg"
      >
        {editing !== null && <CalendarForm calendar={editing === 'new' ? null : editing} onDone={close} />}
      </Modal>
    </>
  );
}

interface CalendarCardProps {
  readonly calendar: Calendar;
  readonly onEdit: () => void;
}

function CalendarCard({ calendar, onEdit }: CalendarCardProps) {
  const { name, version, workingDays, specialDays } = calendar;
  const worked = specialDays.filter(({ works }) => works).length;
  return (
    <Card title={name} aside={`Version ${version}`}>
      <p className={classes['what']}>
        {weekInWords(workingDays)} · {counted(specialDays.length - worked, 'holiday')}
        {worked > 0 && ` · ${counted(worked, 'day')} worked besides`}
      </p>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={onEdit} aria-label={`Change the calendar ${name}`}>
          Change
        </Button>
        <SureButton
          verb="Delete"
          label={`Delete the calendar ${name}`}
          title={`Delete the calendar ${name}?`}
          isBad
          act={() => call(`/api/calendars/${encodeURIComponent(name)}`, { method: 'DELETE' })}
          changes={['calendars']}
        >
          All its versions go. A calendar that a schedule keeps stays.
        </SureButton>
      </Group>
    </Card>
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
