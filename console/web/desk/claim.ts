import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { ApiFault, call } from '../api/client.ts';
import { exceptionQuery } from '../api/queries.ts';

/** `asking`: not known yet · `mine`: held for this person · `other`: another person has it, or it is answered · `unknown`: the console does not answer */
export type Hold = 'asking' | 'mine' | 'other' | 'unknown';

const PROLONG_MS = 60_000;
/** Who has not touched anything for so long is away: the question goes to others when the hold runs out. */
const AWAY_MS = 4 * 60_000;

/** Claims and releases of one browser happen one after the other, in the order they were asked for. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = turn.then(work, work);
  turn = result.catch(() => {});
  return result;
}

/** Holds a question for a person while the desk is open and the person is at it; gives it back on leaving. */
export function useHold(id: string, person: string): { readonly hold: Hold; readonly tryAgain: () => void } {
  const client = useQueryClient();
  const [hold, setHold] = useState<Hold>('asking');
  const path = `/api/exceptions/${encodeURIComponent(id)}`;

  const take = useCallback(async () => {
    const held = await inTurn(() => claim(path, person));
    setHold(held);
    if (held === 'other') void client.invalidateQueries(exceptionQuery(id));
  }, [client, id, path, person]);

  useEffect(() => {
    const release = (keepalive: boolean) => call(`${path}/release`, { method: 'POST', person, keepalive });
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    const leave = () => void release(true).catch(() => {});
    void take();
    const timer = setInterval(() => {
      if (Date.now() - touched < AWAY_MS) void take();
    }, PROLONG_MS);
    addEventListener('keydown', touch);
    addEventListener('pointerdown', touch);
    addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      removeEventListener('keydown', touch);
      removeEventListener('pointerdown', touch);
      removeEventListener('pagehide', leave);
      void inTurn(() => release(false)).catch(() => {});
    };
  }, [path, person, take]);

  return { hold, tryAgain: () => void take() };
}

async function claim(path: string, person: string): Promise<Hold> {
  try {
    await call(`${path}/claim`, { method: 'POST', person });
    return 'mine';
  } catch (error) {
    return error instanceof ApiFault && error.status === 409 ? 'other' : 'unknown';
  }
}
