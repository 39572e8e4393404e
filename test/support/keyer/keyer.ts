import { chromium } from 'playwright-core';
import { silentLogger } from '#core';
import { defineScreen, openSessions } from '#runner';
import { services } from '../bench.ts';
import { BOT, keyingBot, patientScreen } from '../keyingBot.ts';
import { alone } from '../memoryAccess.ts';

/** What a worker process needs to key a voucher: the bot, and a browser of its own. */
export function keyer(url: string) {
  const launch = () => chromium.launch({ executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
  const sessions = openSessions({
    launch,
    ...alone(),
    accounts: async () => [{ name: 'main', url, ...BOT }],
    log: silentLogger,
  });
  const app = { ...patientScreen.app, patienceSeconds: 10, settlingSeconds: 2 };
  const screen = defineScreen({ ...patientScreen, app });
  return { bot: keyingBot(screen), services: services({ sessions }) };
}
