import { isDeepStrictEqual } from 'node:util';
import type { Answer, Draft, Reading } from '#core';
import { ownReading, teach } from '#extractors';
import type { Extracted, Run } from './run.ts';

/**
 * What a person's answer to a record teaches about the papers it was read from. Fields the bot itself changed between
 * reading and asking say nothing of the paper. The answer counts whatever becomes of the learning, which is done again
 * when the run dies before the record is remembered: the same answer teaches once.
 */
export async function learnFromAnswer(
  run: Run,
  shown: Draft<Record<string, unknown>>,
  record: object,
  answer: Answer,
): Promise<void> {
  for (const extracted of run.extracted) {
    try {
      await learnFromPaper(run, extracted, shown, record, answer.by);
    } catch (error) {
      run.signal.throwIfAborted();
      run.services.log.warn({ error, extractor: extracted.extractor }, 'an answer taught nothing');
    }
  }
}

async function learnFromPaper(
  { services, signal }: Run,
  { extractor, paper, draft }: Extracted,
  shown: Draft<Record<string, unknown>>,
  record: object,
  by: string,
): Promise<void> {
  const said = new Map<string, unknown>(Object.entries(record));
  const fields = Object.entries<Reading<unknown>>(draft).filter(
    ([name, { value }]) => isText(said.get(name)) && isDeepStrictEqual(shown[name]?.value, value),
  );
  if (fields.length === 0) return;
  const read = fields.map(([name, reading]): [string, string | null] => [name, textOf(ownReading(reading))]);
  const values = fields.map(([name]): [string, string | null] => [name, textOf(said.get(name))]);
  const { pages } = await services.reader.read(await services.archive.get(paper.sha256), paper, signal);
  const { sha256 } = paper;
  await teach(services.memory, {
    ...{ extractor, sha256, pages, by },
    read: Object.fromEntries(read),
    values: Object.fromEntries(values),
  });
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
