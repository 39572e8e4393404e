import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.ts';

interface Session {
  readonly signedIn: boolean;
}

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: () => call<Session>('/api/session'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => call('/api/session', { method: 'POST', json: { token } }),
    onSuccess: () => client.invalidateQueries(),
  });
}
