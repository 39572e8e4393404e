import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startStopwatch } from '../../../extractors/readers/stopwatch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('ends once its time has passed, and counts none of the time it was held', () => {
  const ended = vi.fn();
  const watch = startStopwatch(100, ended);
  vi.advanceTimersByTime(60);
  watch.hold();
  watch.hold();
  vi.advanceTimersByTime(1_000);
  watch.go();
  watch.go();
  vi.advanceTimersByTime(39);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(ended).toHaveBeenCalledTimes(1);
});

it('calls nobody once it was stopped, whoever lets it go on', () => {
  const ended = vi.fn();
  const watch = startStopwatch(100, ended);
  watch.hold();
  watch.stop();
  watch.go();
  vi.advanceTimersByTime(1_000);
  expect(ended).not.toHaveBeenCalled();
});
