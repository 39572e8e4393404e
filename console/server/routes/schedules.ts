import { z } from 'zod';
import { InvalidInput, type Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { present } from '../present.ts';
import { faultBody, schedule, scheduleBody } from '../schemas.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Take a name of small letters, digits and hyphens');
const params = z.object({ name });
const refusals = { 400: faultBody, 404: faultBody };

export function scheduleRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/schedules', { schema: { response: { 200: z.array(schedule).readonly() } } }, () => office.schedules());

  app.get(
    '/api/schedules/:name',
    { schema: { params: z.object({ name: z.string() }), response: { 200: schedule, 404: faultBody } } },
    async (request) => {
      const found = (await office.schedules()).find((one) => one.name === request.params.name);
      if (found === undefined) throw new InvalidInput('unknown-schedule', 'name', 'There is no schedule of this name.');
      return found;
    },
  );

  app.put(
    '/api/schedules/:name',
    { schema: { params, body: scheduleBody, response: { 200: schedule, ...refusals } } },
    (request) => office.putSchedule({ name: request.params.name, ...present(request.body) }),
  );

  app.delete(
    '/api/schedules/:name',
    { schema: { params: z.object({ name: z.string() }), response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      await office.removeSchedule(request.params.name);
      return reply.code(204).send(null);
    },
  );

  for (const verb of ['pause', 'resume'] as const) {
    app.post(
      `/api/schedules/:name/${verb}`,
      { schema: { params: z.object({ name: z.string() }), response: { 204: z.null(), ...refusals } } },
      async (request, reply) => {
        await office.pauseSchedule(request.params.name, verb === 'pause');
        return reply.code(204).send(null);
      },
    );
  }
}
