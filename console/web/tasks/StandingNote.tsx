import { Alert, Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { Standing } from '#core';
import { useNow } from '../shared/useNow.ts';
import { isUnderWay, movesPromise, standingInWords } from '../words/standing.ts';
import classes from './tasks.module.css';

/** What a task that has not ended stands at, why, since and until when. */
export function StandingNote({ standing }: { readonly standing: Standing }) {
  const { words, link } = standingInWords(standing, useNow());
  return (
    <Alert
      variant="default"
      className={classes['standing'] ?? ''}
      data-under-way={isUnderWay(standing)}
      mb="lg"
      aria-label="Where it stands"
    >
      {words}.{movesPromise(standing) && ' Its promise moves by as long as that lasts.'}
      {link !== null && (
        <>
          {' '}
          <Anchor component={Link} href={link.href} inherit underline="always">
            {link.words.charAt(0).toUpperCase() + link.words.slice(1)}
          </Anchor>
        </>
      )}
    </Alert>
  );
}
