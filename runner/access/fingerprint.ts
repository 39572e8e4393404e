import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Account } from '../app.ts';

const SALT_BYTES = 16;
const HASH_BYTES = 32;

type Secrets = Pick<Account, 'user' | 'password'>;

/** Tells these credentials from others and, without trying passwords one by one at some cost each, nobody what they are. */
export async function fingerprint(account: Secrets): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return `${salt.toString('base64url')}.${(await hash(account, salt)).toString('base64url')}`;
}

/** Whether this is the fingerprint of these credentials. */
export async function isFingerprintOf(account: Secrets, text: string): Promise<boolean> {
  const [salt, expected] = text.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!salt || expected?.length !== HASH_BYTES) return false;
  return timingSafeEqual(await hash(account, salt), expected);
}

function hash({ user, password }: Secrets, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(JSON.stringify([user, password]), salt, HASH_BYTES, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
