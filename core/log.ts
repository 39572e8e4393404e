import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import { redactedDeeply } from './redact.ts';

export type { Logger };

/** The ids every log line below `within` carries. */
export interface LogContext {
  readonly bot?: string;
  readonly run?: string;
  readonly task?: string;
  readonly document?: string;
  readonly step?: string;
  readonly attempt?: number;
}

const context = new AsyncLocalStorage<LogContext>();

/** Runs `fn` so that every log line below it carries these ids besides those already there. */
export function within<R>(ids: LogContext, fn: () => R): R {
  return context.run({ ...context.getStore(), ...ids }, fn);
}

/** A message is constant words; facts are fields. Values from documents and secrets go to neither. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    mixin: () => ({ ...context.getStore() }),
    serializers: { error: describeError },
    hooks: {
      logMethod(this: Logger, line: Parameters<LogFn>, write: LogFn) {
        write.apply(this, line.map(redactedDeeply) as Parameters<LogFn>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** An error as a log may show it: class, code and stack frames. A message can hold a value from a document, so it stays out. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  return { type: error.name, ...(code && { code }), at: frames.slice(0, 6).map((line) => line.trim()) };
}

export const silentLogger: Logger = pino({ enabled: false });
