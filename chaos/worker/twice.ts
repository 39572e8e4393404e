import type { Frame } from 'playwright-core';
import type { Screen, Session, Sessions } from '#runner';
import type { Twice } from './orders.ts';

const post = (form: Frame) => form.locator('[name=b1]');

/** What follows, or takes the place of, the one click with which a form is sent. */
const AGAIN: Readonly<Record<Twice, (form: Frame, send: () => Promise<unknown>) => Promise<unknown>>> = {
  'double click': (form) => post(form).dblclick(),
  'back and again': async (form, send) => {
    await send();
    await form.evaluate(() => history.back());
    await post(form).waitFor();
    await untilSent(form, () => post(form).click());
  },
  reload: async (form, send) => {
    await send();
    await untilSent(form, () => form.evaluate(() => location.reload()));
  },
};

/** Until what it sends is answered or stopped: whoever goes on before may call it back. */
async function untilSent(form: Frame, send: () => Promise<void>): Promise<void> {
  const sent = form.page().waitForRequest((request) => request.method() === 'POST');
  await send();
  await (await sent).response();
}

/**
 * The screen in the hands of somebody who sends its form a second time; what the application said first is lost by it. Who tries
 * again has learnt: else a double click, whose one sending stops the other, may take as many tries as a task has.
 */
export function sendingTwice<T extends object>(screen: Screen<T>, how: Twice): Screen<T> {
  let isFirst = true;
  return {
    ...screen,
    async submit(session, form) {
      if (!isFirst) return screen.submit(session, form);
      isFirst = false;
      await AGAIN[how](form, () => screen.submit(session, form));
      return { kind: 'unknown' };
    },
  };
}

/** The control: windows out of which a form goes as often as it is sent. */
export function unguarded(sessions: Sessions): Sessions {
  return {
    ...sessions,
    use: (app, act, signal) => sessions.use(app, (session, lent) => act(withoutGuard(session), lent), signal),
  };
}

function withoutGuard(session: Session): Session {
  return {
    ...session,
    confirming: (send, leaveBy) =>
      session.confirming(async () => {
        await session.page.context().unrouteAll();
        return send();
      }, leaveBy),
  };
}
