import { expect, it, onTestFinished } from 'vitest';
import { type AppDefinition, defineApp, defineScreen, type Session, SystemException } from '#runner';
import { ledger } from '../../bots/apps/ledger/index.ts';
import { BOT, keyingBot, patientScreen, VOUCHER } from '../support/keyingBot.ts';
import { keyingDesk, openLedgerDesk } from '../support/ledgerDesk.ts';
import { launchChromium, sessionsAt } from '../support/site.ts';

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

it('a supplier that is chosen already is chosen again without waiting for a postback, which does not come', async () => {
  const { vendor } = VOUCHER;
  const echo: typeof patientScreen.echo = (form) => patientScreen.fields.vendor.type(form, vendor);
  const { work, vouchers, hits } = await keyingDesk({}, defineScreen({ ...patientScreen, echo }));
  expect(await work()).toMatchObject({ kind: 'done' });
  expect(vouchers()).toMatchObject([{ vendor }]);
  // The form, its postback and its posting.
  expect(await hits('/voucher.asp')).toBe(3);
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

type Interruption = NonNullable<AppDefinition['interruptions']>[number];
const tour: Interruption = {
  name: 'tour',
  shown: (page) => page.getByText('Skip the tour'),
  dismiss: (page) => page.getByText('Skip the tour').click(),
};
const survey: Interruption = {
  name: 'survey',
  shown: (page) => page.frameLocator('[name=main]').locator('#survey'),
  dismiss: (page) => page.frameLocator('[name=main]').getByText('No, thanks').click(),
};

it('a tour behind the login and a survey over the form keep nobody from keying who says how to get past them', async () => {
  const past = (interruptions: readonly Interruption[], patienceSeconds = 60) => ({
    bot: keyingBot(defineScreen({ ...patientScreen, app: { ...patientScreen.app, interruptions, patienceSeconds } })),
  });
  const { run, ledger: running, fresh, vouchers } = await keyingDesk();
  await running.tell({ do: 'intrude' });
  for (const others of [[], [survey], [tour]]) {
    expect(await run({ ...past(others, 2), services: fresh() })).toMatchObject({ kind: 'retry' });
  }
  expect(vouchers()).toEqual([]);
  expect(await run({ ...past([tour, survey]), services: fresh() })).toMatchObject({ kind: 'done' });
  expect(vouchers()).toHaveLength(1);
});

it('a password that stands in the window’s address is in no log line and in no error that tells the address', async () => {
  const { ledger: running } = await openLedgerDesk(undefined, { loginBy: 'get' });
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const { sessions, log } = sessionsAt(running.url, { launch: async () => browser }, BOT);
  const lost = sessions.use(ledger, async ({ page }) => {
    expect(page.url()).toContain(`?f1=${BOT.user}&f2=${BOT.password}`);
    throw new SystemException('page-unknown', `Another page than usual: ${page.url()}`);
  });
  const message = `Another page than usual: ${running.url}frames.asp?f1=[secret]&f2=[secret]&b1=[secret]`;
  await expect(lost).rejects.toMatchObject({ code: 'page-unknown', message });
  expect(log()).toContain('signed in');
  expect(log()).not.toContain(BOT.password);
});
