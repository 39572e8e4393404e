import { tmpdir } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startConsole } from '#console';
import { silentLogger } from '#core';
import { httpOffice } from '#office';
import { officeConformance } from '../conformance/office.ts';
import { openMemoryOffice } from '../support/memoryOffice.ts';
import { memoryUnderTest } from '../support/memoryUnderTest.ts';
import { someApplications } from '../support/seededApplications.ts';

const token = 'a token for this test only';

officeConformance('over HTTP', () =>
  memoryUnderTest(async (office) => {
    const door = { office, host: '127.0.0.1', port: 0, token, webRoot: tmpdir(), log: silentLogger };
    const { url, close } = await startConsole(door);
    return { office: httpOffice({ url, token }), close };
  }),
);

describe('an instance that does not answer', () => {
  it('is the world, not the caller', async () => {
    const { office, close } = await memoryUnderTest(async (memory) => {
      const door = { office: memory, host: '127.0.0.1', port: 0, webRoot: tmpdir(), log: silentLogger };
      const console = await startConsole(door);
      return { office: httpOffice({ url: console.url }), close: console.close };
    });
    await close();
    await expect(office.overview()).rejects.toMatchObject({ name: 'SystemException', code: 'office-unreachable' });
  });
});

describe('applications and standings over HTTP', () => {
  it('are as the office tells them, and what a person orders reaches it', async () => {
    const { office: memory, seed } = openMemoryOffice([{ name: 'letters', skill: 'post-room', promiseSeconds: 60 }]);
    someApplications(seed);
    const { id } = seed.task('letters');
    seed.stand(id, { hold: 'application', code: 'application-parked', of: 'ledger', until: '2031-01-01T00:00:00Z' });
    const { url, close } = await startConsole({
      ...{ office: memory, host: '127.0.0.1', port: 0, webRoot: tmpdir(), log: silentLogger },
    });
    onTestFinished(close);
    const office = httpOffice({ url });
    expect(await office.applications()).toEqual(await memory.applications());
    expect(await office.tasks({})).toEqual(await memory.tasks({}));
    expect((await office.task(id)).standing).toMatchObject({ hold: 'application', of: 'ledger' });

    await office.holdAccount('ledger', 'night', 'Zoë');
    await office.lookAtApplication('ledger', 'Zoë');
    await office.releaseAccount('ledger', 'night', 'Zoë');
    expect((await office.applicationEvents(9)).map(({ kind, facts }) => [kind, facts['by']])).toEqual([
      ['account-released', 'Zoë'],
      ['application-look', 'Zoë'],
      ['account-held', 'Zoë'],
    ]);
    await expect(office.holdAccount('ledger', 'nobody', 'Zoë')).rejects.toMatchObject({ code: 'unknown-account' });
    await expect(office.lookAtApplication('sql-ledger', 'Zoë')).rejects.toMatchObject({ code: 'not-parked' });
    await expect(office.holdAccount('ledger', 'night', '')).rejects.toMatchObject({ code: 'person-missing' });
  });
});
