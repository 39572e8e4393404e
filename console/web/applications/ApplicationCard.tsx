import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { ApplicationInfo } from '#core';
import { Card } from '../shared/Card.tsx';
import { Tag } from '../shared/StateBadge.tsx';
import { useNow } from '../shared/useNow.ts';
import { AccessButton } from './AccessButton.tsx';
import { AccountRow } from './AccountRow.tsx';
import classes from './applications.module.css';
import { failuresInWords, lookInWords, rulesInWords, standingOf, stateWord, waitingInWords } from './words.ts';

export function ApplicationCard({ info }: { readonly info: ApplicationInfo }) {
  const now = useNow();
  const { application, state, waiting, accounts, rules } = info;
  const { word, tone } = stateWord(info);
  const notes = [lookInWords(info, now), failuresInWords(info)].filter((note) => note !== null);
  return (
    <Card title={application} aside={<Tag tone={tone}>{word}</Tag>}>
      <p className={classes['standing']} data-bad={state === 'parked' || state === 'held'}>
        {standingOf(info, now)} {notes.join(' ')}
      </p>
      <p className={classes['what']}>
        {waitingInWords(info, now)}{' '}
        {waiting > 0 && (
          <Anchor component={Link} href="/tasks?state=ready" inherit underline="always">
            See open tasks
          </Anchor>
        )}
      </p>
      {state === 'parked' && (
        <AccessButton
          verb="Look now"
          label={`Look at ${application} now`}
          title={`Look at ${application} now?`}
          application={application}
          order="look"
        >
          The next task that waits for it signs in and looks. If it is still out of order, the looks go on by
          themselves.
        </AccessButton>
      )}
      {rules !== null && (
        <dl className={classes['rules']}>
          {rulesInWords(rules).map(([name, words]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul className={classes['accounts']} aria-label={`Accounts of ${application}`}>
        {accounts.map((account) => (
          <li key={account.account}>
            <AccountRow application={application} account={account} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
