import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '#core';
import type { Session } from '#runner';
import { html, launchChromium, sessionsAt, site, someApp } from '../support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const app = someApp();
const MINUTE = 60_000;

/** A form in one frame and a status in another, submitted in time; its machine sleeps a while after `first`. */
async function submitted(first: (session: Session, form: Frame) => Promise<void>) {
  let slept = 0;
  const clock = { ...systemClock, now: () => Date.now() + slept };
  const { url, visits } = await site({
    '/frames': html('<iframe name=form src=/form></iframe><iframe name=status src=/status></iframe>'),
    '/form': html('<form action=/paid><input name=sum value=5><button>Pay</button></form>'),
  });
  const { sessions } = sessionsAt(url, { launch: async () => browser, clock });
  onTestFinished(() => sessions.discard(app));
  const paid = sessions.use(app, async (session) => {
    await session.goto('/frames');
    const form = await session.frame('form');
    const submit = async () => {
      await first(session, form);
      slept = 2 * MINUTE;
      await form.getByRole('button').click({ noWaitAfter: true });
      await form.waitForURL(/paid/, { timeout: 1000 });
    };
    return session.confirming(submit, performance.now() + MINUTE, form);
  });
  return { paid, sent: () => visits.filter((path) => path.startsWith('/paid')).length };
}

it('a form is late once its machine slept, which no monotonic clock notices', async () => {
  const { paid, sent } = await submitted(async () => {});
  await expect(paid).rejects.toMatchObject({ code: 'submit-late' });
  expect(sent()).toBe(0);
});

it('a frame that shows itself anew in time lets no form out that is late', async () => {
  const { paid, sent } = await submitted(async (session) => {
    await (await session.frame('status')).goto('about:blank');
    await session.goto('/status', await session.frame('status'));
  });
  await expect(paid).rejects.toMatchObject({ code: 'submit-late' });
  expect(sent()).toBe(0);
});

it('what a script sent in time is followed by the page of its answer, however late', async () => {
  const { paid, sent } = await submitted(async (_, form) => {
    await form.evaluate(() => fetch('/api', { method: 'POST' }).then(() => undefined));
  });
  await paid;
  expect(sent()).toBe(1);
});
