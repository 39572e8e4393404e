import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BusinessException, createLogger, InvalidInput, nextMove, redactUrls, SystemException } from '#core';

describe('addresses in a text', () => {
  it.each([
    ['plain words, 12:30, a/b?', 'plain words, 12:30, a/b?'],
    ['at http://127.0.0.1:8030/ledger now', 'at http://127.0.0.1:8030/ledger now'],
    ['postgres://rekey:hunter2@db:5432/rekey', 'postgres://[secret]@db:5432/rekey'],
    ['rediss://:hunter2@r', 'rediss://[secret]@r'],
    ['https://bot:p@ss@app/', 'https://[secret]@app/'],
    ['https://bot:p/ss@app/', 'https://[secret]@app/'],
    [
      '(see "http://a/login.pl?login=bot&password=x y")',
      '(see "http://a/login.pl?login=[secret]&password=[secret] y")',
    ],
    ['http://a/p;jsessionid=AB12/q?x=1#t=2', 'http://a/p;jsessionid=[secret]/q?x=[secret]#t=[secret]'],
    ['http://a/verify?AB12CD34', 'http://a/verify?[secret]'],
    ['http://a/cb#AB12CD34', 'http://a/cb#[secret]'],
    ['GET /login.pl?login=bot&password=abc&path=bin', 'GET /login.pl?login=bot&password=[secret]&path=bin'],
    ['login=bot&password=abc', 'login=bot&password=[secret]'],
    ['new_password=abc access_token=def', 'new_password=[secret] access_token=[secret]'],
  ])('%s', (text, expected) => {
    expect(redactUrls(text)).toBe(expected);
  });

  it('tell no user, password or value, whatever these are and wherever the address stands', () => {
    const word = fc.stringMatching(/^[\w~.!*()-]{6,20}$/).map((text) => `Q${text}Q`);
    const encoded = fc.string({ minLength: 3 }).map((text) => `Q${encodeURIComponent(text.toWellFormed())}Q`);
    const secret = fc.oneof(word, encoded);
    fc.assert(
      fc.property(
        secret,
        secret,
        secret,
        secret,
        fc.constantFrom('', 'see ', '"', 'at (', '\n'),
        (a, b, c, d, before) => {
          const text = `${before}https://${a}:${b}@app.example:8080/path/page.asp?sid=${c}&x=${d}#${a}`;
          const shown = redactUrls(text);
          for (const each of [a, b, c, d]) expect(shown).not.toContain(each);
          expect(shown).toContain('@app.example:8080/path/page.asp?sid=');
          expect(redactUrls(shown)).toBe(shown);
        },
      ),
    );
  });

  it('take no longer for long texts', () => {
    for (const text of ['a://'.repeat(20_000), `http://${'a;'.repeat(40_000)}`, '_-pass'.repeat(20_000)]) {
      expect(redactUrls(text).length).toBeGreaterThan(0);
    }
  });
});

describe('no address with a secret', () => {
  const url = 'http://bot:hunter2@app/login?token=hunter3';

  it('is in a log line: in its words, its facts or its error', () => {
    const lines: string[] = [];
    const log = createLogger('trace', new Writable({ write: (line, _, done) => done(void lines.push(String(line))) }));
    log.warn(
      { url, deep: { list: [url, 7] }, error: new SystemException('down', `No answer: ${url}`) },
      `asked ${url}`,
    );
    log.trace(`went to ${url}`);
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/hunter/);
    expect(JSON.parse(lines[0]!)).toMatchObject({ deep: { list: ['http://[secret]@app/login?token=[secret]', 7] } });
  });

  it('is in a log line, nor a password logged by name', () => {
    const lines: string[] = [];
    const log = createLogger('trace', new Writable({ write: (line, _, done) => done(void lines.push(String(line))) }));
    log.info({ account: { name: 'main', password: 'hunter2' }, Cookie: 'hunter3', token: 7 }, 'signed in');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      ...{ account: { name: 'main', password: '[secret]' }, Cookie: '[secret]', token: 7 },
    });
  });

  it('is in the message of an error, or in what a person is shown of it', () => {
    const errors = [
      new SystemException('down', `No answer: ${url}`),
      new BusinessException('no-order', `None at ${url}`),
      new InvalidInput('bad-address', 'url', `Not an address: ${url}`),
    ];
    for (const { message, stack } of errors) expect(message + stack).not.toMatch(/hunter/);
    expect(JSON.stringify(nextMove(new TypeError(`Cannot read ${url}`), 1))).not.toMatch(/hunter/);
  });
});
