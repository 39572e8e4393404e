/** What a reading process shares with its watch: a list of numbers, one place for each bound. */
export const MEGABYTES = 0;
export const PROCESSOR_MS = 1;
export const UNBOUNDED = 0;

/** The signals by which a process ends itself; its parent reads the reason from them. */
export const TOO_MUCH_MEMORY = 'SIGTERM';
export const TOO_MUCH_TIME = 'SIGALRM';

/** Processor time this process has used, its threads included. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
