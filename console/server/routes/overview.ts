import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { faultBody, overview } from '../schemas.ts';

export function overviewRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/overview', { schema: { response: { 200: overview } } }, () => office.overview());

  app.post(
    '/api/bots/:name/resume',
    { schema: { params: z.object({ name: z.string() }), response: { 204: z.null(), 404: faultBody } } },
    async (request, reply) => {
      await office.resumeBot(request.params.name);
      return reply.code(204).send(null);
    },
  );
}
