import {
  BusinessException,
  type Comparison,
  type Effect,
  type Evidence,
  type GivenAnswer,
  type Intent,
  type Question,
  type Receipt,
  SystemException,
  Throttled,
} from '#core';
import { anotherKey, bothSides, cannotTell, type Doubtful, whereIsIt } from './inDoubt.ts';
import type { Submitted } from './outcomes.ts';
import { papersOf } from './questions.ts';
import type { Run } from './run.ts';

/** What a look-up by natural key found. `There` is as much of it as its finder needs to compare it. */
export type Looked<There extends Found = Found> =
  | { readonly state: 'absent' }
  | There
  /** More than one bears the key. */
  | { readonly state: 'several'; readonly references: readonly string[] }
  /** It may be there or not, and looking again at once would tell no more; `why` is for a person. */
  | { readonly state: 'unclear'; readonly why: string };

export interface Found {
  readonly state: 'there';
  /** The outside world's own name for it. */
  readonly reference: string;
}

/** What shall be brought about, once. */
export interface Aim extends Omit<Intent, 'quietSeconds'> {
  /** Seconds after the intent in which the act may begin: later it is not begun at all. */
  readonly patienceSeconds: number;
  /** Seconds after the intent in which the act may still take effect, whatever became of it. */
  readonly settlingSeconds: number;
}

/** How it is brought about, by whoever knows that part of the outside world. */
export interface Deed<There extends Found> {
  /** Looks by the natural key, by another path than the act's. */
  lookUp(): Promise<Looked<There>>;
  /**
   * Does everything that the world does not notice yet, and gives the one act that it will; `keep` takes a picture,
   * which is stored while the work goes on.
   * The act begins before `beginBy`, of `performance.now()`, or not at all.
   */
  prepare(keep: (label: string) => Promise<unknown>): Promise<(beginBy: number) => Promise<Submitted>>;
  /** Both sides, field by field. */
  compare(found: There): Promise<readonly Comparison[]>;
  /** Pictures of the world as it shows itself now; none where there is nothing to see. */
  picture(): Promise<readonly Uint8Array[]>;
}

/** One run at one aim. */
interface Pursuit<There extends Found> {
  readonly run: Run;
  readonly aim: Aim;
  readonly deed: Deed<There>;
  /** What the ledger said when the run came to it. */
  readonly effect: Effect | undefined;
  /** What a person said, while it has not been acted on. */
  answer: GivenAnswer | undefined;
}

type Result = { readonly proven: Receipt } | { readonly question: Question };
type Seen<There extends Found> = There | { readonly state: 'several'; readonly references: readonly string[] };

/**
 * Changes the outside world once, and proves it:
 *
 *     look up ─ absent ─→ prepare → intent → fence → act → look up again ─ there, same ─→ receipt
 *        │                                                     │
 *        there                                                 absent and refused → withdrawn → a person corrects
 *        │                                                     absent, no word why → System: next run looks again
 *        ours (intent stands): compare → receipt               differs, several, unclear → a person, both sides shown
 *        not ours: a person
 *
 * A run that finds an intent without receipt looks before it does anything else; it acts again only when the look-up says
 * absent, the act can take effect no longer, and nobody said it had. Cannot be told (`unclear`): before any intent the
 * run looks again later, after one a person decides. A person's word that it is there is looked after, never taken for a
 * receipt; their word to do it again counts once, and no sooner than the act before it can take effect no longer.
 */
export async function once<There extends Found>(
  run: Run,
  aim: Aim,
  withDeed: <R>(use: (deed: Deed<There>) => Promise<R>) => Promise<R>,
): Promise<Receipt> {
  const { journal } = run;
  const { step } = aim;
  const before = await journal.recall(step);
  if (before) {
    run.checked = undefined;
    return before.value as Receipt;
  }
  const [effect, answer] = await Promise.all([journal.effect(step), journal.answer(step)]);
  if (effect?.state === 'intended') run.unproven = step;

  const pursuit = { run, aim, effect, answer };
  const { result, left } = await withDeed(async (deed) => {
    const own: Pursuit<There> = { ...pursuit, deed };
    const result = await pursue(own);
    return { result, left: own.answer };
  });
  if ('proven' in result) {
    run.checked = undefined;
    return result.proven;
  }
  await journal.ask(result.question);
  if (left) await journal.useUp(step, left);
  return run.wait();
}

async function pursue<There extends Found>(pursuit: Pursuit<There>): Promise<Result> {
  const { run, aim, deed, effect } = pursuit;
  let ours = effect?.state === 'intended' ? effect : undefined;
  if (ours && ours.key !== aim.key) {
    if (pursuit.answer?.choice !== 'key-again') return doubtful(pursuit, anotherKey(aim, ours));
    refuseUnsettled(aim, ours);
    // Spent before the intent is withdrawn: it was said of that key, and a run that died between would take it for this one's.
    await actOnAnswer(pursuit);
    ours = await giveUp(pursuit, ours, 'key-again');
  }

  const { answer } = pursuit;
  const lookedAt = performance.now();
  const found = await deed.lookUp();
  const saidThere = answer?.choice === 'there' || answer?.choice === 'accept';
  if (found.state === 'there' || found.state === 'several') {
    if (ours || saidThere) return settle(pursuit, found, { intended: false });
    return doubtful(pursuit, await sides(pursuit, found, found.state === 'there' ? 'already-there' : 'keyed-twice'));
  }
  if (ours || saidThere) {
    const again = answer?.choice === 'key-again';
    if (found.state === 'unclear' && !again) return doubtful(pursuit, cannotTell(aim, found.why));
    if (saidThere || (!again && (await saidPosted(pursuit)))) return doubtful(pursuit, whereIsIt(aim));
    // What was done came to nothing. What follows is an intent of its own, whose age counts from now.
    if (ours) await giveUp(pursuit, ours, again ? 'key-again' : 'absent-after-settling');
  } else if (found.state === 'unclear' && answer?.choice !== 'key-again' && !toldToKeyAgain(aim, effect)) {
    throw new SystemException(
      'look-up-unclear',
      'The look-up cannot tell whether it is there; nothing is done before.',
    );
  }
  if (pursuit.answer?.choice === 'key-again') await actOnAnswer(pursuit);

  const keeping: Promise<unknown>[] = [];
  const preparing = deed.prepare(async (label) => {
    keeping.push(inBackground(keep(pursuit, label, await deed.picture())));
  });
  // Where what is typed does not fit, its picture is what a person sees: it is kept before the run ends.
  const act = await preparing.finally(() => Promise.allSettled(keeping));
  // Where what was seen cannot be kept, nothing is intended.
  await Promise.all(keeping);
  const patienceMs = aim.patienceSeconds * 1000;
  const beginBy = performance.now() + patienceMs;
  const wakenBy = run.services.clock.now() + patienceMs;
  await intend(pursuit, lookedAt);
  await run.journal.checkLease();
  refuseLate(beginBy, wakenBy, run);
  const acted = await act(beginBy);
  const seen = await lookAfter(pursuit, acted);
  if (seen.state === 'there' || seen.state === 'several') return settle(pursuit, seen, { intended: true });
  await keepSaid(pursuit, acted);
  if (seen.state === 'unclear') return doubtful(pursuit, cannotTell(aim, seen.why));
  return notThere(pursuit, acted);
}

/** A look-up that fails says as little as one that finds nothing: what was heard of the act is kept before the next run looks. */
async function lookAfter<There extends Found>(pursuit: Pursuit<There>, acted: Submitted): Promise<Looked<There>> {
  try {
    return await pursuit.deed.lookUp();
  } catch (error) {
    await keepSaid(pursuit, acted);
    throw error;
  }
}

/**
 * A worker may sleep between its last look at the lease and the act: then another may have acted meanwhile. Where its whole
 * machine slept, the one clock stood still and the other is set right when it wakes.
 */
function refuseLate(beginBy: number, wakenBy: number, { services }: Run): void {
  if (performance.now() <= beginBy && services.clock.now() <= wakenBy) return;
  throw new SystemException('submit-late', 'It took too long from the intent to the submit; the next run looks again.');
}

/** It is there: compare it, and write the receipt or ask. */
async function settle<There extends Found>(
  pursuit: Pursuit<There>,
  found: Seen<There>,
  { intended }: { readonly intended: boolean },
): Promise<Result> {
  const { run, aim, deed } = pursuit;
  if (found.state === 'several') return doubtful(pursuit, await sides(pursuit, found, 'keyed-twice'));
  const compared = await deed.compare(found);
  const accepted = !intended && pursuit.answer?.choice === 'accept';
  if (!accepted && compared.some(({ same }) => !same)) {
    return doubtful(pursuit, bothSides(aim, 'read-back-differs', compared));
  }
  const receipt: Receipt = {
    application: aim.application,
    reference: found.reference,
    compared,
    evidence: await picture(pursuit, 'read-back'),
    provenAt: new Date().toISOString(),
  };
  if (!intended) await intend(pursuit, performance.now());
  await run.journal.prove(aim.step, receipt);
  run.unproven = undefined;
  return { proven: receipt };
}

/** Submitted, looked up, and not there. */
async function notThere<There extends Found>({ run, aim }: Pursuit<There>, acted: Submitted): Promise<never> {
  const { application, step, settlingSeconds } = aim;
  if (acted.kind === 'posted') {
    throw new Throttled('settling', `${application} says it has it and does not show it yet.`, {
      afterSeconds: settlingSeconds,
    });
  }
  if (acted.kind === 'unwritten') {
    await run.journal.withdraw(step, 'not-written');
    run.unproven = undefined;
    throw new SystemException('not-written', `${application} wrote nothing and asks for it once more.`);
  }
  if (acted.kind === 'refused') {
    await run.journal.withdraw(step, 'application-refused');
    run.unproven = undefined;
    throw new BusinessException('application-refused', `${application} refused it: ${acted.messages.join(' · ')}`);
  }
  throw new SystemException(
    'posting-unconfirmed',
    `${application} shows no trace of it after it was submitted; the next run looks again.`,
  );
}

/** What was said is kept: it would be done twice where a search is behind what it searches. */
const postedStep = (step: string) => `${step}: the application says posted`;

async function keepSaid<There extends Found>({ run, aim }: Pursuit<There>, { kind }: Submitted): Promise<void> {
  if (kind === 'posted') await run.journal.remember(postedStep(aim.step), 'rekey', true);
}

async function saidPosted<There extends Found>({ run, aim }: Pursuit<There>): Promise<boolean> {
  return (await run.journal.recall(postedStep(aim.step))) !== undefined;
}

/** Takes an intent back, once it can take effect no longer. */
async function giveUp<There extends Found>(
  { run, aim }: Pursuit<There>,
  ours: Effect,
  because: 'key-again' | 'absent-after-settling',
): Promise<undefined> {
  refuseUnsettled(aim, ours);
  await run.journal.withdraw(aim.step, because);
  run.unproven = undefined;
}

/** What was begun may still take effect: the next run comes when it no longer can. */
function refuseUnsettled({ application, settlingSeconds }: Aim, { ageSeconds }: Effect): void {
  const rest = settlingSeconds - ageSeconds;
  if (rest <= 0) return;
  throw new Throttled('settling', `${application} may still be writing what was submitted.`, {
    afterSeconds: Math.ceil(rest),
  });
}

/** A person's word, spent by a run that died before the act it was for. */
function toldToKeyAgain({ key }: Aim, effect: Effect | undefined): boolean {
  return effect?.key === key && effect.closed?.because === 'key-again';
}

/** Said once, it counts once: were it still there after the next act, that one would not be looked for. */
async function actOnAnswer<There extends Found>(pursuit: Pursuit<There>): Promise<void> {
  const { run, aim, answer } = pursuit;
  if (answer) await run.journal.useUp(aim.step, answer);
  pursuit.answer = undefined;
}

async function intend<There extends Found>({ run, aim }: Pursuit<There>, lookedAt: number): Promise<void> {
  const { settlingSeconds, patienceSeconds: _, ...intent } = aim;
  const quietSeconds = Math.max(settlingSeconds, (performance.now() - lookedAt) / 1000);
  await run.journal.intend({ ...intent, quietSeconds });
  run.unproven = aim.step;
}

async function sides<There extends Found>(
  { aim, deed }: Pursuit<There>,
  found: Seen<There>,
  code: 'already-there' | 'keyed-twice',
): Promise<Doubtful> {
  return bothSides(aim, code, found.state === 'there' ? await deed.compare(found) : []);
}

/** The question with pictures of what the outside world shows now, and the papers. */
async function doubtful<There extends Found>(pursuit: Pursuit<There>, question: Doubtful): Promise<Result> {
  const papers = papersOf(pursuit.run.journal.task);
  return { question: { ...question, papers, evidence: await picture(pursuit, 'what the application shows') } };
}

async function picture<There extends Found>(pursuit: Pursuit<There>, label: string): Promise<readonly Evidence[]> {
  return keep(pursuit, label, await pursuit.deed.picture());
}

async function keep<There extends Found>(
  { run, aim }: Pursuit<There>,
  label: string,
  pictures: readonly Uint8Array[],
): Promise<readonly Evidence[]> {
  const kept: Evidence[] = [];
  for (const bytes of pictures) {
    const evidence = { label, sha256: await run.services.archive.put(bytes) };
    await run.journal.attach(aim.step, evidence);
    kept.push(evidence);
  }
  return kept;
}

/** Whoever waits for it later hears of its error; it is no error of nobody's until then. */
function inBackground<R>(work: Promise<R>): Promise<R> {
  work.catch(() => {});
  return work;
}

/** References of what a look-up found, none where it found nothing; one that cannot tell is tried again later. */
export function referencesOf(found: Looked): readonly string[] {
  switch (found.state) {
    case 'absent':
      return [];
    case 'there':
      return [found.reference];
    case 'several':
      return found.references;
    case 'unclear':
      throw unclear();
  }
}

function unclear(): SystemException {
  return new SystemException('look-up-unclear', 'The look-up cannot tell whether it is there; nothing is done before.');
}
