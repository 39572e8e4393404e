import { createHash } from 'node:crypto';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { SystemException } from '#core';

/** Statements of ours that write much at once: as dear to plan as to run, and always of the same words. */
const WORTH_IT = /^\s*with\s/;

/** The pool with such statements prepared: each connection plans them once. Connections must be sessions of their own. */
export function prepared(pool: Pool): PostgresPool {
  const clients = new WeakMap<PoolClient, PreparingClient>();
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
    return name;
  };
  return {
    options: pool.options,
    connect: async () => {
      const client = await connected(pool);
      const preparing = clients.get(client) ?? new PreparingClient(client, nameOf);
      clients.set(client, preparing);
      return preparing;
    },
    end: () => pool.end(),
  };
}

/** Where none came free in time, it says so. */
async function connected(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    const { totalCount, idleCount, options } = pool;
    if (totalCount < options.max || idleCount > 0) throw cause;
    throw new SystemException('database-busy', `All ${options.max} connections to the database are in use.`, { cause });
  }
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #nameOf: (text: string) => string;

  constructor(client: PoolClient, nameOf: (text: string) => string) {
    this.#client = client;
    this.#nameOf = nameOf;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    text: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    const client: PostgresPoolClient = this.#client;
    if (typeof text !== 'string') return client.query(text);
    if (!WORTH_IT.test(text)) return client.query<R>(text, parameters);
    return this.#prepared<R>(text, parameters);
  }

  async #prepared<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const { command, rowCount, rows } = await this.#client.query({
      name: this.#nameOf(text),
      text,
      values: [...parameters],
    });
    return { command: command as PostgresQueryResult<R>['command'], rowCount: rowCount ?? 0, rows };
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}
