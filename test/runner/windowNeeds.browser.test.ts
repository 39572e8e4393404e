import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type AppDefinition, defineApp, type Session } from '#runner';
import { memoryArchive } from '../support/bench.ts';
import { SELF_SIGNED } from '../support/selfSigned.ts';
import { html, launchChromium, type Page, sessionsAt, site, someApp } from '../support/site.ts';

let browser: Browser;
beforeAll(async () => {
  // As the runner wants it started: see the last test.
  browser = await launchChromium({ args: ['--webrtc-ip-handling-policy=disable_non_proxied_udp'] });
});
afterAll(() => browser?.close());

type Changes = Partial<AppDefinition>;

/** Uses a session of an application at that address. */
async function inSession<R>(url: string, changes: Changes, act: (session: Session) => Promise<R>) {
  const app = someApp(changes);
  const archive = memoryArchive();
  const opened = sessionsAt(url, { launch: async () => browser, archive });
  onTestFinished(() => opened.sessions.discard(app));
  const use = <S>(more: (session: Session) => Promise<S>) => opened.sessions.use(app, more);
  return { result: await use(act), archive, use, log: opened.log };
}

const text = ({ page }: Session) => page.locator('body').innerText();

describe('an application’s own way, in one line', () => {
  it('hosts: its pages get what they need from there, others are refused and logged by host alone', async () => {
    const cdn = await site({ '/style': html('') });
    const other = await site({});
    const at = (port: number) => `http://localhost:${port}`;
    const body = `<img src="${at(cdn.port)}/needed"><img src="${at(other.port)}/spies?iban=DE02120300000000202051">`;
    const { url } = await site({ '/page': html(body) });
    const { log } = await inSession(url, { hosts: [`localhost:${cdn.port}`] }, ({ page }) => page.goto(`${url}page`));
    expect(cdn.visits).toEqual(['/needed']);
    expect(other.visits).toEqual([]);
    expect(log()).toContain(`"host":"localhost:${other.port}"`);
    expect(log()).not.toContain('iban');
  });

  it.each(['*', 'Example.com', 'a.com,b.com', '<local>', 'http://a.com', '*.', 'a.com:'])(
    'hosts: %s is refused when the application is defined',
    (host) => {
      expect(() => someApp({ hosts: [host] })).toThrow(expect.objectContaining({ code: 'bad-host' }));
    },
  );

  it('referer: addresses are opened as if they came from a page of its own', async () => {
    const deep: Page = (request, response) => html(request.headers.referer ?? 'from nowhere')(request, response);
    const { url } = await site({ '/deep': deep });
    const deepLink = async (session: Session) => {
      await session.goto('/deep');
      return text(session);
    };
    expect((await inSession(url, {}, deepLink)).result).toBe('from nowhere');
    expect((await inSession(url, { referer: '/menu' }, deepLink)).result).toBe(`${url}menu`);
  });

  it('basicAuth: the web server gets the account, and nobody else does who asks for one', async () => {
    const given: string[] = [];
    const guarded: Page = (request, response) => {
      const account = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
      given.push(account);
      if (account) return html(account)(request, response);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="App"' }).end('Who?');
    };
    const other = await site({ '/asks': guarded });
    const host = `localhost:${other.port}`;
    const { url } = await site({ '/sign-in': guarded });
    const { result, use } = await inSession(url, { basicAuth: true, hosts: [host] }, text);
    expect(result).toBe('bot:secret-password');
    given.length = 0;
    await expect(use(({ page }) => page.goto(`http://${host}/asks`))).rejects.toMatchObject({ kind: 'system' });
    expect(given).toEqual(['']);
  });

  it('selfSigned: its certificate is taken, which it is not otherwise', async () => {
    const { url } = await site({}, SELF_SIGNED);
    expect((await inSession(url, { selfSigned: true }, text)).result).toBe('Signed in');
    await expect(inSession(url, {}, text)).rejects.toMatchObject({ kind: 'system' });
  });

  it('signInSeconds: it may wake slowly, and must answer soon once it is awake', async () => {
    const asleep: string[] = [];
    const waking: Page = (request, response) => {
      asleep.push('woken');
      setTimeout(() => html('Signed in')(request, response), 4000);
    };
    const { url } = await site({ '/sign-in': waking, '/later': waking });
    const changes = { patienceSeconds: 2, signInSeconds: 20 };
    const { use } = await inSession(url, changes, text);
    const late = use(({ page }) => page.goto(`${url}later`));
    await expect(late).rejects.toMatchObject({ code: 'application-slow' });
    expect(asleep).toHaveLength(2);
  });

  it('interruptions: they are dismissed wherever they come up, and logged', async () => {
    const survey = `<div id="survey" style="position:fixed;inset:0;background:white">Survey
      <button onclick="this.parentNode.remove()">No, thanks</button></div>`;
    const late = `<button onclick="document.title='pressed'">Save</button>
      <script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', \`${survey}\`), 50)</script>`;
    const wizard = `<div id="survey">Wizard <button onclick="this.parentNode.remove()">No, thanks</button></div>`;
    const { url } = await site({ '/sign-in': html(wizard), '/form': html(late) });
    const interruptions = [
      {
        name: 'survey',
        shown: (page: Session['page']) => page.locator('#survey'),
        dismiss: (page: Session['page']) => page.getByText('No, thanks').click(),
      },
    ];
    const { result, log } = await inSession(url, { interruptions }, async ({ page }) => {
      const first = await page.locator('#survey').count();
      await page.goto(`${url}form`);
      await page.waitForFunction(() => document.querySelector('#survey') !== null);
      await page.getByText('Save').click();
      return [first, await page.title()];
    });
    expect(result).toEqual([0, 'pressed']);
    expect(log()).toContain('"interruption":"survey"');
  });
});

describe('a file that an application sends', () => {
  const pdf: Page = (_, response) => {
    response.writeHead(200, {
      'content-type': 'application/pdf; charset=binary',
      'content-disposition': 'attachment; filename="statement May.pdf"',
    });
    response.end('%PDF-1.4 statement');
  };
  const endless: Page = (request, response) => {
    response.writeHead(200, { 'content-disposition': 'attachment; filename=export.dat' });
    const more = setInterval(() => response.write(Buffer.alloc(100_000)), 5);
    request.socket.on('close', () => clearInterval(more));
  };
  const links = html('<a href="/statement">Statement</a> <a href="/endless">Export</a> <a href="/next">Next</a>');
  const pages = { '/sign-in': links, '/statement': pdf, '/endless': endless };
  const click = (session: Session, link: string) => session.page.getByText(link).click();

  it('is kept and told by its content type', async () => {
    const { url } = await site(pages);
    const take = (session: Session) => session.download(() => click(session, 'Statement'));
    const { result, archive } = await inSession(url, { downloads: true }, take);
    expect(result).toMatchObject({ name: 'statement May.pdf', mime: 'application/pdf' });
    expect(Buffer.from(await archive.get(result.sha256)).toString()).toBe('%PDF-1.4 statement');
  });

  it('is refused where the application is not to send any, or none was asked for', async () => {
    const { url } = await site(pages);
    const unasked = async (session: Session) => {
      await click(session, 'Statement');
      await click(session, 'Next');
      return text(session);
    };
    const { use, log } = await inSession(url, {}, unasked);
    expect(log()).toContain('a file nobody asked for was refused');
    const asked = use((session) => session.download(() => click(session, 'Statement')));
    await expect(asked).rejects.toMatchObject({ code: 'downloads-refused', kind: 'defect' });
    expect(await (await inSession(url, { downloads: true }, unasked)).result).toBe('Signed in');
  });

  it.each([
    ['in size', { megabytes: 1, seconds: 600 }],
    ['in time', { megabytes: 10_000, seconds: 0.3 }],
  ])('is cut off when it does not end: %s', async (_, downloads) => {
    const { url } = await site(pages);
    const opened = await inSession(url, { downloads }, text);
    const taking = opened.use((session) => session.download(() => click(session, 'Export')));
    await expect(taking).rejects.toMatchObject({ code: 'download-cut-off', kind: 'system' });
    expect(await opened.use(async (session) => session.page.title())).toBe('App');
  });
});

describe('a form that is being submitted', () => {
  const form = html('<form action="/post" method="post"><input name="total" value="1"><button>Post</button></form>');
  const post = async ({ page }: Session) => {
    // Before its answer is there, a reload would ask for the form again and not send it.
    await Promise.all([page.waitForURL('**/post'), page.getByText('Post').click()]);
  };
  const resend = async ({ page }: Session) => {
    await page.reload().catch(() => undefined);
  };

  it.each([
    ['leaves the window once', true, 1],
    ['would be sent again, were it not watched', false, 2],
  ])('%s', async (_, watched, sent) => {
    const { url, visits } = await site({ '/sign-in': form });
    await inSession(url, {}, async (session) => {
      await (watched ? session.confirming(() => post(session)) : post(session));
      await resend(session);
    });
    expect(visits.filter((path) => path === '/post')).toHaveLength(sent);
  });

  it('does not keep the next task from sending the same', async () => {
    const { url, visits } = await site({ '/sign-in': form });
    const send = async (session: Session) => {
      await session.goto('/sign-in');
      await session.confirming(() => post(session));
    };
    const { use } = await inSession(url, {}, send);
    await use(send);
    expect(visits.filter((path) => path === '/post')).toHaveLength(2);
  });
});

describe('the browser itself', () => {
  it('makes no calls past the proxy', async () => {
    const phone = createSocket('udp4');
    onTestFinished(() => void phone.close());
    let rang = 0;
    phone.on('message', () => {
      rang += 1;
    });
    phone.bind(0, '127.0.0.1');
    await once(phone, 'listening');
    const call = async (context: BrowserContext, url: string) => {
      const page = await context.newPage();
      await page.goto(url);
      await page.evaluate(async (port) => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
        peer.createDataChannel('data');
        await peer.setLocalDescription(await peer.createOffer());
        await new Promise((resolve) => {
          peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve(undefined);
        });
      }, phone.address().port);
    };
    const { url } = await site({});
    const started: Browser[] = [];
    const app = defineApp({ ...someApp(), patienceSeconds: 30 });
    const { sessions } = sessionsAt(url, {
      launch: async (options) => {
        const own = await launchChromium(options);
        started.push(own);
        return own;
      },
    });
    onTestFinished(() => sessions.close());
    await sessions.use(app, ({ page }) => call(page.context(), url));
    expect(rang).toBe(0);
    expect(started).toHaveLength(1);
  });
});
