import { z } from 'zod';
import type { ConsoleApp } from '../app.ts';
import { Refusal } from '../errors.ts';
import { faultBody } from '../schemas.ts';
import type { Sessions } from '../sessions.ts';

/** Signing in: a browser shows the token once and carries a cookie from then on. */
export function sessionRoutes(app: ConsoleApp, sessions: Sessions): void {
  app.get('/api/session', { schema: { response: { 200: z.object({ signedIn: z.boolean() }) } } }, async (request) => ({
    signedIn: sessions.isAllowed(request),
  }));

  app.post(
    '/api/session',
    { schema: { body: z.object({ token: z.string().max(1_000) }), response: { 204: z.null(), 401: faultBody } } },
    async (request, reply) => {
      const cookie = sessions.signIn(request.body.token);
      if (cookie === undefined)
        throw new Refusal(401, 'wrong-token', 'This is not the token of this console.', 'token');
      return reply.header('set-cookie', cookie).code(204).send(null);
    },
  );

  app.delete('/api/session', { schema: { response: { 204: z.null() } } }, async (request, reply) =>
    reply.header('set-cookie', sessions.signOut(request)).code(204).send(null),
  );
}
