import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type SealedCredentials, SystemException } from '#core';
import type { Key, Keyring } from './keyring.ts';

/** Whose credentials they are. It is sealed in, so that a row copied to another account does not open there. */
export type Owner = Pick<SealedCredentials, 'application' | 'account'>;

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals text with a data key of its own, and that with the key in use. */
export function seal({ current }: Keyring, owner: Owner, text: string): SealedCredentials {
  const dataKey = randomBytes(KEY_BYTES);
  try {
    const body = encrypt(dataKey, Buffer.from(text, 'utf8'), context('body', owner));
    return { ...ownerOf(owner), ...wrapped(current, dataKey, owner), body };
  } finally {
    dataKey.fill(0);
  }
}

/** Rejects with SystemException `key-missing`, `wrong-key` or `credentials-altered`. */
export function unseal(keys: Keyring, sealed: SealedCredentials): string {
  const dataKey = unwrap(keys, sealed);
  try {
    return decrypt(dataKey, sealed.body, context('body', sealed)).toString('utf8');
  } catch (error) {
    throw altered(sealed, error);
  } finally {
    dataKey.fill(0);
  }
}

/** The same data key in a wrapping by the key in use; undefined where it has that one already. */
export function rewrap(
  keys: Keyring,
  sealed: SealedCredentials,
): Pick<SealedCredentials, 'keyId' | 'wrappedKey'> | undefined {
  if (sealed.keyId === keys.current.id) return undefined;
  const dataKey = unwrap(keys, sealed);
  try {
    return wrapped(keys.current, dataKey, sealed);
  } finally {
    dataKey.fill(0);
  }
}

function wrapped({ id, bytes }: Key, dataKey: Buffer, owner: Owner) {
  return { keyId: id, wrappedKey: encrypt(bytes, dataKey, context(`key ${id}`, owner)) };
}

function unwrap(keys: Keyring, sealed: SealedCredentials): Buffer {
  const key = keys.byId(sealed.keyId);
  if (!key) {
    throw new SystemException(
      'wrong-key',
      `${keys.setting} does not hold the key that opens the credentials of ${title(sealed)}; add the key ${sealed.keyId}.`,
    );
  }
  try {
    return decrypt(key.bytes, sealed.wrappedKey, context(`key ${key.id}`, sealed));
  } catch (error) {
    throw altered(sealed, error);
  }
}

function altered(owner: Owner, cause: unknown): SystemException {
  return new SystemException(
    'credentials-altered',
    `The stored credentials of ${title(owner)} are not as they were sealed; set them anew.`,
    { cause },
  );
}

function title({ application, account }: Owner): string {
  return `${application}/${account}`;
}

function ownerOf({ application, account }: Owner): Owner {
  return { application, account };
}

/** What is sealed in besides the text: what it is, and whose. As JSON, so that no two owners read the same. */
function context(what: string, { application, account }: Owner): Buffer {
  return Buffer.from(JSON.stringify(['rekey credentials 1', what, application, account]), 'utf8');
}

/** Nonce, ciphertext and tag, as base64. */
function encrypt(key: Uint8Array, text: Uint8Array, about: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(about);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Throws when a single bit of it, the key or what it is about is another. */
function decrypt(key: Uint8Array, sealed: string, about: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(about);
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
