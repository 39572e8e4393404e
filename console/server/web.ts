import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { ConsoleApp } from './app.ts';
import { fault } from './errors.ts';

const ASSETS = '/assets/';

/** Place in the page where the nonce of its styles goes; the component library makes style elements at run time. */
const NONCE = '{{style-nonce}}';

/** Serves the built pages: files as they are, every other address as the one page that finds its own way. */
export async function serveWeb(app: ConsoleApp, webRoot: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(webRoot, 'assets'),
    prefix: ASSETS,
    index: false,
    immutable: true,
    maxAge: '365d',
    schemaHide: true,
    suppressWarning: true,
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith(ASSETS)) {
      return reply.code(404).send(fault('not-found', 'There is nothing at this address.'));
    }
    // Read each time: pages built anew while the console runs name other files.
    const page = await readFile(join(webRoot, 'index.html'), 'utf8').catch(() => undefined);
    if (page !== undefined) return sendPage(reply, page);
    return reply.code(503).type('text/plain').send('The pages are not built. Run: npm run build\n');
  });
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .headers({ 'content-security-policy': pagePolicy(nonce), 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(page.replace(NONCE, nonce));
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
