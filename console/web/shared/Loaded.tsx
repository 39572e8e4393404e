import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiFault } from '../api/client.ts';
import { NotFound } from './NotFound.tsx';

/** Shows what was asked for once it is there, and says so when it is not to be had. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <Waiting />;
  if (query.error instanceof ApiFault && query.error.status === 404) return <NotFound />;
  return (
    <Alert color="red" variant="default" title="This could not be loaded" role="alert" m="lg">
      <Stack align="flex-start" gap="xs">
        {query.error.message}
        <Button size="xs" variant="default" onClick={() => void query.refetch()}>
          Load again
        </Button>
      </Stack>
    </Alert>
  );
}

function Waiting() {
  return (
    <Stack p="lg" gap="sm" aria-busy="true" aria-label="Loading" role="status">
      <Skeleton h={28} maw={320} />
      <Skeleton h={120} />
      <Skeleton h={120} />
    </Stack>
  );
}
