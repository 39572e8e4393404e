import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite, Results } from '@electric-sql/pglite';
import type { PostgresCursor, PostgresQueryResult } from 'kysely';
import { Defect } from '#core';

/** Leading blanks and comments, then the statement's first word and what follows it. */
const STATEMENT = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*([a-z]+)\s*([\w"]*)/i;

type Leave = () => void;

/**
 * One PGlite, seen as a `pg.Pool`: what Kysely and BullMQ need of it, so that the embedded profile runs the same code
 * as the one with a server. PGlite is a single session; a line of waiters makes its clients take turns, and a client
 * between BEGIN and COMMIT keeps its turn.
 */
export class PglitePool extends EventEmitter {
  /** Kysely asks a pool for them; there are none here. */
  readonly options = {};
  readonly #db: PGlite;
  #lastInLine: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(db: PGlite) {
    super();
    this.#db = db;
    this.setMaxListeners(0);
  }

  async connect(): Promise<PgliteClient> {
    return new PgliteClient(this.#db, () => this.#enter());
  }

  async query<R>(text: string, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<R>> {
    const client = await this.connect();
    try {
      return await client.query<R>(text, parameters);
    } finally {
      client.release();
    }
  }

  /** Lets those in line finish and refuses new ones. The PGlite itself is closed by who opened it. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#lastInLine;
  }

  async #enter(): Promise<Leave> {
    // BullMQ knows this message by its words and lets late callers go quietly while it closes.
    if (this.#ended) throw new Error('Cannot use a pool after calling end on the pool');
    const turn = Promise.withResolvers<void>();
    const before = this.#lastInLine;
    this.#lastInLine = turn.promise;
    await before;
    return turn.resolve;
  }
}

export class PgliteClient extends EventEmitter {
  readonly #db: PGlite;
  readonly #enter: () => Promise<Leave>;
  /** Set between BEGIN and its end: the turn is kept. */
  #leave: Leave | undefined;
  readonly #channels = new Map<string, () => Promise<void>>();

  constructor(db: PGlite, enter: () => Promise<Leave>) {
    super();
    this.#db = db;
    this.#enter = enter;
    this.setMaxListeners(0);
  }

  query<R>(text: string, parameters?: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    text: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string')
      throw new Defect('no-cursors', 'Embedded PostgreSQL has no cursors; select in pages.');
    return this.#run<R>(text, parameters);
  }

  /** Gives the client back; a transaction left open is rolled back, its channels are left. */
  release(): void {
    const leave = this.#leave;
    this.#leave = undefined;
    if (leave) void this.#execute('ROLLBACK', []).finally(leave);
    for (const unlisten of this.#channels.values()) void this.#inTurn(unlisten).catch(() => undefined);
    this.#channels.clear();
  }

  async #run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const [, first = '', second = ''] = STATEMENT.exec(text) ?? [];
    switch (first.toUpperCase()) {
      case 'LISTEN':
        return this.#inTurn(() => this.#listen<R>(second));
      case 'BEGIN':
      case 'START':
        return this.#begin<R>(text);
      case 'COMMIT':
      case 'ROLLBACK':
        if (second.toUpperCase() !== 'TO') return this.#endTransaction<R>(text);
    }
    return this.#inTurn(() => this.#execute<R>(text, parameters));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#leave) return work();
    const leave = await this.#enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  async #begin<R>(text: string): Promise<PostgresQueryResult<R>> {
    const leave = await this.#enter();
    try {
      const result = await this.#execute<R>(text, []);
      this.#leave = leave;
      return result;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #endTransaction<R>(text: string): Promise<PostgresQueryResult<R>> {
    const leave = this.#leave;
    this.#leave = undefined;
    try {
      return await this.#execute<R>(text, []);
    } finally {
      leave?.();
    }
  }

  async #execute<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // PGlite computes on this thread without a pause: without a turn of the loop before each statement timers starve.
    await nextTurn();
    if (parameters.length === 0) return shape<R>((await this.#db.exec(text)).at(-1));
    return shape<R>(await this.#db.query(text, parameters.map(asText)));
  }

  /** PGlite calls back in the middle of another statement; listeners must hear of it after that one. */
  async #listen<R>(channel: string): Promise<PostgresQueryResult<R>> {
    if (!this.#channels.has(channel)) {
      const hear = (payload: string) => setImmediate(() => this.emit('notification', { channel, payload }));
      this.#channels.set(channel, await this.#db.listen(channel, hear));
    }
    return { command: 'SELECT', rowCount: 0, rows: [] };
  }
}

/** Parameters as `pg` sends them: objects as JSON, times as ISO; lists and plain values PGlite writes alike. */
function asText(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  return value;
}

function shape<R>(result: Results | undefined): PostgresQueryResult<R> {
  return {
    command: (result?.command ?? 'SELECT') as PostgresQueryResult<R>['command'],
    rowCount: result?.rowCount ?? result?.affectedRows ?? 0,
    rows: (result?.rows ?? []) as R[],
  };
}
