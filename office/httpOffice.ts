import { type AnswerOutcome, InvalidInput, type Office, type Order, SystemException } from '#core';

export interface HttpOfficeOptions {
  /** Where the console of a running instance is: `http://127.0.0.1:4980`. */
  readonly url: string;
  readonly token?: string;
}

/** A running instance, asked over its HTTP API. */
export function httpOffice(options: HttpOfficeOptions): Office {
  const { json, bytes, send } = caller(options);
  const question = (id: string) => `/api/exceptions/${encodeURIComponent(id)}`;
  const schedule = (name: string) => `/api/schedules/${encodeURIComponent(name)}`;
  const calendar = (name: string) => `/api/calendars/${encodeURIComponent(name)}`;

  return {
    submit: async (order) => (await send('POST', '/api/tasks', { body: orderForm(order), accept: [422] })).json(),
    overview: () => json('/api/overview'),
    tasks: (filter) => json(`/api/tasks${query({ ...filter })}`),
    task: (id) => json(`/api/tasks/${encodeURIComponent(id)}`),
    tasksAbout: async (text) => (await send('POST', '/api/subjects', { json: { text } })).json(),
    eraseTasks: async (tasks, person) => (await send('POST', '/api/erasures', { person, json: { tasks } })).json(),
    holdTask: async (task, why, person) => {
      await send('PUT', `/api/tasks/${encodeURIComponent(task)}/hold`, { person, json: { why } });
    },
    releaseTask: async (task, person) => {
      await send('DELETE', `/api/tasks/${encodeURIComponent(task)}/hold`, { person });
    },
    exceptions: (filter) => json(`/api/exceptions${query({ skill: filter?.skills })}`),
    exception: (id) => json(question(id)),
    claim: async (id, person) =>
      (await send('POST', `${question(id)}/claim`, { person, accept: [409] })).status !== 409,
    release: async (id, person) => {
      await send('POST', `${question(id)}/release`, { person });
    },
    async answer(id, { person, ...body }) {
      const response = await send('POST', `${question(id)}/answer`, { person, json: body, accept: [409, 422] });
      return answerOutcome(response);
    },
    schedules: () => json('/api/schedules'),
    putSchedule: async ({ name, ...body }) => (await send('PUT', schedule(name), { json: body })).json(),
    nextStarts: (name, count) => json(`${schedule(name)}/next${query({ count })}`),
    pauseSchedule: async (name, until) => {
      await send('POST', `${schedule(name)}/pause`, { json: { ...(until !== undefined && { until }) } });
    },
    resumeSchedule: async (name) => {
      await send('POST', `${schedule(name)}/resume`, {});
    },
    startSchedule: async (name) => (await send('POST', `${schedule(name)}/start`, {})).json(),
    removeSchedule: async (name) => {
      await send('DELETE', schedule(name), {});
    },
    calendars: () => json('/api/calendars'),
    calendar: (name) => json(calendar(name)),
    putCalendar: async ({ name, ...body }) => (await send('PUT', calendar(name), { json: body })).json(),
    removeCalendar: async (name) => {
      await send('DELETE', calendar(name), {});
    },
    resumeBot: async (bot) => {
      await send('POST', `/api/bots/${encodeURIComponent(bot)}/resume`, {});
    },
    applications: () => json('/api/applications'),
    applicationEvents: (limit) => json(`/api/applications/events${query({ limit })}`),
    releaseAccount: async (application, account, person) => {
      const path = `/api/applications/${encodeURIComponent(application)}/release`;
      await send('POST', path, { person, json: account === undefined ? {} : { account } });
    },
    holdAccount: async (application, account, person) => {
      await send('POST', `/api/applications/${encodeURIComponent(application)}/hold`, { person, json: { account } });
    },
    lookAtApplication: async (application, person) => {
      await send('POST', `/api/applications/${encodeURIComponent(application)}/look`, { person });
    },
    layouts: () => json('/api/layouts'),
    lessons: (layout) => json(`/api/layouts/${encodeURIComponent(layout)}/lessons`),
    revertLesson: async (layout, field) => {
      const path = `/api/layouts/${encodeURIComponent(layout)}/lessons/${encodeURIComponent(field)}`;
      return (await send('DELETE', path, {})).json();
    },
    trust: (wrongPerThousand) => json(`/api/trust${query({ wrongPerThousand })}`),
    recalibrate: async () => (await send('POST', '/api/trust/layers', {})).json(),
    takeBackTrust: async () => (await send('DELETE', '/api/trust/layers/newest', {})).json(),
    events: (since, limit) => json(`/api/events${query({ since, limit })}`),
    blob: (sha256) => bytes(`/api/blobs/${encodeURIComponent(sha256)}`),
    pageImage: (sha256, page, rotation) =>
      bytes(`/api/papers/${encodeURIComponent(sha256)}/pages/${page}.png${query({ rotation })}`),
  };
}

interface Sent {
  readonly person?: string;
  readonly json?: object;
  readonly body?: FormData;
  /** Statuses besides success that are answers, not errors. */
  readonly accept?: readonly number[];
}

function caller({ url, token }: HttpOfficeOptions) {
  async function send(method: string, path: string, { person, json, body, accept = [] }: Sent): Promise<Response> {
    const headers = new Headers({ accept: 'application/json' });
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    if (person !== undefined) headers.set('x-rekey-person', encodeURIComponent(person));
    if (json !== undefined) headers.set('content-type', 'application/json');
    const content = json === undefined ? body : JSON.stringify(json);
    const response = await reach(new URL(path, url), {
      method,
      headers,
      ...(content !== undefined && { body: content }),
    });
    if (response.ok || accept.includes(response.status)) return response;
    throw await errorOf(response);
  }

  return {
    send,
    json: async (path: string) => (await send('GET', path, {})).json(),
    bytes: async (path: string) => new Uint8Array(await (await send('GET', path, {})).arrayBuffer()),
  };
}

async function reach(address: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (cause) {
    const message = `Nothing answers at ${address.origin}. Is the instance running?`;
    throw new SystemException('office-unreachable', message, { cause });
  }
}

/** The caller's mistakes come back as what the office itself throws for them; all else is the world's. */
async function errorOf(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => undefined);
  const { code, message, where } = faultOf(body);
  const isCallers = response.status >= 400 && response.status < 500 && code !== 'blob-missing';
  return isCallers ? new InvalidInput(code, where, message) : new SystemException(code, message);
}

function faultOf(body: unknown): { code: string; message: string; where: string } {
  const error = typeof body === 'object' && body !== null && 'error' in body ? Object(body.error) : {};
  return {
    code: String(error.code ?? 'office-failed'),
    message: String(error.message ?? 'The instance could not answer; its log knows more.'),
    where: String(error.where ?? 'request'),
  };
}

async function answerOutcome(response: Response): Promise<AnswerOutcome> {
  if (response.status === 409) return { outcome: 'taken' };
  const body = await response.json();
  if (response.status !== 422) return { outcome: 'stored' };
  return { outcome: 'refused', problems: body.problems, mayOverrule: body.mayOverrule };
}

function orderForm({ bot, key, dueAt, priority, input, paper }: Order): FormData {
  const form = new FormData();
  const fields = { bot, key, due: dueAt, priority, input: input && JSON.stringify(input) };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value));
  if (paper !== undefined) form.append('file', new Blob([Uint8Array.from(paper.bytes)]), paper.name);
  return form;
}

function query(fields: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of value === undefined ? [] : [value].flat()) search.append(name, String(one));
  }
  return search.size > 0 ? `?${search}` : '';
}
