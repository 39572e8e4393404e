import { Button, Group, Kbd } from '@mantine/core';
import type { Alternative, Reading } from '#core';
import { percent } from '../../words/numbers.ts';
import type { Control } from './fields.ts';
import classes from './form.module.css';
import { entered } from './values.ts';

/** What was read and what else it could be, the likeliest first: nine at most, one key each. */
export function picksOf(reading: Reading<unknown> | undefined): readonly Alternative<unknown>[] {
  if (reading === undefined || reading.alternatives.length === 0) return [];
  const own = reading.value === null ? [] : [{ value: reading.value, probability: reading.probability }];
  const others = reading.alternatives.filter(({ value }) => !same(value, reading.value));
  return [...own, ...others].filter(({ value }) => value !== null).slice(0, 9);
}

interface PicksProps {
  readonly picks: readonly Alternative<unknown>[];
  readonly value: unknown;
  readonly control: Control;
  readonly onPick: (value: unknown) => void;
}

export function Picks({ picks, value, control, onPick }: PicksProps) {
  if (picks.length === 0 || control.kind === 'rows' || control.kind === 'json') return null;
  return (
    <Group gap={6} role="group" aria-label="What it could be">
      {picks.map((pick, i) => (
        <Button
          key={JSON.stringify(pick.value)}
          size="compact-sm"
          variant="default"
          className={classes['pick'] ?? ''}
          aria-pressed={same(entered(control, pick.value), value)}
          aria-keyshortcuts={`Alt+${i + 1}`}
          onClick={() => onPick(pick.value)}
          leftSection={<Kbd size="xs">Alt+{i + 1}</Kbd>}
        >
          {String(pick.value)} <span className={classes['chance']}>{percent(pick.probability)}</span>
        </Button>
      ))}
    </Group>
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
