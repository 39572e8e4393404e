import { Link } from 'wouter';
import type { DecidedTime, PlannedStart, ScheduleWithRuns } from '#core';
import { StateBadge } from '../shared/StateBadge.tsx';
import { inZone } from '../words/time.ts';
import { LEFT_OUT_WORDS, shiftInWords } from './policies.ts';
import classes from './schedules.module.css';

interface Props {
  readonly schedule: ScheduleWithRuns;
}

/** Kinds of times left out that are shown; older ones are seldom what somebody looks for. */
const SHOWN = 3;

export function NextRuns({ schedule: { next, timeZone, paused, pausedUntil, trouble } }: Props) {
  if (trouble !== null) return null;
  if (paused && pausedUntil === null) return <p className={classes['next']}>Starts nothing while it is paused.</p>;
  if (next.length === 0) return <p className={classes['next']}>It never comes due again.</p>;
  return (
    <div className={classes['next']}>
      <span>{pausedUntil === null ? 'Next runs' : `Paused until ${inZone(pausedUntil, timeZone)}, then`}</span>
      <ol>
        {next.map((start) => (
          <li key={start.dueAt}>
            <time dateTime={start.startAt}>{inZone(start.startAt, timeZone)}</time>
            <Reasons start={start} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Reasons({ start }: { readonly start: PlannedStart }) {
  const reasons = start.shifts.map(shiftInWords).filter((words) => words !== null);
  return reasons.length === 0 ? null : <small> {reasons.join(', ')}</small>;
}

/** How the last task stands, what waits for its end, and which times led to no start. */
export function LastRuns({ schedule }: Props) {
  const { last, times, waiting, timeZone } = schedule;
  const leftOut = times.filter(({ task }) => task === null).slice(0, SHOWN);
  return (
    <ul className={classes['last']} aria-label={`What became of ${schedule.name}`}>
      <li>
        {last === null ? (
          'Has started nothing yet.'
        ) : (
          <>
            <Link href={`/tasks/${last.id}`}>Last run {inZone(last.receivedAt, timeZone)}</Link>{' '}
            <StateBadge state={last.state} />
          </>
        )}
      </li>
      {waiting !== null && <li>The one of {inZone(waiting, timeZone)} waits for its end.</li>}
      {leftOut.map((time) => (
        <li key={time.dueAt}>{leftOutInWords(time, timeZone)}</li>
      ))}
    </ul>
  );
}

function leftOutInWords({ dueAt, count, reason }: DecidedTime, timeZone: string): string {
  const which =
    count === 1 ? `${inZone(dueAt, timeZone)} left out` : `${count} up to ${inZone(dueAt, timeZone)} left out`;
  return reason === null ? `${which}.` : `${which}: ${LEFT_OUT_WORDS[reason]}.`;
}
