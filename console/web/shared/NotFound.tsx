import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { Page } from './Page.tsx';

export function NotFound() {
  return (
    <Page title="Not found" lead="There is nothing at this address, or no longer.">
      <Anchor component={Link} href="/">
        Go to the overview
      </Anchor>
    </Page>
  );
}
