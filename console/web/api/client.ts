import type { Problem } from '#core';

/** What the API said in place of an answer. */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: string;
  readonly where: string | undefined;
  readonly problems: readonly Problem[];
  readonly mayOverrule: boolean;

  constructor(status: number, body: unknown) {
    const { error = {}, problems = [], mayOverrule = false } = Object(body);
    super(typeof error.message === 'string' ? error.message : 'The console did not answer. Try again in a moment.');
    this.status = status;
    this.code = typeof error.code === 'string' ? error.code : 'unreachable';
    this.where = typeof error.where === 'string' ? error.where : undefined;
    this.problems = problems;
    this.mayOverrule = mayOverrule;
  }
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly json?: object;
  readonly form?: FormData;
  readonly person?: string;
  /** The call outlives the page: for what must be said when it closes. */
  readonly keepalive?: boolean;
  /** Statuses besides success whose body is an answer. */
  readonly accept?: readonly number[];
}

/** Asks the API. `T` is what the route answers, as core's types say. */
export async function call<T>(
  path: string,
  { method = 'GET', json, form, person, keepalive = false, accept = [] }: Call = {},
): Promise<T> {
  const headers = new Headers({ accept: 'application/json' });
  if (person !== undefined) headers.set('x-rekey-person', encodeURIComponent(person));
  if (json !== undefined) headers.set('content-type', 'application/json');
  const body = json === undefined ? (form ?? null) : JSON.stringify(json);
  const response = await fetch(path, { method, headers, body, keepalive }).catch(() => undefined);
  const answer: unknown = response?.status === 204 ? null : await response?.json().catch(() => null);
  if (response === undefined || !(response.ok || accept.includes(response.status))) {
    throw new ApiFault(response?.status ?? 0, answer);
  }
  return answer as T;
}

export function search(fields: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

export const blobUrl = (sha256: string) => `/api/blobs/${sha256}`;

export const pageUrl = (sha256: string, page: number, rotation: number) =>
  `/api/papers/${sha256}/pages/${page}.png?rotation=${rotation}`;
