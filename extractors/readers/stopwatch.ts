/** A limit by the clock that can be held: what passes meanwhile does not count. */
export interface Stopwatch {
  hold(): void;
  go(): void;
  /** It calls nobody any more. */
  stop(): void;
}

/** Runs from now on, and calls `onEnd` once when `ms` have passed that it was not held. */
export function startStopwatch(ms: number, onEnd: () => void): Stopwatch {
  let left = ms;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const go = () => {
    if (timer || isStopped) return;
    since = performance.now();
    timer = setTimeout(onEnd, left);
  };
  const hold = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    left -= performance.now() - since;
  };
  go();
  return {
    hold,
    go,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
