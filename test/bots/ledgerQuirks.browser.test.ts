import { expect, it } from 'vitest';
import { defineApp, defineScreen, type Session } from '#runner';
import { ledger } from '../../bots/apps/ledger/index.ts';
import { patientScreen } from '../support/keyingBot.ts';
import { keyingDesk, openLedgerDesk } from '../support/ledgerDesk.ts';

it('a form that comes back recalculated is not taken for posted, and the next run keys it once', async () => {
  let disturbed = 0;
  const screen = defineScreen({
    ...patientScreen,
    async submit(session, form) {
      // As if the supplier had been set without the popup's postback.
      if (disturbed++ === 0) await form.locator('[name=f0]').evaluate((input) => input.setAttribute('value', ''));
      return patientScreen.submit(session, form);
    },
  });
  const { work, vouchers, effects } = await keyingDesk({}, screen);
  expect(await work()).toMatchObject({ kind: 'retry', reason: 'not-written' });
  expect(vouchers()).toEqual([]);
  expect(await effects()).toEqual(['withdrawn']);
  expect(await work()).toMatchObject({ kind: 'done' });
  expect(vouchers()).toHaveLength(1);
});

it('an address opened from nowhere is refused; one opened with the application’s referer is not', async () => {
  const desk = await openLedgerDesk();
  const { sessions } = desk.fresh();
  const { referer: _, ...definition } = ledger;
  const form = async (session: Session) => {
    const main = await session.frame('main');
    await session.goto('/voucher.asp', main);
    return main.locator('body').innerText();
  };
  expect(await sessions.use(defineApp({ ...definition, name: 'from-nowhere' }), form)).toContain('Invalid call!');
  expect(await sessions.use(ledger, form)).toContain('Invoice no.');
});

it('a first login that takes longer than any page may is waited for where the application says so', async () => {
  const desk = await openLedgerDesk();
  const hasty = { ...ledger, patienceSeconds: 1 };
  await desk.ledger.tell({ do: 'slow', ms: 1500 });
  const signIn = (app: typeof ledger) => desk.fresh().sessions.use(app, async ({ page }) => page.url());
  await expect(signIn(defineApp(hasty))).rejects.toMatchObject({ code: 'application-slow' });
  expect(await signIn(defineApp({ ...hasty, signInSeconds: 60 }))).toContain(desk.ledger.url);
});
