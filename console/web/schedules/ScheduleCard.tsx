import { Button, Code, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ScheduleWithRuns } from '#core';
import { call } from '../api/client.ts';
import { Card } from '../shared/Card.tsx';
import { Tag } from '../shared/StateBadge.tsx';
import { inZone } from '../words/time.ts';
import { MISSED_WORDS, OVERLAP_WORDS } from './policies.ts';
import classes from './schedules.module.css';

interface ScheduleCardProps {
  readonly schedule: ScheduleWithRuns;
  readonly onEdit: () => void;
}

export function ScheduleCard({ schedule, onEdit }: ScheduleCardProps) {
  const { name, bot, cron, timeZone, paused } = schedule;
  const [sure, { open, close }] = useDisclosure(false);
  const change = useChange(name, close);
  return (
    <Card title={name} aside={paused ? <Tag tone="doubt">Paused</Tag> : <Tag tone="good">Active</Tag>}>
      <p className={classes['what']}>
        Starts <strong>{bot}</strong> at <Code>{cron}</Code> in {timeZone.replaceAll('_', ' ')}
      </p>
      <Runs schedule={schedule} />
      <ul className={classes['policies']}>
        <li>{MISSED_WORDS[schedule.missed].sentence}</li>
        <li>{OVERLAP_WORDS[schedule.overlap].sentence}</li>
      </ul>
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="default" onClick={onEdit} aria-label={`Change ${name}`}>
          Change
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(paused ? 'resume' : 'pause')}
          aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
        <Button size="xs" variant="subtle" color="red" c="var(--rk-bad)" onClick={open} aria-label={`Delete ${name}`}>
          Delete
        </Button>
      </Group>
      {change.error !== null && (
        <Text size="sm" c="var(--rk-bad)" role="alert" mt="xs">
          {change.error.message}
        </Text>
      )}
      <Modal opened={sure} onClose={close} title={`Delete ${name}?`}>
        <Text mb="lg">The bot is no longer started by it. Tasks it started stay.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Back
          </Button>
          <Button color="red.9" autoContrast={false} loading={change.isPending} onClick={() => change.mutate('delete')}>
            Delete
          </Button>
        </Group>
      </Modal>
    </Card>
  );
}

function Runs({ schedule: { next, timeZone, paused } }: { readonly schedule: ScheduleWithRuns }) {
  if (paused) return <p className={classes['next']}>Starts nothing while it is paused.</p>;
  if (next.length === 0) return <p className={classes['next']}>It never comes due again.</p>;
  return (
    <div className={classes['next']}>
      <span>Next runs</span>
      <ol>
        {next.map(({ dueAt, startAt }) => (
          <li key={dueAt}>
            <time dateTime={startAt}>{inZone(startAt, timeZone)}</time>
          </li>
        ))}
      </ol>
    </div>
  );
}

type Change = 'pause' | 'resume' | 'delete';

function useChange(name: string, onDone: () => void) {
  const client = useQueryClient();
  const path = `/api/schedules/${encodeURIComponent(name)}`;
  return useMutation({
    mutationFn: (change: Change) =>
      change === 'delete' ? call(path, { method: 'DELETE' }) : call(`${path}/${change}`, { method: 'POST' }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ['schedules'] }),
  });
}
