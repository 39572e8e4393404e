import { expect, it } from 'vitest';
import { silentLogger } from '#core';
import type { Fault, Profile, Site } from '../../chaos/fault.ts';
import { faults } from '../../chaos/faults/index.ts';
import type { WorkerProcess } from '../../chaos/worker/process.ts';

const takeover: Fault = faults.find(({ name }) => name === 'takeover')!;

/** What the fault does, one line each, with workers of which the first is given the task. */
async function happensIn(profile: Profile): Promise<readonly string[]> {
  const happened: string[] = [];
  const accepted = Promise.withResolvers<void>();
  let started = 0;
  const worker = (pid: number): WorkerProcess => {
    const exit = Promise.withResolvers<NodeJS.Signals>();
    return {
      pid,
      exited: exit.promise,
      signal: (signal) => {
        happened.push(`${signal} of worker ${pid}`);
        exit.resolve(signal);
      },
      tell: () => undefined,
      says: async () => {
        await accepted.promise;
        return pid === 1 || exit.promise.then(() => false);
      },
    };
  };
  const site: Site = {
    ...{ profile, folder: '', places: { store: { kind: 'memory' }, dispatch: 'with-store' }, log: silentLogger },
    random: () => 0,
    application: () => Promise.reject(new Error('There is none.')),
    accept: async () => {
      happened.push('work is accepted');
      accepted.resolve();
      return ['task'];
    },
    startWorker: async () => {
      happened.push(`worker ${++started} is up`);
      return worker(started);
    },
    handOut: async () => undefined,
    dawdle: () => undefined,
    posted: () => 0,
    postByHand: async () => undefined,
    found: () => undefined,
    settle: async () => undefined,
    record: () => Promise.reject(new Error('There is none.')),
  };
  await takeover.strike(site, 'default lease');
  return happened;
}

it.each(['postgres', 'redis'] as const)('whoever takes over is up before there is work: %s', async (profile) => {
  expect(await happensIn(profile)).toEqual([
    'worker 1 is up',
    'worker 2 is up',
    'work is accepted',
    'SIGKILL of worker 1',
  ]);
});

it('embedded, whoever takes over starts when the other is gone', async () => {
  expect(await happensIn('embedded')).toEqual([
    'work is accepted',
    'worker 1 is up',
    'SIGKILL of worker 1',
    'worker 2 is up',
  ]);
});
