import {
  type Answer,
  BusinessException,
  type Comparison,
  type Effect,
  type Evidence,
  type Question,
  type Receipt,
  SystemException,
  Throttled,
} from '#core';
import { canHold } from './app.ts';
import { type Session, screenshot } from './browser/index.ts';
import { papersOf } from './questions.ts';
import type { Validated } from './record.ts';
import type { Run } from './run.ts';
import { compare, type Field, fieldNames, type LookUp, type Screen, type Submitted } from './screen.ts';

type Result = { readonly proven: Receipt } | { readonly question: Question };

/**
 * Keys a record once, and proves it:
 *
 *     look up ─ absent ─→ type, compare the form → intent → submit → look up again ─ there, same ─→ receipt
 *        │                                                               │
 *        there                                                           absent and refused → withdrawn → a person corrects
 *        │                                                               absent, no word why → System: next run looks again
 *        ours (intent stands): compare → receipt                         differs, several → a person, both sides shown
 *        not ours: a person
 *
 * A run that finds an intent without receipt looks before it does anything else; it types again only when the record
 * is absent, the application's settling time has passed since the last submit, and the application did not say it had posted it.
 */
export async function rekey<T extends object>(
  run: Run,
  screen: Screen<T>,
  record: Validated<T>,
  step: string,
): Promise<Receipt> {
  const { journal, services } = run;
  run.apps.add(screen.app);
  const before = await journal.recall(step);
  if (before) {
    run.checked = undefined;
    return before.value as Receipt;
  }
  const keying: Keying<T> = { run, screen, record, step, key: screen.key(record) };
  refuseWhatCannotBeHeld(keying);
  const answer = await journal.answer(step);
  if (answer?.choice === 'key-again') {
    await journal.withdraw(step, 'key-again');
    // Said once, it counts once: were it still there after the next submit, that one would not be looked for.
    await journal.useUp(step);
  }
  const effect = await journal.effect(step);
  if (effect?.state === 'intended') run.unproven = step;

  const result = await services.sessions.use(screen.app, (session) => {
    run.signal.throwIfAborted();
    return keyOnce(keying, session, effect, answer);
  });
  if ('proven' in result) {
    run.checked = undefined;
    return result.proven;
  }
  await journal.ask(result.question);
  if (answer && answer.choice !== 'key-again') await journal.useUp(step);
  return run.wait();
}

interface Keying<T extends object> {
  readonly run: Run;
  readonly screen: Screen<T>;
  readonly record: Validated<T>;
  readonly step: string;
  readonly key: string;
}

async function keyOnce<T extends object>(
  keying: Keying<T>,
  session: Session,
  effect: Effect | undefined,
  answer: Answer | undefined,
): Promise<Result> {
  const { screen, record } = keying;
  const found = await screen.lookUp(session, record);
  const ours = effect?.state === 'intended';
  if (found.state !== 'absent') {
    if (ours || answer?.choice === 'there' || answer?.choice === 'accept')
      return settle(keying, session, found, answer);
    const code = found.state === 'several' ? 'keyed-twice' : 'already-there';
    return { question: await bothSides(keying, session, found, code) };
  }
  if (answer?.choice === 'there' || answer?.choice === 'accept' || (ours && (await saidPosted(keying)))) {
    return { question: await whereIsIt(keying, session) };
  }
  if (ours) {
    mustHaveSettled(keying, effect);
    // That submit came to nothing. The next one is an intent of its own, whose age counts from now.
    await keying.run.journal.withdraw(keying.step, 'absent-after-settling');
    keying.run.unproven = undefined;
  }

  const form = await fillForm(keying, session);
  await photograph(keying, session, 'form before submit');
  await intend(keying);
  await keying.run.journal.checkLease();
  const submitted = await session.confirming(() => screen.submit(session, form));

  const posted = await screen.lookUp(session, record);
  if (posted.state === 'absent') return notThere(keying, submitted);
  return settle(keying, session, posted, undefined);
}

/** There is a record with our key: compare it, and write the receipt or ask. */
async function settle<T extends object>(
  keying: Keying<T>,
  session: Session,
  found: Exclude<LookUp, { state: 'absent' }>,
  answer: Answer | undefined,
): Promise<Result> {
  const { run, screen, record, step } = keying;
  if (found.state === 'several') return { question: await bothSides(keying, session, found, 'keyed-twice') };
  const compared = await compare(screen, record, (name) => screen.fields[name].onRecord(found.page));
  if (answer?.choice !== 'accept' && unlike(compared).length > 0) {
    return { question: await bothSides(keying, session, found, 'read-back-differs', compared) };
  }
  const evidence = [await photograph(keying, session, 'read-back')];
  const receipt: Receipt = {
    application: screen.app.name,
    reference: found.reference,
    compared,
    evidence,
    provenAt: new Date().toISOString(),
  };
  await intend(keying);
  await run.journal.prove(step, receipt);
  run.unproven = undefined;
  return { proven: receipt };
}

/** Submitted, looked up, and not there. */
async function notThere<T extends object>({ run, screen, step }: Keying<T>, submitted: Submitted): Promise<never> {
  if (submitted.kind === 'posted') {
    await run.journal.remember(postedStep(step), 'rekey', true);
    throw new Throttled('settling', `${screen.app.name} says it posted the record and does not show it yet.`, {
      afterSeconds: screen.app.settlingSeconds,
    });
  }
  if (submitted.kind === 'refused') {
    await run.journal.withdraw(step, 'application-refused');
    run.unproven = undefined;
    throw new BusinessException(
      'application-refused',
      `${screen.app.name} refused the record: ${submitted.messages.join(' · ')}`,
    );
  }
  throw new SystemException(
    'posting-unconfirmed',
    `${screen.app.name} shows no trace of the record after it was submitted; the next run looks again.`,
  );
}

/** What the application said is kept: it would be keyed twice where a search is behind its postings. */
const postedStep = (step: string) => `${step}: the application says posted`;

async function saidPosted<T extends object>({ run, step }: Keying<T>): Promise<boolean> {
  return (await run.journal.recall(postedStep(step))) !== undefined;
}

function mustHaveSettled<T extends object>({ screen }: Keying<T>, { ageSeconds }: Effect): void {
  const rest = screen.app.settlingSeconds - ageSeconds;
  if (rest <= 0) return;
  throw new Throttled('settling', `${screen.app.name} may still be writing what was submitted.`, {
    afterSeconds: Math.ceil(rest),
  });
}

/** Types every field and reads the whole form again, since one field can reset another; what differs is typed once more. */
async function fillForm<T extends object>(keying: Keying<T>, session: Session) {
  const { screen, record } = keying;
  const form = await screen.open(session);
  const readForm = () => compare(screen, record, (name) => screen.fields[name].onForm(form));
  for (const name of fieldNames(screen)) await screen.fields[name].type(form, record[name]);
  const undone = unlike(await readForm());
  if (undone.length === 0) return form;
  for (const { field } of undone) {
    await screen.fields[field as keyof T & string].type(form, record[field as keyof T & string]);
  }
  const compared = await readForm();
  const unfit = unlike(compared).map(({ field }) => field);
  if (unfit.length > 0) throw doesNotFit(unfit, 'The form does not take it as it is.', compared);
  return form;
}

function unlike(compared: readonly Comparison[]): readonly Comparison[] {
  return compared.filter(({ same }) => !same);
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

async function intend<T extends object>({ run, screen, record, step, key }: Keying<T>): Promise<void> {
  const quietSeconds = screen.app.settlingSeconds;
  await run.journal.intend({ step, application: screen.app.name, screen: screen.record.name, key, record, quietSeconds });
  run.unproven = step;
}

async function photograph<T extends object>(
  { run, step }: Keying<T>,
  session: Session,
  label: string,
): Promise<Evidence> {
  const evidence = await screenshot(run.services.archive, session, label);
  await run.journal.attach(step, evidence);
  return evidence;
}

/** A person or the application itself says that the record is there, and the look-up does not find it. */
async function whereIsIt<T extends object>(keying: Keying<T>, session: Session): Promise<Question> {
  return {
    ...aboutKeying(keying, 'posted-but-absent'),
    kind: 'in-doubt',
    choices: ['again', 'key-again', 'by-hand', 'reject'],
    problems: [{ code: 'posted-but-absent', fields: [], message: TITLES['posted-but-absent'] }],
    compared: [],
    evidence: [await photograph(keying, session, 'what the application shows')],
  };
}

/** The application shows a record by our key that we may not simply take for ours. */
async function bothSides<T extends object>(
  keying: Keying<T>,
  session: Session,
  found: Exclude<LookUp, { state: 'absent' }>,
  code: 'already-there' | 'keyed-twice' | 'read-back-differs',
  known?: readonly Comparison[],
): Promise<Question> {
  const { screen, record } = keying;
  const there = found.state === 'there';
  const compared =
    known ?? (there ? await compare(screen, record, (name) => screen.fields[name].onRecord(found.page)) : []);
  return {
    ...aboutKeying(keying, code),
    kind: code === 'read-back-differs' ? 'differs' : 'in-doubt',
    choices:
      code === 'read-back-differs'
        ? ['accept', 'again', 'by-hand', 'reject']
        : there
          ? ['there', 'again', 'by-hand', 'reject']
          : ['again', 'by-hand', 'reject'],
    problems: [{ code, fields: unlike(compared).map(({ field }) => field), message: TITLES[code] }],
    compared,
    evidence: [await photograph(keying, session, 'what the application shows')],
  };
}

/** A question in which a choice is all that is asked. */
function aboutKeying<T extends object>({ run, step }: Keying<T>, code: keyof typeof TITLES) {
  const papers = papersOf(run.journal.task);
  return { step, code, title: TITLES[code], record: null, form: null, draft: {}, papers };
}

const TITLES = {
  'already-there': 'The application has this record already, and this bot did not key it',
  'keyed-twice': 'The application shows more than one record with this key',
  'read-back-differs': 'The application shows something else than was keyed',
  'posted-but-absent': 'It is said to be in the application, and the bot does not find it there',
};
