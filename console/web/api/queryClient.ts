import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiFault } from './client.ts';

/** What was seen stays on the screen while it is asked for anew; a session that ended leads to the sign-in page. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      if (error instanceof ApiFault && error.status === 401) queryClient.setQueryData(['session'], { signedIn: false });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => !(error instanceof ApiFault && error.status >= 400) && count < 3,
    },
  },
});
