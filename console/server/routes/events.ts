import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Office, TaskEvent } from '#core';
import type { ConsoleApp } from '../app.ts';
import type { EventTail } from '../eventTail.ts';
import { taskEvent } from '../schemas.ts';

const HEARTBEAT_MS = 15_000;
const PAGE = 500;

const seq = z.coerce.number().int().min(0);
const query = z.object({
  /** Events after this number; a stream without it starts with what happens from now on. */
  since: seq.optional(),
  /** A stream may start this many events before now. */
  last: seq.max(1_000).optional(),
  limit: seq.min(1).max(1_000).optional(),
});
type Query = z.infer<typeof query>;

/** `/api/events` is a page of JSON, or a stream of server-sent events for who accepts them. */
export function eventRoutes(app: ConsoleApp, office: Office, tail: EventTail): void {
  app.get(
    '/api/events',
    { schema: { querystring: query, response: { 200: z.array(taskEvent).readonly() } } },
    async (request, reply) => {
      const { since, limit } = request.query;
      if (!wantsStream(request)) return office.events(since ?? 0, limit ?? 100);
      const start = await startOf(request.query, request, tail);
      await stream(office, tail, start, openStream(reply));
      return reply;
    },
  );
}

function wantsStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/event-stream') === true;
}

/** A browser that lost the stream says what it saw last; nothing between is left out. */
async function startOf({ since, last }: Query, { headers }: FastifyRequest, tail: EventTail): Promise<number> {
  const latest = await tail.latest();
  const seen = seq.safeParse(headers['last-event-id']);
  if (seen.success) return seen.data;
  return since ?? Math.max(0, latest - (last ?? 0));
}

function openStream(reply: FastifyReply): ServerResponse {
  const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
  reply.hijack();
  reply.raw.writeHead(200, headers as Record<string, string>);
  reply.raw.write('retry: 1000\n\n');
  return reply.raw;
}

async function stream(office: Office, tail: EventTail, start: number, raw: ServerResponse): Promise<void> {
  const gone = new AbortController();
  raw.on('close', () => gone.abort(new Error('The listener is gone.')));
  const end = AbortSignal.any([gone.signal, tail.closed]);
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  try {
    await follow(office, tail, start, raw, end);
  } catch {
    // The listener left, the console closes, or the office failed: the browser comes back and says what it saw last.
  } finally {
    clearInterval(heartbeat);
    raw.end();
  }
}

async function follow(office: Office, tail: EventTail, start: number, raw: ServerResponse, end: AbortSignal) {
  for (let seen = start; !end.aborted; ) {
    const events = await office.events(seen, PAGE);
    seen = events.at(-1)?.seq ?? seen;
    const text = events.map(asMessage).join('');
    if (text !== '' && !raw.write(text)) await once(raw, 'drain', { signal: end });
    if (events.length < PAGE) await tail.news(seen, end);
  }
}

function asMessage(event: TaskEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}
