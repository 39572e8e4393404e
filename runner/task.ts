import { z } from 'zod';
import { Defect, type Draft, type StepKind, within } from '#core';
import { ask } from './ask.ts';
import type { BotTask } from './bot.ts';
import type { Session } from './browser/index.ts';
import { recallDoubts } from './doubts.ts';
import { effect } from './effect.ts';
import { extract } from './extract.ts';
import type { Look } from './lookup.ts';
import { rekey } from './rekey.ts';
import { noteValues, type Run } from './run.ts';
import { validate } from './validate.ts';

/** The task as a bot sees it. */
export function botTask(run: Run): BotTask<unknown> {
  const look = looker(run);
  return {
    id: run.journal.task.id,
    version: run.journal.task.botVersion ?? run.bot.card.version,
    input: run.journal.task.input,
    extract: async (extractor, paper, options) => {
      const name = stepName(run, `extract ${extractor.name}`, options?.as);
      const draft = await remembered(run, name, 'extract', () => extract(run, extractor, paper, name));
      await recallDoubts(run, name);
      run.extracted.push({ extractor: extractor.name, paper, draft: draft as Draft<Record<string, unknown>> });
      return draft;
    },
    validate: (record, draft, options) =>
      validate(run, record, draft, stepName(run, `validate ${record.name}`, options?.as), look),
    rekey: (screen, record, options) =>
      rekey(run, screen, record, stepName(run, `rekey ${screen.record.name}`, options?.as)),
    effect: (name, definition) => effect(run, stepName(run, name), definition),
    look: (lookup, query, options) => {
      const name = stepName(run, `look ${lookup.name}`, options?.as);
      return remembered(run, name, 'look', () => look(lookup, query));
    },
    step: (name, act) => remembered(run, stepName(run, name), 'step', async () => act()),
    ask: (question, answer, show) => ask(run, question, answer, show, stepName(run, question)),
  };
}

function looker(run: Run): Look {
  return (lookup, query) => {
    run.apps.add(lookup.app);
    noteValues(run, query);
    const find = async (session: Session) => {
      run.signal.throwIfAborted();
      const found = await lookup.find(session, query);
      noteValues(run, found);
      return found;
    };
    return run.services.sessions.use(lookup.app, find, run.signal);
  };
}

/** A step is remembered by name, so a name can stand for one step only. */
function stepName(run: Run, usual: string, as?: string): string {
  const name = as ?? usual;
  if (run.names.has(name)) {
    throw new Defect(
      'step-named-twice',
      `The bot ${run.bot.card.name} uses the step name "${name}" twice; give one another name with { as }.`,
    );
  }
  run.names.add(name);
  return name;
}

/** Runs a step once in the task's life; afterwards it returns what it returned. The journal refuses what JSON would change. */
async function remembered<R>(run: Run, name: string, kind: StepKind, act: () => Promise<R>): Promise<R> {
  const before = await run.journal.recall(name);
  if (before) {
    if (kind === 'look') noteValues(run, before.value);
    return before.value as R;
  }
  const value = await within({ step: name }, act);
  await run.journal.remember(name, kind, value);
  // A copy, as a later run gets one: what the bot does to it must not differ from run to run.
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

/** What any bot that reads a paper takes as its document. */
export const documentRef = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  mime: z.string(),
});
