import { AsyncLocalStorage } from 'node:async_hooks';
import { type BrowserContext, errors } from 'playwright-core';
import { maskedAddress, maskedSelector } from './maskedTrace.ts';

/**
 * What was done to a browser, call by call, as far as it may be known: kinds of calls, places on pages, times, whether it
 * went well. What was typed, read or sent is not taken down in the first place. Playwright's own recorder would write all
 * of that to the disk of the machine while a run is at work; this one keeps the little it notes in memory.
 */
export interface Call {
  readonly class: string;
  readonly method: string;
  readonly selector?: string | undefined;
  readonly url?: string | undefined;
  /** Of `performance.now()`. */
  readonly startTime: number;
  endTime?: number;
  error?: 'TimeoutError' | 'Error';
}

/** So many of the last calls tell what led to a failure. */
const MOST_CALLS = 500;

const recording = new AsyncLocalStorage<Call[]>();
const open = new WeakMap<object, Call>();
const watched = new WeakSet<object>();

/** Traces of uses of a window that failed, for as long as somebody holds the error. */
const traces = new WeakMap<object, readonly Call[]>();

/** Takes down the calls that `work` makes to the browser, for `failureTrace` of the error it ends with. */
export async function traced<R>(context: BrowserContext, work: () => Promise<R>): Promise<R> {
  watch(context);
  const calls: Call[] = [];
  try {
    return await recording.run(calls, work);
  } catch (error) {
    if (error instanceof Error) traces.set(error, calls);
    throw error;
  }
}

/** The calls before this error in the window it comes from; none where it comes from elsewhere. */
export function failureTrace(error: unknown): readonly Call[] {
  return (error instanceof Error && traces.get(error)) || [];
}

/** An error that took another's place has its trace. */
export function keepTrace(error: unknown, instead: unknown): void {
  const calls = failureTrace(error);
  if (instead instanceof Error && calls.length > 0) traces.set(instead, calls);
}

interface Listener {
  onApiCallBegin(
    zone: object,
    call: { type: string; method: string; params?: Readonly<Record<string, unknown>> },
  ): void;
  onApiCallEnd(zone: { error?: Error }): void;
}

/** Playwright tells its own test runner of calls this way; where it should no longer, there are no traces. */
function watch(context: BrowserContext): void {
  const instrumentation: unknown = Reflect.get(context, '_instrumentation');
  if (!tellsOfCalls(instrumentation) || watched.has(instrumentation)) return;
  watched.add(instrumentation);
  instrumentation.addListener({ onApiCallBegin: begin, onApiCallEnd: end });
}

function tellsOfCalls(thing: unknown): thing is { addListener(listener: Listener): void } {
  return typeof thing === 'object' && thing !== null && typeof Reflect.get(thing, 'addListener') === 'function';
}

const begin: Listener['onApiCallBegin'] = (zone, { type, method, params }) => {
  const calls = recording.getStore();
  // Waits for events are told of as calls too, several times each.
  if (!calls || method.startsWith('__')) return;
  const { selector, url } = params ?? {};
  const call: Call = {
    ...{ class: type, method, startTime: performance.now() },
    ...(typeof selector === 'string' && { selector: maskedSelector(selector) }),
    ...(typeof url === 'string' && { url: maskedAddress(url) }),
  };
  open.set(zone, call);
  calls.push(call);
  if (calls.length > MOST_CALLS) calls.shift();
};

const end: Listener['onApiCallEnd'] = (zone) => {
  const call = open.get(zone);
  if (!call) return;
  call.endTime = performance.now();
  if (zone.error) call.error = zone.error instanceof errors.TimeoutError ? 'TimeoutError' : 'Error';
};
