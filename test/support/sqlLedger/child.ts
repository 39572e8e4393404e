import { chromium } from 'playwright-core';
import { silentLogger } from '#core';
import { defineScreen, openSessions, runTask } from '#runner';
import { openStore } from '#store';
import { services } from '../bench.ts';
import { alone } from '../memoryAccess.ts';
import { keyingBot, patientInvoiceScreen } from './keying.ts';
import { ADMIN_PASSWORD } from './sqlLedger.ts';

/**
 * A worker process that says so when it has posted, and then does nothing more, until it is killed. Arguments: where the
 * store and the application are, the login, and its lease in seconds.
 */
const [database, url, user, leaseSeconds] = process.argv.slice(2);
const store = await openStore({ kind: 'postgres', url: database! }, { log: silentLogger });
const screen = defineScreen({
  ...patientInvoiceScreen,
  async submit(session, form) {
    await patientInvoiceScreen.submit(session, form);
    process.send?.('posted');
    return new Promise<never>(() => {});
  },
});
const bot = keyingBot(screen);
const lease = await store.tasks.claim(bot.card, 'to be killed', Number(leaseSeconds));
setInterval(() => store.tasks.renew(lease!, Number(leaseSeconds)), 500);
const launch = () => chromium.launch({ executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
const accounts = async () => [{ name: 'main', url: url!, user: user!, password: ADMIN_PASSWORD }];
const sessions = openSessions({ launch, accounts, ...alone(), log: silentLogger });
await runTask(bot, store.tasks.journal(lease!), services({ sessions }), new AbortController().signal);
