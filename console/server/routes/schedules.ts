import { z } from 'zod';
import { InvalidInput, type Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { present } from '../present.ts';
import { pauseBody, plannedStart, schedule, scheduleBody } from '../scheduleSchemas.ts';
import { faultBody, task } from '../schemas.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Take a name of small letters, digits and hyphens');
const params = z.object({ name });
/** Of one that is there already, however it is called. */
const known = z.object({ name: z.string() });
const refusals = { 400: faultBody, 404: faultBody };

export function scheduleRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/schedules', { schema: { response: { 200: z.array(schedule).readonly() } } }, () => office.schedules());

  app.get(
    '/api/schedules/:name',
    { schema: { params: known, response: { 200: schedule, 404: faultBody } } },
    async (request) => {
      const found = (await office.schedules()).find((one) => one.name === request.params.name);
      if (found === undefined) throw new InvalidInput('unknown-schedule', 'name', 'There is no schedule of this name.');
      return found;
    },
  );

  app.get(
    '/api/schedules/:name/next',
    {
      schema: {
        params: known,
        querystring: z.object({ count: z.coerce.number().int().min(1).max(1000).default(10) }),
        response: { 200: z.array(plannedStart).readonly(), ...refusals },
      },
    },
    ({ params, query }) => office.nextStarts(params.name, query.count),
  );

  app.put(
    '/api/schedules/:name',
    { schema: { params, body: scheduleBody, response: { 200: schedule, ...refusals } } },
    (request) => office.putSchedule({ name: request.params.name, ...present(request.body) }),
  );

  app.delete(
    '/api/schedules/:name',
    { schema: { params: known, response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      await office.removeSchedule(request.params.name);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/schedules/:name/pause',
    { schema: { params: known, body: pauseBody, response: { 204: z.null(), ...refusals } } },
    async ({ params, body }, reply) => {
      await office.pauseSchedule(params.name, body?.until);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/schedules/:name/resume',
    { schema: { params: known, response: { 204: z.null(), ...refusals } } },
    async ({ params }, reply) => {
      await office.resumeSchedule(params.name);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/schedules/:name/start',
    { schema: { params: known, response: { 200: task, ...refusals } } },
    ({ params }) => office.startSchedule(params.name),
  );
}
