import type { Frame, Locator } from 'playwright-core';
import type { Comparison } from '#core';
import type { App } from './app.ts';
import type { Masked, Session } from './browser/index.ts';
import type { Codec } from './codec.ts';
import { type Control, shown } from './control.ts';
import type { Found, Looked } from './once.ts';
import type { Submitted } from './outcomes.ts';
import type { RecordDefinition } from './record.ts';

/** One field of a screen: where it is typed, where the record's page shows it, and how the application writes its values. */
export interface Field<V> {
  type(form: Frame, value: V): Promise<void>;
  /** What the form holds; undefined when that is no value. */
  onForm(form: Frame): Promise<V | undefined>;
  /** What the record's own page shows. */
  onRecord(record: Frame): Promise<V | undefined>;
  /** The characters that typing this value sends to the application. */
  print(value: V): string;
  /** What stands beside the value on the record's own page, where a caption does. */
  readonly caption?: string;
  /** What shows the value, on the form and on the record's page: one thing on each, while the screen knows the application. */
  readonly at: { readonly form: (form: Frame) => Locator; readonly record: (record: Frame) => Locator };
}

/**
 * One line per field: it types the value and it reads it back, on the form and on the record's page. There it stands beside
 * a caption, or in a control where that page is a form as well.
 */
export function field<V>(codec: Codec<V>, control: Control, onRecord: string | Control): Field<V> {
  const readBack = typeof onRecord === 'string' ? shown(onRecord) : onRecord;
  return {
    type: (form, value) => control.type(form, codec.print(value)),
    onForm: async (form) => codec.parse(await control.read(form)),
    onRecord: async (record) => codec.parse(await readBack.read(record)),
    print: codec.print,
    at: { form: control.at, record: readBack.at },
    ...(typeof onRecord === 'string' && { caption: onRecord }),
  };
}

/** The one record that a look-up found; its own page is open in `page`. */
export interface OnPage extends Found {
  readonly page: Frame;
}

/** What a look-up by natural key found. */
export type LookUp = Looked<OnPage>;

export interface ScreenDefinition<T extends object> {
  readonly app: App;
  readonly record: RecordDefinition<T>;
  /** The natural key by which the application's users would look the record up. */
  readonly key: (record: T) => string;
  /**
   * Looks the record up by a path other than the form's. `unclear` where the application does not let it tell; what may
   * pass by itself, such as a page that does not come, rejects and is tried again.
   */
  readonly lookUp: (session: Session, record: T) => Promise<LookUp>;
  /** Opens the empty form. */
  readonly open: (session: Session) => Promise<Frame>;
  /** Every field of the record, in the order of typing. */
  readonly fields: { readonly [K in keyof T]-?: Field<T[K]> };
  /** Fields that no picture shows: bank accounts, what is known of people. */
  readonly masked?: readonly (keyof T & string)[];
  /** How many entries the empty form takes; nothing is typed where it takes another number, since then it has changed. */
  readonly inputs?: number;
  /** Has the application work the form out without posting it, where it can: what it understood then stands in the fields. */
  readonly echo?: (form: Frame) => Promise<void>;
  readonly submit: (session: Session, form: Frame) => Promise<Submitted>;
}

export type Screen<T extends object> = Readonly<ScreenDefinition<T>>;

/** Where a record is keyed and read back. A screen that forgets a field of its record, or a look-up, does not compile. */
export function defineScreen<T extends object>(definition: ScreenDefinition<T>): Screen<T> {
  return Object.freeze({ ...definition });
}

/** The screen's field names, in the order of typing. */
export function fieldNames<T extends object>(screen: Screen<T>): (keyof T & string)[] {
  return Object.keys(screen.fields) as (keyof T & string)[];
}

/** Compares what was wanted with what stands there, field by field, in values. */
export async function compare<T extends object>(
  screen: Screen<T>,
  record: T,
  read: <K extends keyof T & string>(name: K) => Promise<T[K] | undefined>,
): Promise<Comparison[]> {
  // Asked for at the same time, they come in one message.
  return Promise.all(
    fieldNames(screen).map(async (name) => {
      const wanted = record[name] ?? null;
      const shown = await read(name);
      // What cannot be read as a value is not the same as an empty field.
      return { field: name, wanted, shown: shown ?? null, same: shown === wanted };
    }),
  );
}

/** What a picture of this screen's form, or of its record, does not show. */
export function maskedOn<T extends object>(screen: Screen<T>, all: boolean): Masked {
  const fields = fieldNames(screen).map((name) => ({ name, ...screen.fields[name] }));
  const hidden = fields.filter(({ name }) => screen.masked?.includes(name));
  return {
    places: (frame) => hidden.flatMap(({ at }) => [at.form(frame), at.record(frame)]),
    allBut: all ? fields.flatMap(({ caption }) => caption ?? []) : undefined,
  };
}
