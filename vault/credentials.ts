import { z } from 'zod';
import { InvalidInput, Secret } from '#core';
import { fromBase32, toBase32 } from './base32.ts';
import type { TotpSecret } from './totp.ts';

/** What signs a bot in with one account. */
export interface Credentials {
  readonly url: string;
  readonly user: string;
  readonly password: Secret;
  /** What the account's one-time codes are made from; null where the application asks for none. */
  readonly totp: TotpSecret | null;
  /** ISO date of the last day on which the application takes the password; null when nobody said. */
  readonly expires: string | null;
}

/** As they are sealed. What one release wrote the later ones read: fields are added, with a default. */
const sealedForm = z.object({
  url: z.string(),
  user: z.string(),
  password: z.string(),
  totp: z
    .object({
      secret: z.string(),
      algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
      digits: z.number(),
      period: z.number(),
    })
    .nullable(),
  expires: z.iso.date().nullable(),
});

export function writeCredentials({ url, user, password, totp, expires }: Credentials): string {
  const form: z.infer<typeof sealedForm> = {
    ...{ url, user, expires },
    password: password.reveal(),
    totp: totp && { ...totp, secret: toBase32(totp.secret) },
  };
  return JSON.stringify(form);
}

/** Throws for anything `writeCredentials` did not write. */
export function readCredentials(text: string): Credentials {
  const { url, user, password, totp, expires } = sealedForm.parse(JSON.parse(text));
  return {
    ...{ url, user, expires },
    password: new Secret(password),
    totp: totp && { ...totp, secret: secretBytes(totp.secret) },
  };
}

/**
 * What an application shows when a second factor is set up: its letters, or an `otpauth://totp/…` address, which may name
 * the algorithm, digits and period, too. Throws InvalidInput `bad-totp-secret`.
 */
export function readTotpSecret(shown: string): TotpSecret {
  const usual = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
  const text = shown.trim();
  if (!/^otpauth:/i.test(text)) return { ...usual, secret: secretBytes(text) };
  const address = URL.parse(text);
  if (address?.host !== 'totp') throw badTotpSecret('Only time-based codes are known: otpauth://totp/…');
  const given = otpauth.safeParse(Object.fromEntries(address.searchParams));
  if (!given.success) throw badTotpSecret('The otpauth address names something no application asks for.');
  return { ...usual, ...given.data, secret: secretBytes(given.data.secret) };
}

const otpauth = z.object({
  secret: z.string(),
  algorithm: z
    .string()
    .toUpperCase()
    .transform((name) => name.replace('-', ''))
    .pipe(z.enum(['SHA1', 'SHA256', 'SHA512']))
    .default('SHA1'),
  digits: z.coerce.number().int().min(6).max(8).default(6),
  period: z.coerce.number().int().min(10).max(300).default(30),
});

function secretBytes(text: string): Uint8Array {
  const bytes = fromBase32(text);
  if (!bytes || bytes.length === 0) throw badTotpSecret('The secret is not base32.');
  return bytes;
}

function badTotpSecret(why: string): InvalidInput {
  return new InvalidInput('bad-totp-secret', 'totp', `${why} Copy what the application shows when codes are set up.`);
}
