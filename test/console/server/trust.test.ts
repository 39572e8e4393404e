import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TrustReport } from '#core';
import { type OpenConsole, openConsole } from '../../support/openConsole.ts';

let console: OpenConsole;
beforeEach(async () => {
  console = await openConsole();
});
afterEach(() => console.close());

it('says what the budget in force comes to, and what another would', async () => {
  const ask = async (query = ''): Promise<TrustReport> => (await fetch(`${console.url}/api/trust${query}`)).json();
  const report = await ask();
  expect(report.wrongPerThousand).toBe(5);
  expect(report.settings.map((setting) => setting.of)).toEqual(['text', 'ocr', 'text-list', 'ocr-list']);
  expect((await ask('?wrongPerThousand=1')).settings[0]?.wrongPerThousand).toBe(1);
  expect((await fetch(`${console.url}/api/trust?wrongPerThousand=many`)).status).toBe(400);
});

it('learns and takes back', async () => {
  const learn = await fetch(`${console.url}/api/trust/layers`, { method: 'POST' });
  const takeBack = await fetch(`${console.url}/api/trust/layers/newest`, { method: 'DELETE' });
  expect([learn.status, takeBack.status]).toEqual([200, 200]);
});
