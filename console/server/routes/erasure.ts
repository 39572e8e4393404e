import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { personOf } from '../person.ts';
import { faultBody, list, taskAbout, taskErasure } from '../schemas.ts';

const params = z.object({ id: z.string() });
const refusals = { 400: faultBody, 404: faultBody };
const why = z.string().min(1).max(500);

export function erasureRoutes(app: ConsoleApp, office: Office): void {
  // Who is looked for stands in no address: proxies write those down.
  app.post(
    '/api/subjects',
    { schema: { body: z.object({ text: z.string().max(300) }), response: { 200: list(taskAbout), ...refusals } } },
    (request) => office.tasksAbout(request.body.text),
  );

  app.post(
    '/api/erasures',
    {
      schema: {
        body: z.object({ tasks: z.array(z.string()).max(10_000) }),
        response: { 200: list(taskErasure), ...refusals },
      },
    },
    (request) => office.eraseTasks(request.body.tasks, personOf(request)),
  );

  app.put(
    '/api/tasks/:id/hold',
    { schema: { params, body: z.object({ why }), response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      await office.holdTask(request.params.id, request.body.why, personOf(request));
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/tasks/:id/hold',
    { schema: { params, response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      await office.releaseTask(request.params.id, personOf(request));
      return reply.code(204).send(null);
    },
  );
}
