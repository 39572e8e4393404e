import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ScheduleWithRuns } from '#core';
import { call } from '../api/client.ts';
import { SureButton } from '../shared/SureButton.tsx';

interface ScheduleActionsProps {
  readonly schedule: ScheduleWithRuns;
  readonly onEdit: () => void;
}

export function ScheduleActions({ schedule: { name, paused, trouble }, onEdit }: ScheduleActionsProps) {
  const [pausing, pause] = useDisclosure(false);
  const change = useChange(name, pause.close);
  return (
    <>
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          variant="default"
          loading={change.isPending}
          disabled={trouble === 'unknown-bot'}
          onClick={() => change.mutate({ do: 'start' })}
          aria-label={`Start ${name} now`}
        >
          Start now
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={change.isPending}
          onClick={() => (paused ? change.mutate({ do: 'resume' }) : pause.open())}
          aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
        <Button size="xs" variant="default" onClick={onEdit} aria-label={`Change ${name}`}>
          Change
        </Button>
        <SureButton
          verb="Delete"
          label={`Delete ${name}`}
          title={`Delete ${name}?`}
          isBad
          act={() => call(pathOf(name), { method: 'DELETE' })}
          changes={['schedules']}
        >
          The bot is no longer started by it. Tasks it started stay.
        </SureButton>
      </Group>
      {change.error !== null && (
        <Text size="sm" c="var(--rk-bad)" role="alert" mt="xs">
          {change.error.message}
        </Text>
      )}
      <Modal opened={pausing} onClose={pause.close} title={`Pause ${name}`}>
        <PauseForm
          isPending={change.isPending}
          onBack={pause.close}
          onPause={(until) => change.mutate({ do: 'pause', until })}
        />
      </Modal>
    </>
  );
}

interface PauseFormProps {
  readonly isPending: boolean;
  readonly onBack: () => void;
  /** An ISO time, or undefined until it is resumed. */
  readonly onPause: (until: string | undefined) => void;
}

function PauseForm({ isPending, onBack, onPause }: PauseFormProps) {
  const [until, setUntil] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    onPause(until === '' ? undefined : new Date(until).toISOString());
  };
  return (
    <form onSubmit={send} noValidate>
      <TextInput
        type="datetime-local"
        label="Until"
        description="By your clock. Left empty, until somebody resumes it. What comes due meanwhile is not made up for."
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        data-autofocus
        mb="lg"
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" loading={isPending}>
          Pause
        </Button>
      </Group>
    </form>
  );
}

type Change = { readonly do: 'start' | 'resume' } | { readonly do: 'pause'; readonly until: string | undefined };

function useChange(name: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => {
      const until = change.do === 'pause' && change.until !== undefined ? { json: { until: change.until } } : {};
      return call(`${pathOf(name)}/${change.do}`, { method: 'POST', ...until });
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ['schedules'] }),
  });
}

const pathOf = (name: string) => `/api/schedules/${encodeURIComponent(name)}`;
