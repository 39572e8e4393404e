import { Checkbox } from '@mantine/core';
import { percent } from '../../words/numbers.ts';
import classes from './form.module.css';

interface AbsentBoxProps {
  readonly title: string;
  readonly absent: boolean;
  readonly likely: number | undefined;
  readonly onChange: (absent: boolean) => void;
}

/** Says that the paper has no such value: an answer, not a gap. */
export function AbsentBox({ title, absent, likely, onChange }: AbsentBoxProps) {
  return (
    <Checkbox
      size="xs"
      className={classes['absent'] ?? ''}
      checked={absent}
      onChange={(event) => onChange(event.currentTarget.checked)}
      aria-label={`${title} is not on the paper`}
      label={
        <>
          Not on the paper
          {likely !== undefined && likely >= 0.05 && likely < 1 && (
            <span className={classes['likely']}> {percent(likely)} likely</span>
          )}
        </>
      }
    />
  );
}
