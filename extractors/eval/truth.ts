import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InvalidInput } from '#core';

const value = z.union([z.string(), z.number()]);
const place = z.number().optional();
/** A word of a transcript; without a box where nobody drew one. */
const word = z.looseObject({ text: z.string(), x0: place, y0: place, x1: place, y1: place });
const item = z.looseObject({ description: z.string().nullish(), line_total: value.nullish() });

const truth = z.looseObject({
  /** Path below the folder that holds the sets. */
  file: z.string(),
  dayfirst: z.boolean().default(true),
  fields: z.record(z.string(), z.union([value, z.array(value)]).nullable()).default({}),
  /** The fields that can be read on the page; all where absent. */
  visible: z.array(z.string()).optional(),
  types: z.record(z.string(), z.string()).default({}),
  items: z.array(item).default([]),
  kv: z.array(z.tuple([z.string(), z.string()])).optional(),
  text: z.string().nullish(),
  words: z.array(word).default([]),
  /** Odd files: what two other readers made of it, and the words both saw. */
  state: z.enum(['readable', 'disputed', 'unreadable', 'password']).optional(),
  ref_words: z.array(z.string()).nullish(),
});
/** What is right for one file, as a line of `manifest.jsonl` says it. */
export type Truth = z.infer<typeof truth>;

const given = z.object({
  value: z.unknown(),
  conf: z.number().optional(),
  confidence: z.number().optional(),
  reader: z.string().optional(),
});
const prediction = z.looseObject({
  file: z.string(),
  fields: z.record(z.string(), z.unknown()).default({}),
  items: z.array(item).default([]),
  kv: z.array(z.tuple([z.string(), z.string()])).default([]),
  text: z.string().nullish(),
  words: z.array(word).default([]),
  route: z.string().nullish(),
  error: z.string().nullish(),
  error_kind: z.string().nullish(),
  ms: z.number().optional(),
});
/** What was read: a line of `rekey read` or `rekey extract`, or both in one. */
export type Prediction = z.infer<typeof prediction>;

/** A file's truth, and what was read of it; nothing where no line was written. */
export interface Judged {
  readonly truth: Truth;
  readonly prediction: Prediction | undefined;
}

export interface EvalSet {
  readonly name: string;
  readonly truths: readonly Truth[];
}

export interface Given {
  readonly values: readonly unknown[];
  readonly confidence: number;
}

/** What was read for a field; undefined where that is nothing. A value without a confidence counts as sure. */
export function givenFor(prediction: Prediction | undefined, field: string): Given | undefined {
  const said = prediction?.fields[field];
  const parsed = given.safeParse(said);
  const about = parsed.success ? parsed.data : { value: said };
  const values = Array.isArray(about.value) ? about.value : [about.value];
  const filled = values.filter((each) => each !== null && each !== undefined && each !== '');
  if (filled.length === 0) return undefined;
  return { values: filled, confidence: about.conf ?? about.confidence ?? 1 };
}

/** Whether the paper's own data say some of its fields. */
export function carriesData(prediction: Prediction | undefined): boolean {
  return Object.values(prediction?.fields ?? {}).some((said) => given.safeParse(said).data?.reader === 'data');
}

/** Every folder below `root` with a `manifest.jsonl`, by name; throws `InvalidInput` where there is none. */
export async function findSets(root: string): Promise<EvalSet[]> {
  const names = (await readdir(root).catch(() => [])).sort();
  const sets: EvalSet[] = [];
  for (const name of names) {
    const manifest = path.join(root, name, 'manifest.jsonl');
    if (await stat(manifest).catch(() => undefined)) sets.push({ name, truths: await readLines(manifest, truth) });
  }
  if (sets.length === 0) {
    throw new InvalidInput(
      'no-sets',
      root,
      'No folder in here has a manifest.jsonl, so there is nothing to measure on.',
    );
  }
  return sets;
}

/** What a file of JSON lines predicts, by the path below `root`. */
export async function readPredictions(file: string, root: string): Promise<ReadonlyMap<string, Prediction>> {
  const lines = await readLines(file, prediction);
  return new Map(lines.map((line) => [path.relative(root, line.file).replaceAll(path.sep, '/'), line]));
}

async function readLines<S extends z.ZodType>(file: string, schema: S): Promise<z.infer<S>[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [parsedLine(schema, line, `${file}:${i + 1}`)]));
}

function parsedLine<S extends z.ZodType>(schema: S, line: string, where: string): z.infer<S> {
  const parsed = schema.safeParse(jsonOf(line));
  if (parsed.success) return parsed.data;
  throw new InvalidInput(
    'bad-line',
    where,
    `Not a line of the format: ${parsed.error.issues[0]?.path.join('.') ?? ''}`,
  );
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
