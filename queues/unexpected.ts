import { type Journal, type Lease, nextMove, type Outcome, runQuestion } from '#core';

/** What becomes of a run that ended with an error nobody caught: the one pure decision by class, carried out. */
export async function outcomeOfError(error: unknown, lease: Lease, journal: Journal): Promise<Outcome> {
  const next = nextMove(error, lease.task.attempt + 1);
  switch (next.move) {
    case 'stop-bot':
      return { kind: 'stop-bot', code: next.code, message: next.message };
    case 'retry': {
      const { afterSeconds, spendsAttempt, throttled } = next;
      return { kind: 'retry', afterSeconds, spendsAttempt, reason: codeOf(error), ...(throttled && { throttled }) };
    }
    case 'person':
      await journal.ask(runQuestion(lease.task, { kind: next.kind, code: next.code, title: next.message }));
      return { kind: 'waiting' };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown-error';
}
