import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Secret, SystemException } from '#core';

/** A key that wraps data keys. */
export interface Key {
  /** Follows from the key, and leads nowhere back. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The keys at hand: what is sealed now takes the current one; the others only open what they sealed. */
export interface Keyring {
  readonly current: Key;
  byId(id: string): Key | undefined;
  /** The setting the keys come from, for messages. */
  readonly setting: string;
}

/** Reads the keys as they stand now: a key file may change under a running process. */
export type KeySource = () => Promise<Keyring>;

export interface KeyPlace {
  readonly key: Secret | undefined;
  readonly keyFile: string | undefined;
}

const KEY_BYTES = 32;
/** 32 bytes in base64, with or without the trailing `=`, in the usual or the URL's alphabet. */
const KEY_TEXT = /^[\w+/-]{43}=?$/;

/** Keys from the setting or from the file. Rejects with SystemException: `key-missing` when there is neither, `bad-key`. */
export function keySource({ key, keyFile }: KeyPlace): KeySource {
  return async () => {
    if (key) return readKeyring(key.reveal(), 'REKEY_KEY');
    if (keyFile !== undefined) return readKeyring(await textOf(keyFile), 'REKEY_KEY_FILE');
    throw new SystemException('key-missing', 'Set REKEY_KEY or REKEY_KEY_FILE: stored credentials need a key.');
  };
}

/** Keys with blanks, commas or line ends between them, the current one first; a line may end in a `#` comment. */
function readKeyring(text: string, setting: string): Keyring {
  const words = text
    .replace(/#.*$/gm, '')
    .split(/[\s,]+/)
    .filter(Boolean);
  const keys = words.map((word, at) => {
    if (!KEY_TEXT.test(word)) throw badKey(setting, `Key ${at + 1} is not 32 bytes in base64`);
    return keyOf(Buffer.from(word, 'base64'));
  });
  const [current] = keys;
  if (!current) throw badKey(setting, 'There is no key');
  return { current, byId: (id) => keys.find((key) => key.id === id), setting };
}

/** A new key as the settings take it. */
export function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

function keyOf(bytes: Uint8Array): Key {
  return { id: createHmac('sha256', bytes).update('rekey key id').digest('hex').slice(0, 16), bytes };
}

function badKey(setting: string, what: string): SystemException {
  return new SystemException('bad-key', `${what} in ${setting}; make one with \`rekey credentials new-key\`.`);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SystemException('key-missing', `The file that REKEY_KEY_FILE names cannot be read: ${file}`, { cause });
  }
}
