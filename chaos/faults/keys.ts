import { setTimeout as pass } from 'node:timers/promises';
import { Secret, systemClock } from '#core';
import type { OpenStore } from '#store';
import { keySource, newKey, openVault } from '#vault';
import type { Fault, Site } from '../fault.ts';
import { nothingOpen } from '../site.ts';
import { momentNamed } from '../worker/orders.ts';

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

const REACH_SECONDS = 240;
/** A run ends with its lease: on a slow machine that would look like one that failed. */
const LEASE_SECONDS = 60;

/**
 * The key is changed while workers work: they are given the new one beside the old, everything is sealed anew, the old one is
 * taken away. Embedded, where one process at a time opens the record, that is the point `rotated` of the fault above.
 */
const rotated: Fault = {
  name: 'key-rotated-under-load',
  profiles: ['postgres', 'redis'],
  needs: ['browser'],
  points: () => ['under load'],
  controls: () => [{ point: 'under load', without: 'new-key' }],
  async strike(site) {
    const [old, next] = [newKey(), newKey()];
    const tasks = [...(await site.accept(12, 'visit'))];
    await sealAccounts(site, old);
    const worker = await site.startWorker({
      ...{ keys: site.without ? old : `${next} ${old}`, concurrency: 2, leaseSeconds: LEASE_SECONDS },
      struck: { ...momentNamed('after store.claim 4'), how: 'wait' },
    });
    if (!(await worker.says(({ say }) => say === 'struck', REACH_SECONDS))) throw new Error('Nothing was worked.');
    await site.record((store) => vaultOf(store, `${next} ${old}`).rotate());
    worker.tell('go on');
    // A control's runs fail until somebody brings the new key.
    if (site.without) await untilOneFails(site, tasks);
    else await worker.says(nothingOpen, REACH_SECONDS);
    worker.signal('SIGTERM');
    await worker.exited;
    tasks.push(...(await site.accept(2, 'visit')));
    await site.startWorker({ keys: next, leaseSeconds: LEASE_SECONDS });
    await site.settle();
    site.found({ unexplained: await failedRuns(site, tasks) });
  },
};

async function untilOneFails(site: Site, tasks: readonly string[]): Promise<void> {
  for (let waited = 0; waited < REACH_SECONDS && (await failedRuns(site, tasks)).length === 0; waited++)
    await pass(1000);
}

/** Each task takes one run where none fails. */
function failedRuns(site: Site, tasks: readonly string[]): Promise<readonly string[]> {
  return site.record(async (store) => {
    const failed: string[] = [];
    for (const task of tasks) {
      const { attempt = 0 } = (await store.tasks.story(task))?.task ?? {};
      if (attempt > 0) failed.push(`${task} had a run that failed.`);
    }
    return failed;
  });
}

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

export const keys: readonly Fault[] = [wrongKey, rotated];
