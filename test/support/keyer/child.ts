import { silentLogger } from '#core';
import { runTask } from '#runner';
import { openStore } from '#store';
import { keyer } from './keyer.ts';

/** A worker process to be killed in the middle of keying. Arguments: where the store and the ledger are, and its lease in seconds. */
const [database, ledger, leaseSeconds] = process.argv.slice(2);
const store = await openStore({ kind: 'postgres', url: database! }, { log: silentLogger });
const { bot, services } = keyer(ledger!);
const lease = await store.tasks.claim(bot.card, 'to be killed', Number(leaseSeconds));
setInterval(() => store.tasks.renew(lease!, Number(leaseSeconds)), 500);
process.send?.('claimed');
await runTask(bot, store.tasks.journal(lease!), services, new AbortController().signal);
