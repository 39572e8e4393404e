import { setTimeout as pass } from 'node:timers/promises';
import { Secret, systemClock } from '#core';
import type { OpenStore } from '#store';
import { keySource, newKey, openVault } from '#vault';
import type { Fault, Site } from '../fault.ts';

const LASTS_MS = 5000;
const APPLICATION = 'ledger';

/** Workers that hold another key than the one the accounts are sealed with, or none, or one that is being rotated away. */
const wrongKey: Fault = {
  name: 'wrong-key',
  profiles: ['embedded', 'postgres', 'redis'],
  needs: ['browser'],
  points: ({ quick }) => (quick ? ['another key'] : ['another key', 'no key', 'rotated']),
  async strike(site, point) {
    const [ours, other] = [newKey(), newKey()];
    await site.accept(1, 'voucher');
    await sealAccounts(site, ours);
    if (point === 'rotated') {
      await site.record((store) => vaultOf(store, `${other} ${ours}`).rotate());
      await site.startWorker({ keys: other });
      return;
    }
    const keyless = await site.startWorker({ keys: point === 'no key' ? '' : other });
    await pass(LASTS_MS);
    keyless.signal('SIGTERM');
    await keyless.exited;
    await site.startWorker({ keys: ours });
  },
};

async function sealAccounts(site: Site, key: string): Promise<void> {
  const { accounts } = await site.application();
  await site.record(async (store) => {
    const vault = vaultOf(store, key);
    for (const { name, url, user, password } of accounts) {
      const credentials = { url, user, password: new Secret(password), totp: null, expires: null };
      await vault.put({ application: APPLICATION, account: name }, credentials);
    }
  });
}

function vaultOf(store: OpenStore, keys: string) {
  const source = keySource({ key: new Secret(keys), keyFile: undefined });
  return openVault({ store: store.credentials, keys: source, now: store.now, clock: systemClock });
}

export const keys: readonly Fault[] = [wrongKey];
