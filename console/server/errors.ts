import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { InvalidInput, type Logger, RekeyError } from '#core';

/** The one shape in which the API says no. */
export interface Fault {
  readonly error: { readonly code: string; readonly message: string; readonly where?: string };
}

/** A refusal by the API itself, with the HTTP status that says so. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly where: string | undefined;

  constructor(status: number, code: string, message: string, where?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.where = where;
  }
}

export function fault(code: string, message: string, where?: string): Fault {
  return { error: { code, message, ...(where !== undefined && { where }) } };
}

/** Answers with the class's status and code. What nobody foresaw is logged without its message, which may hold a value. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  const { status, body } = describe(error);
  if (status >= 500) log.error({ error, route: request.routeOptions.url, status }, 'request failed');
  return reply.code(status).type('application/json').send(body);
}

function describe(error: FastifyError | Error): { status: number; body: Fault } {
  if (error instanceof Refusal) return { status: error.status, body: fault(error.code, error.message, error.where) };
  if (error instanceof InvalidInput) {
    const status = error.code.startsWith('unknown-') ? 404 : 400;
    return { status, body: fault(error.code, error.message, error.where) };
  }
  if (error instanceof RekeyError) return { status: statusOf(error), body: fault(error.code, error.message) };
  if (hasZodFastifySchemaValidationErrors(error)) return { status: 400, body: schemaFault(error.validation) };
  return { status: statusOfServer(error), body: serverFault(error) };
}

function statusOf(error: RekeyError): number {
  if (error.code === 'blob-missing') return 404;
  return { business: 422, system: 503, 'session-lost': 503, throttled: 429, defect: 500 }[error.kind];
}

function schemaFault(faults: readonly { instancePath: string; message?: string | undefined }[]): Fault {
  const first = faults[0];
  const where = first?.instancePath.slice(1).replaceAll('/', '.');
  return fault('invalid-request', first?.message ?? 'The request does not fit.', where === '' ? undefined : where);
}

function statusOfServer(error: FastifyError | Error): number {
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  return status >= 400 && status < 500 ? status : 500;
}

function serverFault(error: FastifyError | Error): Fault {
  switch (statusOfServer(error)) {
    case 413:
      return tooLarge();
    case 415:
      return fault('content-type-refused', 'Send application/json, or multipart/form-data where files are taken.');
    case 500:
      return fault('unexpected', 'Something went wrong here; the log of the console knows more.');
    default:
      return fault('invalid-request', 'The request cannot be read.');
  }
}

const MEGABYTE = 1024 * 1024;
/** The office refuses larger papers itself and accounts for them; what is far larger does not get through the door at all. */
const LARGEST_PAPER = 50 * MEGABYTE;
export const LARGEST_FILE = 64 * MEGABYTE;

export function tooLarge(): Fault {
  return fault('too-large', `A file may have ${LARGEST_PAPER / MEGABYTE} MB at most. Split it or scan it at 300 dpi.`);
}
