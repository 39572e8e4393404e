import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsole } from '#console';
import { silentLogger } from '#core';
import { knownHosts } from '../../../console/server/hosts.ts';
import { openMemoryOffice } from '../../support/memoryOffice.ts';
import { BOTS, type OpenConsole, openConsole, rawRequest } from '../../support/openConsole.ts';

let webRoot: string;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'rekey-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<meta name="style-nonce" content="{{style-nonce}}">');
  await writeFile(join(webRoot, 'assets', 'a.js'), '1');
});
afterAll(() => rm(webRoot, { recursive: true }));

describe('a console on this machine', () => {
  let console: OpenConsole;
  beforeAll(async () => {
    console = await openConsole({ webRoot });
  });
  afterAll(() => console.close());

  it.each(['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'does not answer under the name %j',
    async (host) => {
      expect((await rawRequest(`${console.url}/api/overview`, { headers: { host } })).status).toBeGreaterThanOrEqual(
        400,
      );
    },
  );

  it.each(['localhost', 'LOCALHOST:9', '127.0.0.1:1234', '[::1]:80'])('answers under the name %s', async (host) => {
    expect((await rawRequest(`${console.url}/api/overview`, { headers: { host } })).status).toBe(200);
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('lets no other site change anything: %j', async (headers) => {
    const path = `${console.url}/api/bots/delivery-note/resume`;
    const response = await rawRequest(path, { method: 'POST', headers: headers as Record<string, string> });
    expect(response.status).toBe(403);
    expect(JSON.parse(response.body)).toMatchObject({ error: { code: 'foreign-origin' } });
  });

  it('lets its own pages and programs change things', async () => {
    const path = `${console.url}/api/bots/delivery-note/resume`;
    const own = { origin: console.url, 'sec-fetch-site': 'same-origin' };
    expect((await rawRequest(path, { method: 'POST', headers: own })).status).toBe(204);
    expect((await rawRequest(path, { method: 'POST' })).status).toBe(204);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('takes no body of a simple form: %s', async (type) => {
    const response = await fetch(`${console.url}/api/tasks`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': type },
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ error: { code: 'content-type-refused' } });
  });

  it('gives each page its own nonce and lets nothing foreign in', async () => {
    const pages = await Promise.all(['/', '/exceptions/x'].map((path) => fetch(console.url + path)));
    const nonces = await Promise.all(pages.map(async (page) => /content="([^"]+)"/.exec(await page.text())?.[1]));
    expect(nonces[0]).not.toBe(nonces[1]);
    const policy = pages[0]!.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`'nonce-${nonces[0]}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(pages[0]!.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('serves scripts for ever and nothing outside its folder', async () => {
    const script = await fetch(`${console.url}/assets/a.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${console.url}/assets/gone.js`)).status).toBe(404);
    const outside = await rawRequest(`${console.url}/assets/..%2f..%2f..%2fetc%2fpasswd`, {});
    expect(outside.body).not.toContain('root:');
  });
});

describe('a console with a token', () => {
  const token = 'correct horse battery staple';
  let console: OpenConsole;
  beforeAll(async () => {
    console = await openConsole({ webRoot, token });
  });
  afterAll(() => console.close());
  const signIn = (shown: string) =>
    fetch(`${console.url}/api/session`, {
      method: 'POST',
      body: JSON.stringify({ token: shown }),
      headers: { 'content-type': 'application/json' },
    });

  it('shows data to nobody who does not know it', async () => {
    for (const path of [
      '/api/overview',
      '/api/openapi.json',
      `/api/blobs/${'0'.repeat(64)}`,
      '/api/events',
      '/api/%6fverview',
      '/%61pi/overview',
    ]) {
      const response = await fetch(console.url + path);
      expect(response.status, path).toBe(401);
    }
    const wrong = await fetch(`${console.url}/api/overview`, { headers: { authorization: 'Bearer wrong' } });
    expect(wrong.status).toBe(401);
    expect((await fetch(`${console.url}/`)).status).toBe(200);
  });

  it('takes the token from programs', async () => {
    const response = await fetch(`${console.url}/api/overview`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
  });

  it('signs browsers in with a cookie that scripts and other sites do not get, and out again', async () => {
    expect((await signIn('wrong')).status).toBe(401);
    const cookie = (await signIn(token)).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(cookie).not.toContain(token);
    const session = { cookie: cookie.split(';')[0]! };
    expect((await fetch(`${console.url}/api/overview`, { headers: session })).status).toBe(200);
    expect(await (await fetch(`${console.url}/api/session`, { headers: session })).json()).toEqual({ signedIn: true });
    await fetch(`${console.url}/api/session`, { method: 'DELETE', headers: session });
    expect((await fetch(`${console.url}/api/overview`, { headers: session })).status).toBe(401);
  });
});

describe('doors', () => {
  const { office } = openMemoryOffice(BOTS);
  const door = { office, port: 0, webRoot: tmpdir(), log: silentLogger };

  it('does not open beyond this machine without a token, or with a short one', async () => {
    await expect(startConsole({ ...door, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'console-needs-token' });
    const short = startConsole({ ...door, host: '0.0.0.0', token: 'short' });
    await expect(short).rejects.toMatchObject({ code: 'console-token-short' });
    const { close, url } = await startConsole({ ...door, host: '0.0.0.0', token: 'long enough to be one' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await close();
  });

  it('answers beyond this machine under its own names and those it was told', () => {
    const known = knownHosts('0.0.0.0', ['rekey.example']);
    expect(known.has('rekey.example')).toBe(true);
    expect(known.has('evil.example')).toBe(false);
    expect(knownHosts('127.0.0.1', []).size).toBe(3);
  });

  it('writes no message and no value of a failure to the log or to the caller', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
    const broken = { ...office, overview: () => Promise.reject(new Error('IBAN AT61 1904 3002 3457 3201')) };
    const { url, close } = await startConsole({ ...door, office: broken, host: '127.0.0.1', log });
    const response = await fetch(`${url}/api/overview`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('AT61');
    await close();
    expect(lines.join('')).toContain('request failed');
    expect(lines.join('')).not.toContain('AT61');
  });
});
