import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { accessEvent, applicationInfo } from '../applicationSchemas.ts';
import { personOf } from '../person.ts';
import { faultBody } from '../schemas.ts';

const params = z.object({ name: z.string() });
const newest = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) });
const refusals = { 400: faultBody, 404: faultBody };
const body = z.object({ account: z.string().min(1).optional() });

export function applicationRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/applications', { schema: { response: { 200: z.array(applicationInfo).readonly() } } }, () =>
    office.applications(),
  );

  app.get(
    '/api/applications/events',
    { schema: { querystring: newest, response: { 200: z.array(accessEvent).readonly() } } },
    (request) => office.applicationEvents(request.query.limit),
  );

  app.post(
    '/api/applications/:name/release',
    { schema: { params, body, response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      await office.releaseAccount(request.params.name, request.body.account, personOf(request));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/applications/:name/hold',
    { schema: { params, body: body.required(), response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      await office.holdAccount(request.params.name, request.body.account, personOf(request));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/applications/:name/look',
    { schema: { params, response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      await office.lookAtApplication(request.params.name, personOf(request));
      return reply.code(204).send(null);
    },
  );
}
