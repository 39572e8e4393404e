import type { Selectable } from 'kysely';
import type { Answer, Choice, Effect, HaltedBot, HumanTask, Question, Receipt, Task, TaskEvent } from '#core';
import type { EffectTable, EventTable, HaltedBotTable, QuestionTable, TaskTable } from './schema.ts';

/** What a question's row keeps in one piece: the Question without what has columns of its own. */
export type QuestionBody = Omit<Question, 'step' | 'kind' | 'code'>;
export type AnswerBody = { readonly choice: Choice; readonly values: unknown };
/** `claimed` is no column: a claim ends by the database's clock without anybody writing it down. */
export type QuestionRow = Selectable<QuestionTable> & { claimed: boolean };

function isoOrNull(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}

export function taskOf(row: Selectable<TaskTable>): Task {
  return {
    id: row.id,
    bot: row.bot,
    botVersion: row.bot_version,
    key: row.key,
    input: row.input as Task['input'],
    state: row.state,
    reason: row.reason,
    skill: row.skill,
    value: row.value,
    receivedAt: row.received_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    endedAt: isoOrNull(row.ended_at),
    attempt: row.attempt,
    output: row.output,
  };
}

/** `age_seconds` is no column: it is the clock's at the moment of reading. */
export function effectOf(row: Selectable<EffectTable> & { age_seconds: number }): Effect {
  return {
    step: row.step,
    application: row.application,
    screen: row.screen,
    key: row.key,
    state: row.state,
    record: row.record,
    intendedAt: row.intended_at.toISOString(),
    ageSeconds: row.age_seconds,
    receipt: row.receipt as Receipt | null,
    closed: closingOf(row),
  };
}

function closingOf({ state, closed_because, closed_by }: Selectable<EffectTable>): Effect['closed'] {
  if (state === 'intended' || state === 'proven') return null;
  return { because: closed_because ?? 'withdrawn', by: closed_by };
}

export function questionOf(row: QuestionRow): HumanTask {
  const claimed = row.open && row.claimed;
  return {
    ...(row.body as QuestionBody),
    step: row.step,
    kind: row.kind,
    code: row.code,
    id: row.id,
    task: row.task,
    bot: row.bot,
    skill: row.skill,
    state: row.open ? (claimed ? 'claimed' : 'open') : 'answered',
    askedAt: row.asked_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    claimedBy: claimed ? row.claimed_by : null,
    claimedUntil: claimed ? isoOrNull(row.claimed_until) : null,
    answer: answerOf(row) ?? null,
  };
}

export function answerOf(
  row: Pick<Selectable<QuestionTable>, 'body' | 'answer' | 'answered_by' | 'answered_at'>,
): Answer | undefined {
  if (row.answered_by === null || row.answered_at === null) return undefined;
  const inSpiteOf = (row.body as QuestionBody).problems.map((problem) => problem.code);
  return { ...(row.answer as AnswerBody), by: row.answered_by, at: row.answered_at.toISOString(), inSpiteOf };
}

export function eventOf(row: Selectable<EventTable>): TaskEvent {
  return {
    seq: Number(row.seq),
    at: row.at.toISOString(),
    task: row.task,
    bot: row.bot,
    kind: row.kind,
    facts: row.facts as TaskEvent['facts'],
  };
}

export function haltedOf(row: Selectable<HaltedBotTable>): HaltedBot {
  return { ...row, at: row.at.toISOString() };
}
