import { Alert } from '@mantine/core';
import type { Task } from '#core';
import { refusedInWords } from '../words/refused.ts';
import classes from './tasks.module.css';

/** Why a paper never came before a bot, and what can be done. */
export function RefusedNote({ task: { reason } }: { readonly task: Task }) {
  const words = refusedInWords(reason);
  if (words === undefined) return null;
  return (
    <Alert variant="default" className={classes['standing'] ?? ''} mb="lg" aria-label="Why it was refused">
      {words}
    </Alert>
  );
}
