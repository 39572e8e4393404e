import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BusinessException, Defect, LeaseLost, SessionLost, SystemException, Throttled } from '#core';
import { bearingOf } from '../../../runner/access/bearing.ts';
import { fingerprint, isFingerprintOf } from '../../../runner/access/fingerprint.ts';
import { ourOwn } from '../../../runner/ours.ts';

describe('the fingerprint of credentials', () => {
  const credentials = fc.record({ user: fc.string(), password: fc.string() });

  it('fits these credentials alone, and shows nothing of them', async () => {
    await fc.assert(
      fc.asyncProperty(credentials, credentials, async (one, other) => {
        const print = await fingerprint(one);
        expect(await isFingerprintOf(one, print)).toBe(true);
        const same = one.user === other.user && one.password === other.password;
        expect(await isFingerprintOf(other, print)).toBe(same);
        expect(await fingerprint(one)).not.toBe(print);
      }),
      { numRuns: 5 },
    );
  });

  it('fits nothing where it is none', async () => {
    for (const text of ['', 'a', 'a.b', '.']) {
      expect(await isFingerprintOf({ user: 'bot', password: 'x' }, text)).toBe(false);
    }
  });
});

describe('the end of a use', () => {
  it.each([
    ['a time-out', new SystemException('application-slow', ''), { bore: 'badly', code: 'application-slow' }],
    ['a list unlike itself', new SystemException('look-up-failed', ''), { bore: 'badly', code: 'look-up-failed' }],
    ['a record it refuses', new BusinessException('application-refused', ''), { bore: 'well' }],
    ['a posting it shows late', new Throttled('settling', ''), { bore: 'well' }],
    ['a refused login', new SystemException('sign-in-refused', ''), { bore: 'unclear' }],
    ['a browser that is not there', new SystemException('browser-missing', ''), { bore: 'unclear' }],
    ['a worker that slept', new SystemException('submit-late', ''), { bore: 'unclear' }],
    ['a look-up that cannot tell', new SystemException('look-up-unclear', ''), { bore: 'unclear' }],
    ['a database that says nothing', new SystemException('database-silent', ''), { bore: 'unclear' }],
    ['a database that is busy', new SystemException('database-busy', ''), { bore: 'unclear' }],
    ['an account without a secret for codes', new SystemException('code-secret-missing', ''), { bore: 'unclear' }],
    ['a vault without its key', new SystemException('key-missing', ''), { bore: 'unclear' }],
    ['a vault of another key', new SystemException('wrong-key', ''), { bore: 'unclear' }],
    ['a session that is lost', new SessionLost('signed-out', ''), { bore: 'unclear' }],
    ['a fault in the code', new Defect('output-misfit', ''), { bore: 'unclear' }],
    ['a lease that is lost', new LeaseLost('t'), { bore: 'unclear' }],
  ])('says of the application what it may: %s', (_, error, bearing) => {
    expect(bearingOf(error)).toEqual(bearing);
  });

  it('says nothing of the application where the record or the archive failed, whatever the failure is called', async () => {
    const error = new SystemException('application-slow', '');
    await expect(ourOwn({ write: () => Promise.reject(error) }).write()).rejects.toBe(error);
    expect(bearingOf(error)).toEqual({ bore: 'unclear' });
  });
});
