import type { Browser } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { defineScreen, openSessions, type Session } from '#runner';
import { TWICE, type Twice } from '../../chaos/worker/orders.ts';
import { sendingTwice } from '../../chaos/worker/twice.ts';
import { services } from '../support/bench.ts';
import { BOT, SETTLING_SECONDS, screenWithPatience } from '../support/keyingBot.ts';
import { keyingDesk } from '../support/ledgerDesk.ts';
import { alone } from '../support/memoryAccess.ts';
import { launchChromium } from '../support/site.ts';

const screen = screenWithPatience(8);
const RIGHT = [{ vendor: '70102', invoiceNumber: 'RE-2026/0815', net: '1234.50', tax: '234.56', total: '1469.06' }];

type Submit = typeof screen.submit;
type Strike = (browser: Browser, session: Session) => Promise<unknown>;

async function signal(browser: Browser, name: NodeJS.Signals): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  process.kill(processInfo.find(({ type }) => type === 'browser')!.id, name);
}

const killed: Strike = (browser) => signal(browser, 'SIGKILL');
const stopped: Strike = (browser) => signal(browser, 'SIGSTOP');
const crashed: Strike = (_, { page }) => page.goto('chrome://crash').catch(() => undefined);

/** Around a submit: nothing was pressed, the application is writing, it has answered. */
const MOMENTS: Readonly<Record<string, (submit: Submit, strike: (session: Session) => Promise<unknown>) => Submit>> = {
  'before Post is pressed': (submit, strike) => async (session, form) => {
    await strike(session);
    return submit(session, form);
  },
  'while the application answers': (submit, strike) => async (session, form) => {
    const submitting = submit(session, form);
    submitting.catch(() => undefined);
    await session.page.waitForRequest((request) => request.method() === 'POST');
    await strike(session);
    return submitting;
  },
  'when the application has answered': (submit, strike) => async (session, form) => {
    const submitted = await submit(session, form);
    await strike(session);
    return submitted;
  },
};

/** A desk whose first submit comes to grief at that moment, and a worker with a browser of its own. */
async function deskStruck(strike: Strike, moment: keyof typeof MOMENTS) {
  let browser: Browser | undefined;
  let struck = false;
  const once = async (session: Session) => {
    if (struck) return;
    struck = true;
    await strike(browser!, session);
  };
  const desk = await keyingDesk({}, defineScreen({ ...screen, submit: MOMENTS[moment]!(screen.submit, once) }));
  const launch = async () => {
    browser = await launchChromium();
    return browser;
  };
  const accounts = async () => [{ name: 'main', url: desk.ledger.url, ...BOT }];
  const sessions = openSessions({ launch, accounts, ...alone(), log: silentLogger });
  onTestFinished(() => sessions.close());
  return { ...desk, work: () => desk.run({ services: services({ sessions }) }) };
}

describe('a browser that comes to grief around a submit leaves one right voucher', () => {
  it.each<[string, Strike, keyof typeof MOMENTS]>([
    ['killed', killed, 'before Post is pressed'],
    ['killed', killed, 'while the application answers'],
    ['killed', killed, 'when the application has answered'],
    ['stopped', stopped, 'while the application answers'],
    ['its tab crashed', crashed, 'when the application has answered'],
  ])('$0 $2', async (_, strike, moment) => {
    const { work, store, task, vouchers } = await deskStruck(strike, moment);
    expect(await work()).toMatchObject({ kind: 'retry', spendsAttempt: true });
    store.age(task.id, SETTLING_SECONDS);
    expect(await work()).toMatchObject({ kind: 'done' });
    expect(vouchers()).toMatchObject(RIGHT);
    expect(vouchers()).toHaveLength(1);
  });
});

/** Sent twice by the first attempt only: of two clicks the browser may call the first back for the second, and then nothing is sent. */
function firstSentTwice(how: Twice): typeof screen {
  const attempts = [sendingTwice(screen, how).submit];
  return { ...screen, submit: (...sent) => (attempts.pop() ?? screen.submit)(...sent) };
}

describe('a form that is sent more than once leaves one right voucher', () => {
  it.each(TWICE)('%s', async (how) => {
    const { work, store, task, vouchers } = await keyingDesk({}, firstSentTwice(how));
    const first = await work();
    store.age(task.id, SETTLING_SECONDS);
    expect(first.kind === 'retry' ? await work() : first).toMatchObject({ kind: 'done' });
    expect(vouchers()).toMatchObject(RIGHT);
    expect(vouchers()).toHaveLength(1);
  });
});
