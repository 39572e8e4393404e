import type { Frame } from 'playwright-core';
import { BusinessException, type Comparison, type Receipt } from '#core';
import type { Lent } from './access/index.ts';
import { canHold, settledAfterSeconds } from './app.ts';
import { patience, type Session, screenshot } from './browser/index.ts';
import { refuseChangedForm } from './changedForm.ts';
import { type Aim, type Deed, once } from './once.ts';
import type { Validated } from './record.ts';
import { noteValues, type Run } from './run.ts';
import { compare, type Field, fieldNames, maskedOn, type OnPage, type Screen } from './screen.ts';

interface Keying<T extends object> {
  readonly run: Run;
  readonly screen: Screen<T>;
  readonly record: Validated<T>;
}

/** Keys a record into a screen once, and proves it by reading it back: see `once`. */
export function rekey<T extends object>(
  run: Run,
  screen: Screen<T>,
  record: Validated<T>,
  step: string,
): Promise<Receipt> {
  const { app } = screen;
  run.apps.add(app);
  run.masksFields ||= (screen.masked ?? []).length > 0;
  noteRecord(run, screen, record);
  const keying = { run, screen, record };
  const aim: Aim = {
    step,
    application: app.name,
    screen: screen.record.name,
    key: screen.key(record),
    record,
    patienceSeconds: patience(app) / 1000,
    settlingSeconds: settledAfterSeconds(app),
  };
  return once(run, aim, async (use) => {
    refuseWhatCannotBeHeld(keying);
    return run.services.sessions.use(
      app,
      (session, lent) => {
        run.signal.throwIfAborted();
        return use(keyingIn(session, lent, keying));
      },
      run.signal,
    );
  });
}

function keyingIn<T extends object>(session: Session, lent: Lent, { run, screen, record }: Keying<T>): Deed<OnPage> {
  const masked = maskedOn(screen, run.services.maskEvidence);
  return {
    picture: async () => [await screenshot(session, masked)],
    lookUp: () => screen.lookUp(session, record),
    compare: ({ page }) => compare(screen, record, (name) => screen.fields[name].onRecord(page)),
    async prepare(keep) {
      await lent.inTurn();
      const form = await screen.open(session);
      await refuseChangedForm(screen, form);
      await fillForm(screen, record, form, keep);
      return (leaveBy) => session.confirming(() => screen.submit(session, form), leaveBy, form);
    },
  };
}

/**
 * Types every field and reads the whole form again, since one field can reset another; what differs is typed once more.
 * The form is read after its picture was taken: the last thing before the submit, so that a late script is noticed.
 */
async function fillForm<T extends object>(
  screen: Screen<T>,
  record: T,
  form: Frame,
  keep: (label: string) => Promise<unknown>,
): Promise<void> {
  const type = (name: keyof T & string) => screen.fields[name].type(form, record[name]);
  const readForm = async () => {
    await screen.echo?.(form);
    await keep('form before submit');
    return compare(screen, record, (name) => screen.fields[name].onForm(form));
  };
  for (const name of fieldNames(screen)) await type(name);
  const undone = unlike(await readForm());
  if (undone.length === 0) return;
  for (const name of undone) await type(name as keyof T & string);
  const compared = await readForm();
  const unfit = unlike(compared);
  if (unfit.length > 0) throw doesNotFit(unfit, 'The form does not take it as it is.', compared);
}

/** What no trace may tell: the record's values, and as they are typed. */
function noteRecord<T extends object>(run: Run, screen: Screen<T>, record: T): void {
  noteValues(run, [record, fieldNames(screen).map((name) => screen.fields[name].print(record[name]))]);
}

function unlike(compared: readonly Comparison[]): readonly string[] {
  return compared.filter(({ same }) => !same).map(({ field }) => field);
}

function refuseWhatCannotBeHeld<T extends object>({ screen, record }: Keying<T>): void {
  const lost = fieldNames(screen).filter((name) => {
    const { print } = screen.fields[name] as Field<T[typeof name]>;
    return !canHold(screen.app, print(record[name]));
  });
  if (lost.length > 0) throw doesNotFit(lost, 'The application cannot store some of its characters.', []);
}

function doesNotFit(fields: readonly string[], why: string, compared: readonly Comparison[]): BusinessException {
  return new BusinessException('does-not-fit', why, { fields, compared });
}
