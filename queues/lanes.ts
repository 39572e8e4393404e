/** What dispatch needs of a BullMQ queue, whichever backend it stands on. */
export interface TicketQueue {
  addBulk(jobs: { name: string; data: object; opts: TicketJob }[]): Promise<unknown>;
  getJobCountByTypes(...types: ('waiting' | 'active')[]): Promise<number>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface TicketJob {
  readonly removeOnComplete: boolean;
  readonly removeOnFail: boolean;
  readonly delay: number;
  readonly jobId?: string;
}

export interface TicketWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

/** The lanes of one backend. */
export interface Lanes {
  queue(name: string): TicketQueue;
  worker(name: string, concurrency: number, onTicket: () => Promise<void>): TicketWorker;
  close(): Promise<void>;
}

/** An idle worker looks by itself after this many seconds; after a broken connection it tries again after a second. */
export const WORKER_SETTINGS = { drainDelay: 10, runRetryDelay: 1000 } as const;
