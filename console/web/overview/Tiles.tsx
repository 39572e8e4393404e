import { Link } from 'wouter';
import type { Overview, TaskState } from '#core';
import { STATE_WORDS, type Tone } from '../words/tasks.ts';
import { seconds } from '../words/time.ts';
import classes from './overview.module.css';

const STATES = ['ready', 'running', 'waiting', 'done', 'rejected'] as const;

const STATE_NOTES: Readonly<Record<TaskState, string>> = {
  ready: 'for a bot to take',
  running: 'at a bot',
  waiting: 'for a person',
  done: 'keyed and proven',
  rejected: 'nothing keyed',
};

export function Tiles({ overview }: { readonly overview: Overview }) {
  const { counts, late, straightThrough, medianSeconds } = overview;
  return (
    <ul className={classes['tiles']} aria-label="Tasks by state">
      {STATES.map((state) => (
        <Tile
          key={state}
          label={STATE_WORDS[state].word}
          value={String(counts[state])}
          note={STATE_NOTES[state]}
          tone={counts[state] > 0 ? STATE_WORDS[state].tone : 'quiet'}
          href={state === 'waiting' ? '/exceptions' : `/tasks?state=${state}`}
        />
      ))}
      <Tile label="Late" value={String(late)} tone={late > 0 ? 'bad' : 'quiet'} note="past their promise" />
      <Tile label="Straight through" value={share(straightThrough)} tone="good" note="without a person" />
      <Tile
        label="Time per task"
        value={medianSeconds === null ? '–' : seconds(medianSeconds)}
        tone="quiet"
        note="median"
      />
    </ul>
  );
}

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly tone: Tone;
  readonly note?: string;
  readonly href?: string;
}

function Tile({ label, value, tone, note, href }: TileProps) {
  const content = (
    <>
      <span className={classes['tileLabel']}>{label}</span>
      <span className={classes['tileValue']}>{value}</span>
      {note !== undefined && <span className={classes['tileNote']}>{note}</span>}
    </>
  );
  return (
    <li className={classes['tile']} data-tone={tone}>
      {href === undefined ? <div>{content}</div> : <Link href={href}>{content}</Link>}
    </li>
  );
}

function share(value: number | null): string {
  return value === null ? '–' : `${Math.round(value * 100)} %`;
}
