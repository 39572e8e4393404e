import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { HumanTask } from '#core';
import { LockIcon } from '../shared/icons.tsx';
import { CHOICE_WORDS } from '../words/choices.ts';
import { atClock } from '../words/time.ts';
import type { Hold } from './claim.ts';
import classes from './desk.module.css';

interface HoldBannerProps {
  readonly hold: Hold;
  readonly question: HumanTask;
  readonly onTryAgain: () => void;
}

/** Says why nothing can be changed here: another person is at it, or has answered. */
export function HoldBanner({ hold, question, onTryAgain }: HoldBannerProps) {
  const isFreeAgain = hold === 'other' && question.state === 'open';
  useEffect(() => {
    if (isFreeAgain) onTryAgain();
  }, [isFreeAgain, onTryAgain]);
  const words = bannerWords(hold, question);
  if (words === undefined) return null;
  return (
    <div className={classes['banner']} role="status">
      <LockIcon />
      <span>{words}</span>
      {question.state !== 'answered' && (
        <Button size="compact-sm" variant="default" onClick={onTryAgain}>
          Try to take it
        </Button>
      )}
    </div>
  );
}

function bannerWords(hold: Hold, { answer, claimedBy, claimedUntil }: HumanTask): string | undefined {
  if (answer !== null)
    return `Answered by ${answer.by} at ${atClock(answer.at)}: “${CHOICE_WORDS[answer.choice].label}”.`;
  if (hold === 'unknown') return 'The console does not answer. What you typed is kept here.';
  if (hold !== 'other') return undefined;
  if (claimedBy === null) return 'Another person is working on this. You can read along.';
  const until = claimedUntil === null ? '' : `, until ${atClock(claimedUntil)} at least`;
  return `${claimedBy} is working on this${until}. You can read along.`;
}
