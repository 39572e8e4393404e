import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput, Secret } from '#core';
import { fromBase32, toBase32 } from '../../vault/base32.ts';
import { type Credentials, readCredentials, readTotpSecret, writeCredentials } from '../../vault/credentials.ts';
import { codeOf, periodAt } from '../../vault/totp.ts';

/** RFC 6238, appendix B: the seed is the digits 1 to 0 again and again, as long as the hash. */
const seed = (length: number) => Buffer.from('1234567890'.repeat(7).slice(0, length));
const VECTORS = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const;

describe('one-time codes', () => {
  it.each(VECTORS)('are those of RFC 6238 at %i s', (seconds, sha1, sha256, sha512) => {
    const period = periodAt(30, seconds * 1000);
    const code = (algorithm: 'SHA1' | 'SHA256' | 'SHA512', length: number) =>
      codeOf({ secret: seed(length), algorithm, digits: 8, period: 30 }, period);
    expect([code('SHA1', 20), code('SHA256', 32), code('SHA512', 64)]).toEqual([sha1, sha256, sha512]);
  });

  it('are those of RFC 4226 with six digits', () => {
    const codes = Array.from({ length: 10 }, (_, count) =>
      codeOf({ secret: seed(20), algorithm: 'SHA1', digits: 6, period: 30 }, count),
    );
    expect(codes.join(' ')).toBe('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489');
  });

  it('last a whole period, and have all their digits', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 10, maxLength: 64 }),
        fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
        fc.integer({ min: 6, max: 8 }),
        fc.integer({ min: 10, max: 300 }),
        fc.integer({ min: 0, max: 2 ** 40 }),
        (secret, algorithm, digits, seconds, ms) => {
          const period = periodAt(seconds, ms);
          expect(periodAt(seconds, period * seconds * 1000)).toBe(period);
          expect(periodAt(seconds, (period + 1) * seconds * 1000 - 1)).toBe(period);
          const code = codeOf({ secret, algorithm, digits, period: seconds }, period);
          expect(code).toMatch(new RegExp(`^\\d{${digits}}$`));
        },
      ),
    );
  });
});

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %j as RFC 4648 does', (text, letters) => {
    expect(toBase32(Buffer.from(text))).toBe(letters);
  });

  it('reads what it writes, however people copy it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const letters = toBase32(bytes);
        const grouped = letters.toLowerCase().replace(/(.{4})/g, '$1 ');
        for (const text of [letters, `${letters}====`, grouped]) expect(fromBase32(text)).toEqual(bytes);
      }),
    );
  });

  it.each(['M', 'MZX', 'M1', 'MY!', 'Ä'])('does not take %j', (text) => {
    expect(fromBase32(text)).toBeUndefined();
  });
});

describe('the secret of a second factor', () => {
  const usual = { algorithm: 'SHA1', digits: 6, period: 30 };

  it('is read from letters, and from the address behind a picture code', () => {
    const secret = Buffer.from('Hello!\u00de\u00ad\u00be\u00ef', 'latin1');
    const bytes = new Uint8Array(secret);
    expect(readTotpSecret(' jbsw y3dp ehpk 3pxp ')).toEqual({ ...usual, secret: bytes });
    const address = 'otpauth://totp/Ledger:bot?secret=JBSWY3DPEHPK3PXP&issuer=Ledger';
    expect(readTotpSecret(address)).toEqual({ ...usual, secret: bytes });
    expect(readTotpSecret(`${address}&algorithm=sha-256&digits=8&period=60`)).toEqual({
      ...{ secret: bytes, algorithm: 'SHA256', digits: 8, period: 60 },
    });
  });

  it.each([
    '',
    'not base32!',
    'otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1',
    'otpauth://totp/x',
    'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=12',
    'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=0',
    'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=MD5',
  ])('is not %j, and the fault does not repeat it', (text) => {
    const fault = faultOf(() => readTotpSecret(text));
    expect(fault.code).toBe('bad-totp-secret');
    expect(fault.message).not.toContain('JBSWY3DPEHPK3PXP');
  });
});

function faultOf(act: () => unknown): InvalidInput {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

it('credentials are read as they were written', () => {
  const totp = fc.record({
    secret: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    algorithm: fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
    digits: fc.integer({ min: 6, max: 8 }),
    period: fc.integer({ min: 10, max: 300 }),
  });
  const plain = fc.record({
    url: fc.constantFrom('http://ledger/', 'https://app.example:8443/a?b=c'),
    user: fc.string(),
    password: fc.string({ unit: fc.constantFrom('a', 'ß', '"', '\\', '\n', '\0', '😀', ' ') }),
    totp: fc.option(totp),
    expires: fc.option(fc.constantFrom('2026-12-31', '2028-02-29')),
  });
  fc.assert(
    fc.property(plain, ({ password, ...rest }) => {
      const credentials: Credentials = { ...rest, password: new Secret(password) };
      const { password: read, ...others } = readCredentials(writeCredentials(credentials));
      expect(others).toEqual(rest);
      expect(read.reveal()).toBe(password);
    }),
  );
});
