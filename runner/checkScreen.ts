import type { Frame } from 'playwright-core';
import type { Session } from './browser/index.ts';
import { fieldNames, type Screen } from './screen.ts';

/** A field that stands somewhere never or more than once: the application has changed, or the screen never fitted it. */
export interface Misfit {
  readonly field: string;
  readonly on: 'form' | 'record';
  readonly found: number;
}

/**
 * The contract test of a screen: opens the form, and the page of a record that the application holds, and finds every field
 * there exactly once. Changes nothing. Without a `known` record, or where the application does not hold it, the form alone is
 * checked.
 */
export async function checkScreen<T extends object>(
  session: Session,
  screen: Screen<T>,
  known?: T,
): Promise<readonly Misfit[]> {
  const misfits = await misfitsOn('form', screen, await screen.open(session));
  const record = known && (await screen.lookUp(session, known));
  return record?.state === 'there' ? [...misfits, ...(await misfitsOn('record', screen, record.page))] : misfits;
}

async function misfitsOn<T extends object>(on: Misfit['on'], screen: Screen<T>, page: Frame): Promise<Misfit[]> {
  const misfits: Misfit[] = [];
  for (const field of fieldNames(screen)) {
    const found = await screen.fields[field].at[on](page).count();
    if (found !== 1) misfits.push({ field, on, found });
  }
  return misfits;
}
