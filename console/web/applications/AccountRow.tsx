import type { ApplicationInfo } from '#core';
import { Tag } from '../shared/StateBadge.tsx';
import { useNow } from '../shared/useNow.ts';
import { inWords } from '../words/tasks.ts';
import { atMoment } from '../words/time.ts';
import { AccessButton } from './AccessButton.tsx';
import classes from './applications.module.css';
import { ACCOUNT_STATE, passwordInWords } from './words.ts';

interface AccountRowProps {
  readonly application: string;
  readonly account: ApplicationInfo['accounts'][number];
}

export function AccountRow({ application, account }: AccountRowProps) {
  const now = useNow();
  const { account: name, state, holders, sessions, code, since, passwordExpiresAt } = account;
  const { word, tone } = ACCOUNT_STATE[state];
  const password = passwordExpiresAt === null ? null : passwordInWords(passwordExpiresAt, now);
  return (
    <div className={classes['account']}>
      <div>
        <strong>{name}</strong> <Tag tone={tone}>{word}</Tag>
        <p className={classes['quiet']}>
          {holders.length} of {sessions} {sessions === 1 ? 'session' : 'sessions'} in use
          {since !== null && ` · held since ${atMoment(since)}`}
          {code !== null && `: ${inWords(code).toLowerCase()}`}
        </p>
        {password !== null && <p className={password.isSoon ? classes['soon'] : classes['quiet']}>{password.words}</p>}
      </div>
      {state === 'held' ? (
        <AccessButton
          verb="Let go"
          label={`Let the account ${name} of ${application} go`}
          title={`Let the account ${name} go?`}
          application={application}
          account={name}
          order="release"
        >
          Bots sign in with it again at once. If its password is still wrong, the next refusal holds it again; some
          applications lock an account after a few.
        </AccessButton>
      ) : (
        <AccessButton
          verb="Hold"
          label={`Hold the account ${name} of ${application}`}
          title={`Hold the account ${name}?`}
          application={application}
          account={name}
          order="hold"
        >
          No bot signs in with it until somebody lets it go. Runs that have it go on to their end.
        </AccessButton>
      )}
    </div>
  );
}
