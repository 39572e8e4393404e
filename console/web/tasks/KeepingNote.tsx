import { Alert } from '@mantine/core';
import type { Keeping } from '#core';
import { atMoment } from '../words/time.ts';
import classes from './tasks.module.css';

/** That a task's values are gone, or why they may not go. */
export function KeepingNote({ keeping: { legalHold, erased } }: { readonly keeping: Keeping }) {
  if (legalHold === null && erased === null) return null;
  return (
    <Alert variant="default" className={classes['standing'] ?? ''} mb="lg" aria-label="Whether it is kept">
      {erased !== null &&
        `Erased ${atMoment(erased.at)} by ${erased.by}: its paper, pictures and values are gone; what happened when is left.`}
      {legalHold !== null && `Kept from erasure since ${atMoment(legalHold.at)} by ${legalHold.by}: ${legalHold.why}`}
    </Alert>
  );
}
