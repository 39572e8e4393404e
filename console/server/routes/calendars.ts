import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { present } from '../present.ts';
import { calendar, calendarBody } from '../scheduleSchemas.ts';
import { faultBody } from '../schemas.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Take a name of small letters, digits and hyphens');
const known = z.object({ name: z.string() });
const calendars = z.array(calendar).readonly();
const refusals = { 400: faultBody, 404: faultBody };

/** Which days are worked: the newest version of each calendar, every version of one, and the next version. */
export function calendarRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/calendars', { schema: { response: { 200: calendars } } }, () => office.calendars());

  app.get(
    '/api/calendars/:name',
    { schema: { params: known, response: { 200: calendars, ...refusals } } },
    ({ params }) => office.calendar(params.name),
  );

  app.put(
    '/api/calendars/:name',
    { schema: { params: z.object({ name }), body: calendarBody, response: { 200: calendar, ...refusals } } },
    ({ params, body }) => office.putCalendar({ name: params.name, ...present(body) }),
  );

  app.delete(
    '/api/calendars/:name',
    { schema: { params: known, response: { 204: z.null(), ...refusals } } },
    async ({ params }, reply) => {
      await office.removeCalendar(params.name);
      return reply.code(204).send(null);
    },
  );
}
