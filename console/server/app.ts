import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { answerError, fault, LARGEST_FILE, Refusal } from './errors.ts';
import { openTail } from './eventTail.ts';
import { protect, refuseForeign } from './guard.ts';
import { knownHosts } from './hosts.ts';
import { applicationRoutes } from './routes/applications.ts';
import { blobRoutes } from './routes/blobs.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { erasureRoutes } from './routes/erasure.ts';
import { eventRoutes } from './routes/events.ts';
import { exceptionRoutes } from './routes/exceptions.ts';
import { memoryRoutes } from './routes/memory.ts';
import { overviewRoutes } from './routes/overview.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { sessionRoutes } from './routes/session.ts';
import { taskRoutes } from './routes/tasks.ts';
import { trustRoutes } from './routes/trust.ts';
import { openSessions } from './sessions.ts';
import type { ConsoleOptions } from './start.ts';
import { serveWeb } from './web.ts';

export type ConsoleApp = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

/** Base64 in JSON takes a third more than the file, and the other fields want some room. */
const LARGEST_BODY = Math.ceil((LARGEST_FILE * 4) / 3) + 1024 * 1024;

/** The whole server, not yet listening. */
export async function createApp(options: ConsoleOptions): Promise<ConsoleApp> {
  const { office, log } = options;
  const app: ConsoleApp = Fastify({
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: Error, request, reply) => answerError(error, request, reply, log));
  app.removeContentTypeParser('text/plain');

  const sessions = openSessions(options.token);
  const known = knownHosts(options.host, options.names ?? []);
  app.addHook('onRequest', async (request, reply) => {
    protect(reply);
    refuseForeign(request, known);
    if (isGuarded(request.routeOptions.url) && !sessions.isAllowed(request)) {
      throw new Refusal(401, 'not-signed-in', 'Sign in with the token of this console.');
    }
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    log.debug({ method, route: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime }, 'request answered');
  });

  await app.register(multipart, { limits: { fileSize: LARGEST_FILE, files: 100, fields: 20, fieldSize: 256 * 1024 } });
  await app.register(swagger, { openapi: openapiHead, transform: jsonSchemaTransform });
  const tail = openTail(office, log);
  app.addHook('preClose', () => tail.close());

  sessionRoutes(app, sessions);
  overviewRoutes(app, office);
  taskRoutes(app, office);
  erasureRoutes(app, office);
  exceptionRoutes(app, office);
  scheduleRoutes(app, office);
  calendarRoutes(app, office);
  applicationRoutes(app, office);
  memoryRoutes(app, office);
  trustRoutes(app, office);
  blobRoutes(app, office);
  eventRoutes(app, office, tail);
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  app.all('/api/*', { schema: { hide: true } }, (_request, reply) =>
    reply.code(404).send(fault('not-found', 'There is no such address in this API.')),
  );
  await serveWeb(app, options.webRoot);
  return app;
}

/**
 * Pages and their scripts hold no data; everything else asks who is there.
 * Asked of the route, not of the address: an address can be written in many ways.
 */
function isGuarded(route: string | undefined): boolean {
  return route?.startsWith('/api/') === true && route !== '/api/session';
}

const openapiHead = {
  openapi: '3.1.0',
  info: {
    title: 'Rekey',
    version: '1',
    description:
      'Orders, tasks, exceptions and schedules of a Rekey installation. Errors are {error: {code, message, where?}}.',
  },
};
