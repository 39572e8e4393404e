import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startConsole } from '#console';
import { silentLogger } from '#core';
import { httpOffice } from '#office';
import { officeConformance } from '../conformance/office.ts';
import { memoryUnderTest } from '../support/memoryUnderTest.ts';

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
