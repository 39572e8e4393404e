/** Seconds until the next look at a parked application: with no look in vain since work last went well, with one, two, … */
const PROBE_SECONDS = [10, 20, 40, 60];

/** Seconds until the next look after so many in vain. */
export function probePause(probes: number): number {
  return PROBE_SECONDS[Math.min(probes, PROBE_SECONDS.length - 1)]!;
}
