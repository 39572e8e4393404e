import { Button, Checkbox, FileButton, Group, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Calendar, SpecialDay } from '#core';
import { ApiFault, call } from '../api/client.ts';
import { NamedForm } from './NamedForm.tsx';
import { WEEKDAYS } from './week.ts';

interface CalendarFormProps {
  /** Null for a new one. */
  readonly calendar: Calendar | null;
  readonly onDone: () => void;
}

/** A calendar's next version: its week, and its special days as a file says them. */
export function CalendarForm({ calendar, onDone }: CalendarFormProps) {
  const [name, setName] = useState(calendar?.name ?? '');
  const [week, setWeek] = useState((calendar?.workingDays ?? [1, 2, 3, 4, 5]).map(String));
  const [file, setFile] = useState(linesOf(calendar?.specialDays ?? []));
  const save = useSave({ name, week, file }, onDone);
  const where = save.error instanceof ApiFault ? save.error.where : undefined;
  const errorAt = (field: string) => (where === field ? save.error?.message : undefined);
  const isElsewhere = where === undefined || !['name', 'workingDays', 'file'].includes(where);
  return (
    <NamedForm
      name={name}
      onName={setName}
      isNamed={calendar !== null}
      nameError={errorAt('name')}
      error={isElsewhere ? save.error?.message : undefined}
      isSaving={save.isPending}
      onSave={save.mutate}
      onCancel={onDone}
      aside={
        <FileButton onChange={(chosen) => void chosen?.text().then(setFile)} accept=".ics,.txt,.csv,text/*">
          {(props) => (
            <Button variant="default" {...props}>
              Read from a file
            </Button>
          )}
        </FileButton>
      }
    >
      <Checkbox.Group label="Working days" value={week} onChange={setWeek} error={errorAt('workingDays')}>
        <Group gap="sm" mt={6}>
          {WEEKDAYS.map((day, at) => (
            <Checkbox key={day} value={String(at + 1)} label={day} />
          ))}
        </Group>
      </Checkbox.Group>
      <Textarea
        label="Special days"
        description="One on each line: 2026-12-25 Christmas Day. *-05-01 is every year, + before it is worked, 2026-12-24/2026-12-31 is a span. Or the text of an iCalendar file."
        value={file}
        onChange={(event) => setFile(event.currentTarget.value)}
        error={errorAt('file')}
        autosize
        minRows={5}
        maxRows={14}
      />
    </NamedForm>
  );
}

function linesOf(days: readonly SpecialDay[]): string {
  return days.map(({ day, name, works }) => `${works ? '+' : ''}${day} ${name}`.trimEnd()).join('\n');
}

function useSave({ name, week, file }: { name: string; week: readonly string[]; file: string }, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      if (name === '') throw new ApiFault(400, { error: { where: 'name', message: 'Give it a name.' } });
      const json = { workingDays: week.map(Number), file };
      return call(`/api/calendars/${encodeURIComponent(name)}`, { method: 'PUT', json });
    },
    onSuccess: onDone,
    onSettled: () =>
      Promise.all([['calendars'], ['schedules']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
