import { Code } from '@mantine/core';
import type { ScheduleWithRuns } from '#core';
import { Card } from '../shared/Card.tsx';
import { Tag } from '../shared/StateBadge.tsx';
import { MISSED_WORDS, OVERLAP_WORDS, TROUBLE_WORDS, timingInWords } from './policies.ts';
import { ScheduleActions } from './ScheduleActions.tsx';
import { LastRuns, NextRuns } from './ScheduleRuns.tsx';
import classes from './schedules.module.css';

interface ScheduleCardProps {
  readonly schedule: ScheduleWithRuns;
  readonly onEdit: () => void;
}

export function ScheduleCard({ schedule, onEdit }: ScheduleCardProps) {
  const { name, bot, cron, timeZone, trouble } = schedule;
  return (
    <Card title={name} aside={<Standing schedule={schedule} />}>
      <p className={classes['what']}>
        Starts <strong>{bot}</strong> at <Code>{cron}</Code> in {timeZone.replaceAll('_', ' ')}
      </p>
      {trouble !== null && (
        <p className={classes['trouble']} role="alert">
          {TROUBLE_WORDS[trouble]}
        </p>
      )}
      <NextRuns schedule={schedule} />
      <LastRuns schedule={schedule} />
      <ul className={classes['policies']}>
        {timingInWords(schedule).map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>{MISSED_WORDS[schedule.missed].sentence}</li>
        <li>{OVERLAP_WORDS[schedule.overlap].sentence}</li>
      </ul>
      <ScheduleActions schedule={schedule} onEdit={onEdit} />
    </Card>
  );
}

function Standing({ schedule: { paused, trouble } }: { readonly schedule: ScheduleWithRuns }) {
  if (trouble !== null) return <Tag tone="bad">Cannot start</Tag>;
  return paused ? <Tag tone="doubt">Paused</Tag> : <Tag tone="good">Active</Tag>;
}
