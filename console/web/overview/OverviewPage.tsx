import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { useOverview } from '../api/queries.ts';
import { Loaded } from '../shared/Loaded.tsx';
import { Page } from '../shared/Page.tsx';
import { BotList } from './BotList.tsx';
import { Feed } from './Feed.tsx';
import { KeptOut } from './KeptOut.tsx';
import { MendedList } from './MendedList.tsx';
import classes from './overview.module.css';
import { Tiles } from './Tiles.tsx';

export function OverviewPage() {
  const query = useOverview();
  return (
    <Loaded query={query}>
      {(overview) => (
        <Page title="Overview" lead={<Now exceptions={overview.exceptions} late={overview.late} />}>
          <KeptOut />
          <Tiles overview={overview} />
          <div className={classes['columns']}>
            <div className={classes['column']}>
              <BotList bots={overview.bots} />
              <MendedList mended={overview.mended} />
            </div>
            <Feed />
          </div>
        </Page>
      )}
    </Loaded>
  );
}

function Now({ exceptions, late }: { readonly exceptions: number; readonly late: number }) {
  if (exceptions === 0) return <>Nothing waits for a person. {late > 0 && `${late} past their promise.`}</>;
  return (
    <>
      <Anchor component={Link} href="/exceptions" inherit underline="always">
        {exceptions === 1 ? 'One question waits' : `${exceptions} questions wait`} for a person
      </Anchor>
      {late > 0 && `; ${late === 1 ? 'one task is' : `${late} tasks are`} past the promise`}.
    </>
  );
}
