import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '#config';
import type { Logger } from '#core';
import { type OpenStore, openStore } from '#store';

/** Opens the record alone; nothing is started that works on it. */
export async function openRecord(config: Config, log: Logger): Promise<OpenStore> {
  const { data, databaseUrl, connections, databaseSeconds: statementSeconds } = config;
  await mkdir(data, { recursive: true });
  return openStore(
    databaseUrl
      ? { kind: 'postgres', url: databaseUrl.reveal(), connections, statementSeconds }
      : { kind: 'embedded', folder: path.join(data, 'store') },
    { log },
  );
}
