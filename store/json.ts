import { Defect } from '#core';

/**
 * JSON text of a value that will come back as it was. Whatever would come back as something else (a Date, a Map, NaN,
 * a function) is a Defect: a bot that resumes would go on with another value than it left with.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, refuseLossy);
  if (text === undefined) throw lossy('(whole value)', typeof value);
  return text;
}

/** As `toJson`, with SQL null for a step that returned nothing. */
export function toJsonOrNull(value: unknown): string | null {
  return value === undefined ? null : toJson(value);
}

function refuseLossy(this: unknown, key: string): unknown {
  // `value` already went through toJSON; the holder still has what the bot gave.
  const given = (this as Record<string, unknown>)[key];
  if (given === null) return null;
  if (given === undefined && !Array.isArray(this)) return undefined;
  switch (typeof given) {
    case 'string':
    case 'boolean':
      return given;
    case 'number':
      if (Number.isFinite(given)) return given;
      break;
    case 'object':
      if (Array.isArray(given) || isPlain(given)) return given;
  }
  throw lossy(key, typeof given === 'object' ? given.constructor.name : typeof given);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function lossy(key: string, kind: string): Defect {
  return new Defect(
    'value-not-plain',
    `A value to be stored holds a ${kind} at "${key}"; return plain data (text, numbers, lists, objects), dates as ISO text.`,
  );
}
