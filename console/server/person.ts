import type { FastifyRequest } from 'fastify';
import { Refusal } from './errors.ts';

const NAME = /^[^\p{C}]{1,60}$/u;

/** Who asks, as header `x-rekey-person` says: a name of 1 to 60 printable characters, URI-encoded. */
export function personOf(request: FastifyRequest): string {
  const header = request.headers['x-rekey-person'];
  const name = typeof header === 'string' ? decode(header).trim() : '';
  if (NAME.test(name)) return name;
  throw new Refusal(400, 'person-missing', 'Say who you are: 1 to 60 printable characters.', 'x-rekey-person');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
