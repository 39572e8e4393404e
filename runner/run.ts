import {
  type BlobStore,
  type Box,
  BROWSER_TRACE,
  type Clock,
  Defect,
  type DocumentRef,
  type Draft,
  type Evidence,
  type Journal,
  type LayoutMemory,
  type Logger,
  type NextMove,
  nextMove,
  type Outcome,
  type Page,
  type Question,
  type Reading,
  type SeenPapers,
  type Statement,
  within,
} from '#core';
import type { Doubt, SecondReading } from '#extractors';
import type { App } from './app.ts';
import type { Bot } from './bot.ts';
import { failurePicture, failureTrace, traceFile } from './browser/index.ts';
import { noteOurs, ourOwn } from './ours.ts';
import { exceptionQuestion } from './questions.ts';
import type { AnyRecord } from './record.ts';
import type { Sessions } from './sessions.ts';
import { botTask } from './task.ts';

/** What a run is handed: everything outside the bot's own code. */
export interface Services {
  readonly archive: BlobStore;
  /** Pictures of applications show captions alone, and where what is a caption is not known there are none. */
  readonly maskEvidence: boolean;
  readonly reader: PaperReader;
  readonly sessions: Sessions;
  /** What people's answers taught, and the papers that came in before. */
  readonly memory: LayoutMemory;
  readonly papers: SeenPapers;
  /** Whether the error budget lets this reading pass without a person. */
  readonly accepts: (reading: Reading<unknown>) => boolean;
  /** Why people see this task's record whatever was read of it: picked at random, or because nothing like it goes through yet. */
  readonly sampled: (task: string, draft: Draft<Record<string, unknown>>) => 'audit' | 'learning' | undefined;
  /** The ISO date that rules go by. */
  readonly today: () => string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What stands on a paper, what it carries as data, and why that may not be all. */
export interface ReadPaper {
  readonly pages: readonly Page[];
  readonly statements: readonly Statement[];
  readonly doubts: readonly Doubt[];
}

/** Papers to pages. Rejects with BusinessException for a paper that cannot be read, SystemException when reading fails. */
export interface PaperReader {
  read(bytes: Uint8Array, document: DocumentRef, signal: AbortSignal): Promise<ReadPaper>;
  /** Reads boxes a second time, another way. */
  reread(bytes: Uint8Array, pages: readonly Page[], boxes: readonly Box[]): Promise<readonly SecondReading[]>;
}

/** The record a person last could correct, and where the answer goes. */
export interface Checked {
  readonly step: string;
  readonly record: AnyRecord;
  readonly question: Pick<Question, 'record' | 'form' | 'draft'>;
}

/** What a run read of a paper, by which extractor. */
export interface Extracted {
  readonly extractor: string;
  readonly paper: DocumentRef;
  readonly draft: Draft<Record<string, unknown>>;
}

/** One run of one task: what its verbs share. */
export interface Run {
  readonly bot: Bot;
  readonly journal: Journal;
  readonly services: Services;
  readonly signal: AbortSignal;
  /** Step names used so far. */
  readonly names: Set<string>;
  /** Applications this run has used. */
  readonly apps: Set<App>;
  /** Every paper read so far, in this run or remembered from an earlier one. */
  readonly extracted: Extracted[];
  /** What is amiss with the papers read since a record was last checked. */
  readonly doubts: Set<Doubt>;
  /** The comments on those papers, in words for a person. */
  readonly comments: Set<string>;
  /** What this run keyed, in values and as it was typed, what it asked applications and what these and people answered. */
  readonly values: Set<string>;
  /** Whether a screen of this run masks fields: a picture of just any page could show them. */
  masksFields: boolean;
  /** Whether this run has looked for papers like its own. */
  duplicatesAsked: boolean;
  /** The newest record checked, while nothing has been keyed from it. */
  checked: Checked | undefined;
  /** The step of an effect that was intended and is not proven yet. */
  unproven: string | undefined;
  /** Ends the run as waiting for the question just asked. Never settles, so that no `catch` of a bot sees it. */
  wait(): Promise<never>;
}

/**
 * Runs a bot on a task from where it stood:
 * input → bot's code, step by step (finished ones are remembered) → output, a person's turn, or an error that its class decides on.
 * Rejects only when the journal itself fails or the lease is lost.
 */
export async function runTask(bot: Bot, journal: Journal, services: Services, signal: AbortSignal): Promise<Outcome> {
  signal.throwIfAborted();
  const waiting = Promise.withResolvers<Outcome>();
  const run: Run = {
    bot,
    journal: ourOwn(journal),
    services: { ...services, archive: ourOwn(services.archive) },
    signal,
    names: new Set(),
    apps: new Set(),
    extracted: [],
    doubts: new Set(),
    comments: new Set(),
    values: new Set(),
    masksFields: false,
    duplicatesAsked: false,
    checked: undefined,
    unproven: undefined,
    wait() {
      waiting.resolve({ kind: 'waiting' });
      return new Promise<never>(() => {});
    },
  };
  const lost = new Promise<never>((_, reject) =>
    signal.addEventListener(
      'abort',
      () => {
        noteOurs(signal.reason);
        reject(signal.reason);
      },
      { once: true },
    ),
  );
  return within({ bot: bot.card.name, task: journal.task.id, attempt: journal.task.attempt + 1 }, () =>
    Promise.race([toItsEnd(run), waiting.promise, lost]),
  );
}

async function toItsEnd(run: Run): Promise<Outcome> {
  try {
    const output = run.bot.output.safeParse(await run.bot.run(botTask(run)));
    if (output.success) return { kind: 'done', output: output.data };
    const { name } = run.bot.card;
    throw new Defect('output-misfit', `The bot ${name} returns something else than its output schema says.`);
  } catch (error) {
    return afterError(run, error);
  }
}

async function afterError(run: Run, error: unknown): Promise<Outcome> {
  const { journal, services } = run;
  run.signal.throwIfAborted();
  const next = nextMove(error, journal.task.attempt + 1);
  services.log.warn({ error, next: next.move }, 'run ended with an error');
  switch (next.move) {
    case 'person':
      await journal.ask(exceptionQuestion(run, next, error, await seenOfFailure(run, error, next)));
      return { kind: 'waiting' };
    case 'retry':
      if (next.freshSession) await Promise.all([...run.apps].map((app) => services.sessions.discard(app)));
      return {
        kind: 'retry',
        afterSeconds: next.afterSeconds,
        spendsAttempt: next.spendsAttempt,
        reason: codeOf(error),
        ...(next.throttled && { throttled: next.throttled }),
      };
    case 'stop-bot':
      return { kind: 'stop-bot', code: next.code, message: next.message };
  }
}

/** What the application showed when it happened, where it happened there, and for those who mend it what had been done to it. */
async function seenOfFailure(
  run: Run,
  error: unknown,
  { kind, code }: Extract<NextMove, { move: 'person' }>,
): Promise<readonly Evidence[]> {
  const { services, journal, masksFields } = run;
  const picture = failurePicture(error);
  const calls = failureTrace(error);
  const evidence: Evidence[] = [];
  const keep = async (label: string, bytes: Uint8Array) => {
    const one = { label, sha256: await services.archive.put(bytes) };
    await journal.attach(`exception ${code}`, one);
    evidence.push(one);
  };
  if (picture && !services.maskEvidence && !masksFields) await keep('page where it failed', picture);
  if (kind === 'technical' && calls.length > 0) await keep(BROWSER_TRACE, traceFile(calls, knownValues(run)));
  return evidence;
}

/** What the task was given, and what this run read, heard and keyed. */
function knownValues({ journal, extracted, values }: Run): readonly string[] {
  const read = extracted.flatMap(({ draft }) => Object.values(draft).map(({ value }) => value));
  return [...textsIn([journal.task.input, read]), ...values];
}

/** Keeps in mind what no trace of this run may tell. */
export function noteValues({ values }: Pick<Run, 'values'>, value: unknown): void {
  for (const text of textsIn(value)) values.add(text);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return value === null || value === undefined ? [] : [String(value)];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown-error';
}
