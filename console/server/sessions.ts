import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

const COOKIE = 'rekey_session';
const SESSION_HOURS = 12;
const MOST_SESSIONS = 1_000;

/** Who may come in: programs that show the token, browsers that showed it once and carry a cookie since. */
export interface Sessions {
  isAllowed(request: FastifyRequest): boolean;
  /** The cookie for a browser that showed the right token; undefined when it is wrong. */
  signIn(token: string): string | undefined;
  signOut(request: FastifyRequest): string;
}

/** Sessions live in memory: a restart asks browsers for the token again. */
export function openSessions(token: string | undefined): Sessions {
  const ends = new Map<string, number>();
  const isLive = (session: string | undefined) =>
    session !== undefined && (ends.get(digest(session)) ?? 0) > Date.now();

  return {
    isAllowed: (request) =>
      token === undefined || isLive(cookieOf(request)) || sameSecret(bearerOf(request) ?? '', token),
    signIn(shown) {
      if (token === undefined || !sameSecret(shown, token)) return undefined;
      forgetEnded(ends);
      const session = randomBytes(32).toString('base64url');
      ends.set(digest(session), Date.now() + SESSION_HOURS * 3_600_000);
      return cookie(session, SESSION_HOURS * 3_600);
    },
    signOut(request) {
      ends.delete(digest(cookieOf(request) ?? ''));
      return cookie('', 0);
    },
  };
}

function forgetEnded(ends: Map<string, number>): void {
  for (const [session, end] of ends) if (end <= Date.now() || ends.size >= MOST_SESSIONS) ends.delete(session);
}

function cookie(session: string, seconds: number): string {
  return `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`;
}

function cookieOf({ headers }: FastifyRequest): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Compares digests, so that neither length nor a common start shows in the time it takes. */
function sameSecret(shown: string, secret: string): boolean {
  return timingSafeEqual(createHash('sha256').update(shown).digest(), createHash('sha256').update(secret).digest());
}

function digest(session: string): string {
  return createHash('sha256').update(session).digest('hex');
}
