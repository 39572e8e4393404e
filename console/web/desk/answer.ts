import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Choice } from '#core';
import { call } from '../api/client.ts';

export interface SentAnswer {
  readonly choice: Choice;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly overrule?: boolean;
}

/** Sends an answer; what was refused or taken comes back as an ApiFault with its problems. */
export function useAnswer(id: string, person: string, onStored: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answer: SentAnswer) =>
      call(`/api/exceptions/${encodeURIComponent(id)}/answer`, { method: 'POST', person, json: answer }),
    onSuccess: onStored,
    onSettled() {
      for (const queryKey of [['exceptions'], ['exception', id], ['overview']])
        void client.invalidateQueries({ queryKey });
    },
  });
}
