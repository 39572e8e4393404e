import { useLive } from '../api/live.ts';
import classes from './shell.module.css';

/** Whether what is on the screen follows what happens. */
export function Connection() {
  const { connected } = useLive();
  return (
    <span className={classes['connection']} data-connected={connected} role="status">
      <span className={classes['dot']} aria-hidden="true" />
      <span className={classes['connectionWord']}>{connected ? 'Live' : 'Reconnecting…'}</span>
    </span>
  );
}
