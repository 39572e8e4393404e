import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import type { Fault } from '../../chaos/fault.ts';
import { faults } from '../../chaos/faults/index.ts';
import { isKept, type RunOptions, rowOf, strikeOnce, strikesOf } from '../../chaos/run.ts';
import { freshDatabase } from '../support/stores.ts';

/** A seeded part of `npm run chaos`, on the test run's own server: every kind of blow once, without a browser. */
it.each([
  ['kill-9-effect', ['after mail.post 1']],
  ['clock-wrong-by-an-hour', ['ahead, then behind']],
  ['people-answer-at-odds', ['two people at once']],
])('%s leaves nothing lost, doubled or wrong, and its control does', { timeout: 900_000 }, async (name, points) => {
  const said: string[] = [];
  const all: RunOptions = { ...(await options()), points, tell: (line) => void said.push(line) };
  const ran = [];
  for (const strike of await strikesOf(faultNamed(name), 'postgres', all)) ran.push(await strikeOnce(strike, all));
  expect(rowOf(ran), said.join('\n')).toMatchObject({ runs: 1, lost: 0, duplicated: 0, wrong: 0 });
  expect(ran.map(isKept), said.join('\n')).toEqual([true, true]);
});

it('a run that is given up ends its worker, starts no other and proves nothing', { timeout: 900_000 }, async () => {
  const said: string[] = [];
  const stop = new AbortController();
  const late = Promise.withResolvers<string>();
  const endless: Fault = {
    name: 'endless',
    profiles: ['postgres'],
    points: () => ['any'],
    async strike(site) {
      await site.accept(1, 'letter');
      const worker = await site.startWorker();
      stop.abort();
      await worker.exited;
      late.resolve(
        site.startWorker().then(
          () => 'started',
          ({ message }: Error) => message,
        ),
      );
      return new Promise(() => undefined);
    },
  };
  const all: RunOptions = {
    ...{ ...(await options()), points: [], tell: (line) => void said.push(line), stop: stop.signal },
  };
  const { judged } = await strikeOnce({ fault: endless, profile: 'postgres', point: 'any' }, all);
  expect(judged).toBeUndefined();
  expect(said).toEqual([]);
  expect(await late.promise).toBe('The run is over.');
});

function faultNamed(name: string): Fault {
  return faults.find((fault) => fault.name === name)!;
}

async function options(): Promise<Omit<RunOptions, 'points' | 'tell'>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-chaos-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return {
    ground: {
      places: async () => ({ store: { kind: 'postgres', url: await freshDatabase() }, dispatch: 'with-store' }),
      close: async () => undefined,
    },
    folder,
    browser: '',
    quick: true,
    seed: '1',
    log: silentLogger,
  };
}
