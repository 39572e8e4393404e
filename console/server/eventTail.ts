import type { Logger, Office } from '#core';

const LOOK_EVERY_MS = 500;

/** Watches for new events while anybody listens: one look for all listeners. */
export interface EventTail {
  /** Number of the newest event. */
  latest(): Promise<number>;
  /** Resolves as soon as there is an event after `seq`; rejects with the signal's reason when it aborts. */
  news(seq: number, signal: AbortSignal): Promise<void>;
  /** Aborts when the tail is closed: every stream ends. */
  readonly closed: AbortSignal;
  close(): Promise<void>;
}

export function openTail(office: Office, log: Logger): EventTail {
  const closing = new AbortController();
  const listeners = new Set<() => void>();
  let head = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    try {
      const found = await office.events(head, 1_000);
      head = found.at(-1)?.seq ?? head;
      if (found.length > 0) for (const wake of [...listeners]) wake();
    } catch (error) {
      log.warn({ error }, 'events could not be read');
    }
  }

  function lookAgain(): void {
    if (timer !== undefined || listeners.size === 0 || closing.signal.aborted) return;
    timer = setTimeout(async () => {
      looking = look();
      await looking;
      timer = undefined;
      lookAgain();
    }, LOOK_EVERY_MS);
  }

  return {
    closed: closing.signal,
    async latest() {
      head = await newest(office, head);
      return head;
    },
    news(seq, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (head > seq) return resolve();
        const end = () => {
          listeners.delete(end);
          signal.removeEventListener('abort', end);
          if (signal.aborted) reject(signal.reason);
          else resolve();
        };
        listeners.add(end);
        signal.addEventListener('abort', end);
        lookAgain();
      });
    },
    async close() {
      closing.abort(new Error('The console is closing.'));
      clearTimeout(timer);
      await looking;
    },
  };
}

/** The office tells events after a number, not the last one: doubling strides, then halving, find it in few questions. */
async function newest(office: Office, from: number): Promise<number> {
  let low = from;
  let stride = 1_024;
  for (; stride >= 1; ) {
    const [after] = await office.events(low + stride - 1, 1);
    if (after === undefined) break;
    low = after.seq;
    stride *= 2;
  }
  while (stride > 1) {
    stride = Math.floor(stride / 2);
    const [after] = await office.events(low + stride - 1, 1);
    if (after !== undefined) low = after.seq;
  }
  return low;
}
