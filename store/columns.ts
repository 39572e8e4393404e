import type { ColumnType, RawBuilder } from 'kysely';

/** Times come back as Date and go in as ISO strings or by the database's own clock. */
export type Time = ColumnType<Date, string | undefined, string>;
export type TimeOrNull = ColumnType<Date | null, string | null | undefined, string | null>;
/** Values go in as JSON text (see `json.ts`): columns are `json`, which keeps them letter by letter. */
export type Json = ColumnType<unknown, string, string>;
export type JsonOrNull = ColumnType<unknown, string | null | undefined, string | null>;

/** Hashes, as `integer[]`. */
export type Sketch = ColumnType<number[], RawBuilder<number[]>, RawBuilder<number[]>>;
