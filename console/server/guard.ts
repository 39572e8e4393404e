import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from './errors.ts';
import { bareName } from './hosts.ts';

const CHANGING = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

/** Refuses what another site's page can make a browser send: a foreign Host, a foreign Origin. */
export function refuseForeign(request: FastifyRequest, known: ReadonlySet<string>): void {
  const host = request.headers.host ?? '';
  if (!known.has(bareName(host))) {
    throw new Refusal(403, 'foreign-host', 'The console does not answer under this host name.');
  }
  if (CHANGING.has(request.method) && !isOwnOrigin(request, host)) {
    throw new Refusal(403, 'foreign-origin', 'Another site may not change anything here.');
  }
}

/** A browser names the origin of a page that changes something; programs name none. */
function isOwnOrigin({ headers }: FastifyRequest, host: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return headers.origin === undefined || headers.origin === `http://${host}` || headers.origin === `https://${host}`;
}

/** Headers of every answer. Pages get their own content policy, which knows the nonce of their styles. */
export function protect(reply: FastifyReply): void {
  reply.headers({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  });
}
