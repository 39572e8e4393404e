import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { sha256 } from '../schemas.ts';
import { shownType } from '../sniff.ts';

/** A blob's name is its content, so a browser may keep it; whatever it is, it runs nothing. */
const BLOB_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'cache-control': 'private, max-age=31536000, immutable',
};

const page = z.object({ sha256, page: z.coerce.number().int().min(1).max(10_000) });
const turned = z.object({ rotation: z.enum(['0', '90', '180', '270']).default('0') });

export function blobRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/blobs/:sha256', { schema: { params: z.object({ sha256 }) } }, async (request, reply) => {
    const bytes = await office.blob(request.params.sha256);
    return sendBlob(reply, bytes, shownType(bytes));
  });

  app.get(
    '/api/papers/:sha256/pages/:page(^\\d+).png',
    { schema: { params: page, querystring: turned } },
    async (request, reply) => {
      const { sha256, page } = request.params;
      const image = await office.pageImage(sha256, page, Number(request.query.rotation));
      return sendBlob(reply, image, shownType(image));
    },
  );
}

function sendBlob(reply: FastifyReply, bytes: Uint8Array, type: string | undefined): FastifyReply {
  reply.headers(BLOB_HEADERS).type(type ?? 'application/octet-stream');
  if (type === undefined) reply.header('content-disposition', 'attachment');
  return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
