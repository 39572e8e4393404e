import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { TaskEvent } from '#core';

const KEPT = 60;
/** What changes with what happens to tasks. */
const FOLLOWED = ['overview', 'tasks', 'task', 'exceptions', 'exception', 'schedules', 'applications'];
const SETTLE_MS = 300;

interface Live {
  readonly connected: boolean;
  /** The newest first. */
  readonly events: readonly TaskEvent[];
}

let live: Live = { connected: true, events: [] };
const listeners = new Set<() => void>();

function show(next: Live): void {
  live = next;
  for (const listener of listeners) listener();
}

/** What happens now, for whoever wants to show it. */
export function useLive(): Live {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => live,
  );
}

/** Follows the office while the page can be seen, and asks anew for what is on the screen when something happens. */
export function useFollow(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const askAnew = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const followed of FOLLOWED) void client.invalidateQueries({ queryKey: [followed] });
      }, SETTLE_MS);
    };
    const stop = followWhileSeen(askAnew);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client]);
}

/** A browser opens only six connections to one server: pages in the background give theirs back. */
function followWhileSeen(onNews: () => void): () => void {
  let source: EventSource | undefined;
  const follow = () => {
    if (document.hidden) {
      source?.close();
      source = undefined;
      return;
    }
    source ??= open(onNews);
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    source?.close();
  };
}

function open(onNews: () => void): EventSource {
  const source = new EventSource(`/api/events?last=${KEPT}`);
  source.onopen = () => show({ ...live, connected: true });
  source.onerror = () => show({ ...live, connected: false });
  source.onmessage = ({ data }) => {
    const event: TaskEvent = JSON.parse(data);
    const known = live.events.some(({ seq }) => seq === event.seq);
    if (!known) show({ connected: true, events: [event, ...live.events].slice(0, KEPT) });
    onNews();
  };
  return source;
}
