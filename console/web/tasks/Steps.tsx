import { Timeline } from '@mantine/core';
import type { StepRecord } from '#core';
import { Card } from '../shared/Card.tsx';
import { inWords } from '../words/tasks.ts';
import { atClock } from '../words/time.ts';
import classes from './tasks.module.css';

const KIND_WORDS: Readonly<Record<StepRecord['kind'], string>> = {
  step: 'Step',
  extract: 'Read the paper',
  validate: 'Checked',
  ask: 'Asked',
  look: 'Looked up',
  rekey: 'Keyed',
};

export function Steps({ steps }: { readonly steps: readonly StepRecord[] }) {
  if (steps.length === 0) return null;
  return (
    <Card title="Steps">
      <Timeline active={steps.length} bulletSize={14} lineWidth={2}>
        {steps.map(({ name, kind, at }) => (
          <Timeline.Item key={name} title={inWords(name)}>
            <span className={classes['quiet']}>
              {KIND_WORDS[kind]}, {atClock(at)}
            </span>
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}
