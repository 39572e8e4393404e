import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppDefinition, openSessions, Session } from '#runner';
import type { OpenStore } from '#store';
import { passTime } from '../support/applications.ts';
import { html, launchChromium, type Page, sessionsAt, site, someApp } from '../support/site.ts';
import { memoryStore } from '../support/stores.ts';

type Account = Awaited<ReturnType<Parameters<typeof openSessions>[0]['accounts']>>[number];

let browser: Browser;
let store: OpenStore;
beforeAll(async () => {
  [browser, store] = await Promise.all([launchChromium(), memoryStore()]);
});
afterAll(async () => {
  await browser?.close();
  await store?.close();
});
let names = 0;
let app: ReturnType<typeof someApp>;
beforeEach(() => {
  app = appWith({});
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** An application of the test's own, as the record knows it. */
function appWith(changes: Partial<AppDefinition>) {
  return someApp({ name: `app-${++names}`, patienceSeconds: 3, ...changes });
}

/** A worker's sessions: workers share the record, and nothing else. */
function worker(url: string, holder: string, changes: Partial<Parameters<typeof openSessions>[0]> = {}) {
  const onWork = vi.fn<(lanes: readonly string[]) => void>();
  const launch = async () => browser;
  return { onWork, ...sessionsAt(url, { launch, access: store.access, holder, onWork, ...changes }) };
}

/** A site that has one session for an account: a login ends the one before it. */
async function jealousSite(pages: Readonly<Record<string, Page>> = {}) {
  let current = 0;
  const signedIn: Page = (request, response) => {
    const mine = request.headers.cookie?.includes(`session=${current}`) ?? false;
    html(mine ? 'Signed in' : 'Signed out')(request, response);
  };
  const signIn: Page = (request, response) => {
    response.setHeader('set-cookie', `session=${++current}`);
    html('Signed in')(request, response);
  };
  return site({ '/sign-in': signIn, '/work': signedIn, ...pages });
}

const state = async () => (await store.access.applications()).find(({ application }) => application === app.name);
const told = async () =>
  (await store.access.events(1000)).filter(({ application }) => application === app.name).map(({ kind }) => kind);

describe('two workers with one account', () => {
  it('never end each other’s session', async () => {
    const { url, visits } = await jealousSite();
    const workers = [worker(url, 'w1'), worker(url, 'w2')];
    let inside = 0;
    const act = async ({ page }: Session) => {
      expect(++inside).toBe(1);
      for (let click = 0; click < 3; click++) await page.goto(`${url}work`);
      inside--;
      return page.getByText('Signed in').count();
    };
    const uses = Array.from({ length: 8 }, (_, n) => workers[n % 2]!.sessions.use(app, act));
    expect(await Promise.all(uses)).toEqual(Array(8).fill(1));
    expect(visits.filter((path) => path === '/work')).toHaveLength(24);
    expect(await state()).toMatchObject({ state: 'open', accounts: [{ state: 'free' }] });
  });

  it('wait for it no longer than is good, and are told that it is busy', async () => {
    const { url } = await jealousSite();
    const [first, second] = [worker(url, 'w1'), worker(url, 'w2', { clock: impatient() })];
    const done = Promise.withResolvers<void>();
    const working = Promise.withResolvers<void>();
    const using = first.sessions.use(app, async () => {
      working.resolve();
      await done.promise;
    });
    await working.promise;
    const refused = second.sessions.use(app, async () => {});
    await expect(refused).rejects.toMatchObject({ code: 'account-busy', kind: 'throttled', application: app.name });
    done.resolve();
    await using;
  });

  it('submit nothing once it is another’s', async () => {
    const { url } = await jealousSite();
    const [stopped, next] = [worker(url, 'w1'), worker(url, 'w2')];
    const submits: string[] = [];
    const late = stopped.sessions.use(app, async (session) => {
      await passTime(store, app.name, 60);
      await next.sessions.use(app, (other) => other.confirming(async () => void submits.push('w2')));
      return session.confirming(async () => void submits.push('w1'));
    });
    await expect(late).rejects.toMatchObject({ code: 'account-lost', kind: 'session-lost' });
    expect(submits).toEqual(['w2']);
    await stopped.sessions.use(app, (session) => session.confirming(async () => void submits.push('w1')));
    expect(submits).toEqual(['w2', 'w1']);
  });

  it('work side by side where the application allows it', async () => {
    app = appWith({ sessionsPerAccount: 2 });
    const { url } = await site({});
    const both = Promise.withResolvers<void>();
    let inside = 0;
    const act = async () => {
      if (++inside === 2) both.resolve();
      await both.promise;
      return true;
    };
    const { sessions } = worker(url, 'w1');
    expect(await Promise.all([sessions.use(app, act), sessions.use(app, act)])).toEqual([true, true]);
  });

  it('keep its pace together', async () => {
    app = appWith({ paceSeconds: 600 });
    const { url } = await jealousSite();
    const [first, second] = [worker(url, 'w1'), worker(url, 'w2')];
    const submit = async (session: Session) => session.confirming(async () => 'submitted');
    expect(await first.sessions.use(app, submit)).toBe('submitted');
    const soon = second.sessions.use(app, async (session, lent) => {
      await lent.inTurn();
      return submit(session);
    });
    await expect(soon).rejects.toMatchObject({ code: 'submit-pace', kind: 'throttled' });
    await passTime(store, app.name, 595);
    const waited = second.sessions.use(app, async (session, lent) => {
      await lent.inTurn();
      return submit(session);
    });
    expect(await waited).toBe('submitted');
  });
});

/** A clock by which every wait is long over. */
function impatient() {
  let time = 0;
  return {
    now: () => (time += 20_000),
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        // Only the waits of a run for its account are short.
        const timer = setTimeout(resolve, ms > 2000 ? 60_000 : 1);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      }),
  };
}

describe('a refused login', () => {
  const refusing = async () => {
    let password = 'right';
    const login: Page = (request, response) =>
      html(request.url?.endsWith(`=${password}`) ? 'Signed in' : 'Signed out')(request, response);
    const { url, visits } = await site({ '/login?p=wrong': login, '/login?p=right': login });
    app = appWith({
      signIn: async (page, account) => {
        await page.goto(`${account.url}login?p=${account.password}`);
      },
    });
    const account = (given: string): Account => ({ name: 'main', url, user: 'bot', password: given });
    const workerWith = (given: string, holder: string) =>
      worker(url, holder, { accounts: async () => [account(given)] });
    const change = (to: string) => {
      password = to;
    };
    const logins = () => visits.filter((path) => path.startsWith('/login')).length;
    return { workerWith, logins, change };
  };

  it('holds the account for all workers, with one alert, however many ask', async () => {
    const { workerWith, logins } = await refusing();
    const workers = [workerWith('wrong', 'w1'), workerWith('wrong', 'w2')];
    const first = workers[0]!.sessions.use(app, async () => {});
    await expect(first).rejects.toMatchObject({ code: 'sign-in-refused', kind: 'system' });
    for (let n = 0; n < 20; n++) {
      const use = workers[n % 2]!.sessions.use(app, async () => {});
      await expect(use).rejects.toMatchObject({ code: 'account-held', kind: 'throttled', application: app.name });
    }
    expect(logins()).toBe(1);
    expect(await told()).toEqual(['account-held']);
    expect(workers.map(({ log }) => log().match(/account held/g)?.length ?? 0)).toEqual([1, 0]);
    expect(await state()).toMatchObject({ state: 'held', code: 'sign-in-refused', accounts: [{ state: 'held' }] });
  });

  it('is forgotten when a person lets the account go', async () => {
    const { workerWith, change } = await refusing();
    const { sessions } = workerWith('wrong', 'w1');
    await expect(sessions.use(app, async () => {})).rejects.toMatchObject({ code: 'sign-in-refused' });
    change('wrong');
    await store.access.release(app.name, undefined, 'ann');
    expect(await sessions.use(app, async () => 'in')).toBe('in');
    expect(await told()).toEqual(['account-released', 'account-held']);
  });

  it('is forgotten when the credentials are other ones', async () => {
    const { workerWith, logins } = await refusing();
    await expect(workerWith('wrong', 'w1').sessions.use(app, async () => {})).rejects.toMatchObject({ kind: 'system' });
    expect(await workerWith('right', 'w1').sessions.use(app, async () => 'in')).toBe('in');
    expect(logins()).toBe(2);
    expect(JSON.stringify(await store.access.events(1000))).not.toContain('wrong');
  });

  it('leaves the application’s other accounts at work', async () => {
    const { logins, change, workerWith: _ } = await refusing();
    change('right');
    const { url } = await site({});
    const accounts = async () =>
      ['a', 'b'].map((name) => ({ name, url, user: name, password: name === 'a' ? 'wrong' : 'right' }));
    app = appWith({ signedOut: async (page) => page.url().endsWith('a'), signIn: enter });
    const { sessions } = worker(url, 'w1', { accounts });
    await expect(sessions.use(app, async () => {})).rejects.toMatchObject({ code: 'sign-in-refused' });
    expect(await sessions.use(app, async () => 'in')).toBe('in');
    expect(await state()).toMatchObject({ state: 'open', accounts: [{ state: 'held' }, { state: 'free' }] });
    expect(logins()).toBe(0);

    const corrected = async () => (await accounts()).map((account) => ({ ...account, password: 'right' }));
    const next = worker(url, 'w2', { accounts: corrected });
    expect(await next.sessions.use(app, async () => 'in')).toBe('in');
    expect(await state()).toMatchObject({ accounts: [{ state: 'free' }, { state: 'free' }] });
  });
  const enter: AppDefinition['signIn'] = async (page, { url, user }) => {
    await page.goto(`${url}${user}`);
  };
});

describe('a password', () => {
  it('whose end the application foretells is warned of once', async () => {
    app = appWith({ passwordExpires: async () => 5 });
    const { url } = await jealousSite();
    const [first, second] = [worker(url, 'w1'), worker(url, 'w2')];
    for (const { sessions } of [first, second, first]) await sessions.use(app, async () => {});
    expect(await told()).toEqual(['password-expires']);
    expect((await state())?.accounts[0]?.passwordExpiresAt).not.toBeNull();
  });
});

describe('an application that is closed', () => {
  it('is left alone until it opens', async () => {
    const today = new Date(await store.now());
    const yesterday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(today.getUTCDay() + 5) % 7];
    app = appWith({ openingHours: { timeZone: 'UTC', weekly: [`${yesterday} 07:00-19:00`] } });
    const { url, visits } = await site({});
    const closed = worker(url, 'w1').sessions.use(app, async () => {});
    await expect(closed).rejects.toMatchObject({ code: 'outside-hours', kind: 'throttled', application: app.name });
    expect(visits).toEqual([]);
    expect(await state()).toMatchObject({ state: 'closed', code: 'outside-hours' });
  });
});

describe('an application out of order', () => {
  const down = async (looks: (count: number) => boolean) => {
    let probes = 0;
    app = appWith({
      canary: async () => {
        if (!looks(++probes)) throw new Error('The books are closed.');
      },
    });
    const { url, visits } = await jealousSite();
    const bad = async () => {
      throw new Error('HTTP 500');
    };
    const workers = [worker(url, 'w1'), worker(url, 'w2')];
    for (let n = 0; n < 3; n++) {
      await expect(workers[n % 2]!.sessions.use(app, bad)).rejects.toMatchObject({ code: 'application-failed' });
    }
    return { workers, logins: () => visits.filter((path) => path === '/sign-in').length, probes: () => probes };
  };
  const use = (one: { sessions: { use: ReturnType<typeof openSessions>['use'] } }) =>
    one.sessions.use(app, async ({ page }) => page.title());

  it('is left alone by all workers, then tried by one with a fresh login and a look', async () => {
    const { workers, logins, probes } = await down((count) => count > 1);
    const before = logins();
    for (const one of workers) await expect(use(one)).rejects.toMatchObject({ code: 'application-parked' });
    expect(logins()).toBe(before);

    await passTime(store, app.name, 15);
    const tries = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => use(workers[n % 2]!)));
    expect(tries.map(({ status }) => status)).toEqual(Array(6).fill('rejected'));
    for (const one of tries) expect(one).toMatchObject({ reason: { code: 'application-parked', kind: 'throttled' } });
    expect(probes()).toBe(1);
    expect(logins()).toBe(before + 1);

    await passTime(store, app.name, 30);
    expect(await use(workers[0]!)).toBe('App');
    expect(probes()).toBe(2);
    expect(await use(workers[1]!)).toBe('App');
    expect(await told()).toEqual(['application-well', 'application-parked']);
    expect(await state()).toMatchObject({ state: 'open' });
  });

  it('is looked at by the first task itself where it has no canary', async () => {
    const { workers } = await down(() => true);
    const { canary: _, ...without } = app;
    app = without;
    await passTime(store, app.name, 15);
    const failing = workers[0]!.sessions.use(app, async () => {
      throw new Error('HTTP 500');
    });
    // It has a try of its own to lose: another task looks next.
    await expect(failing).rejects.toMatchObject({ code: 'application-failed' });
    await expect(use(workers[1]!)).rejects.toMatchObject({ code: 'application-parked' });
    await passTime(store, app.name, 30);
    expect(await use(workers[1]!)).toBe('App');
    expect(await told()).toEqual(['application-well', 'application-parked']);
  });

  it('is not parked by our own code', async () => {
    const { url } = await jealousSite();
    const { sessions } = worker(url, 'w1');
    for (let n = 0; n < 5; n++) {
      const broken = sessions.use(app, async () => {
        throw new TypeError('x is not a function');
      });
      await expect(broken).rejects.toBeInstanceOf(TypeError);
    }
    expect(await sessions.use(app, async () => 'in')).toBe('in');
  });
});
