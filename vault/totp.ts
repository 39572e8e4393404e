import { createHmac } from 'node:crypto';

/** What one-time codes are made from (RFC 6238). */
export interface TotpSecret {
  readonly secret: Uint8Array;
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  /** 6 to 8. */
  readonly digits: number;
  /** Seconds a code lasts. */
  readonly period: number;
}

/** Which period of so many seconds, counted from the epoch, that time falls into. */
export function periodAt(seconds: number, ms: number): number {
  return Math.floor(ms / 1000 / seconds);
}

/** The code of one period. */
export function codeOf({ secret, algorithm, digits }: TotpSecret, period: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(period));
  const mac = createHmac(algorithm, secret).update(counter).digest();
  // RFC 4226: the last four bits say where the number begins, its sign bit is left out.
  const number = mac.readUInt32BE(mac.at(-1)! & 0x0f) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}
