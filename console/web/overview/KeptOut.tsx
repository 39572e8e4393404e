import { Alert, Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { ApplicationInfo } from '#core';
import { useApplications } from '../api/queries.ts';
import { stateWord } from '../applications/words.ts';
import classes from './overview.module.css';

/** Applications in which bots may not work though they should. That one is closed by its hours is in order. */
export function KeptOut() {
  const out = (useApplications().data ?? []).filter(({ state }) => state === 'parked' || state === 'held');
  if (out.length === 0) return null;
  return (
    <Alert variant="default" mb="lg" className={classes['halted'] ?? ''}>
      {out.map(inWords).join('. ')}.{' '}
      <Anchor component={Link} href="/applications" inherit underline="always">
        See applications
      </Anchor>
    </Alert>
  );
}

function inWords(info: ApplicationInfo): string {
  const { application, waiting } = info;
  const tasks = waiting === 0 ? 'nothing waits' : waiting === 1 ? 'one task waits' : `${waiting} tasks wait`;
  return `${application}: ${stateWord(info).word.toLowerCase()}, ${tasks}`;
}
