import { z } from 'zod';

/** What the API answers, in the types of core; handlers that return something else do not compile. */

export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

export const taskState = z.enum(['ready', 'running', 'waiting', 'done', 'rejected']);
const choice = z.enum(['answer', 'again', 'correct', 'there', 'key-again', 'accept', 'by-hand', 'reject']);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Give a sha256 in 64 hex digits');
export const values = z.record(z.string(), z.unknown());

const documentRef = z.object({ sha256: z.string(), name: z.string(), mime: z.string() });
const box = { page: z.number(), x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() };
const rotation = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);

const source = z.object({
  ...box,
  paper: z.string(),
  reader: z.enum(['text', 'ocr', 'data', 'person', 'record']),
  by: z.string().optional(),
  width: z.number(),
  height: z.number(),
  rotation,
});
const reading = z.object({
  value: z.unknown(),
  probability: z.number(),
  absent: z.number(),
  sources: list(source),
  alternatives: list(z.object({ value: z.unknown(), probability: z.number() })),
  evidence: list(z.string()),
  clues: z.record(z.string(), z.number()).optional(),
  group: z.string().optional(),
  rule: z.string().optional(),
});

export const task = z.object({
  id: z.string(),
  bot: z.string(),
  botVersion: z.string().nullable(),
  key: z.string(),
  input: z.looseObject({ document: documentRef.optional() }),
  state: taskState,
  reason: z.string().nullable(),
  skill: z.string(),
  value: z.number(),
  receivedAt: z.string(),
  dueAt: z.string(),
  endedAt: z.string().nullable(),
  attempt: z.number(),
  output: z.unknown(),
});
const standing = z.object({
  hold: z.enum(['line', 'run', 'silent', 'later', 'application', 'key', 'person', 'version', 'stopped']),
  code: z.string().nullable(),
  since: z.string(),
  until: z.string().nullable(),
  of: z.string().nullable(),
  by: z.string().nullable(),
});
export const listedTask = task.extend({ standing: standing.nullable() });

const comparison = z.object({ field: z.string(), wanted: z.unknown(), shown: z.unknown(), same: z.boolean() });
const evidence = z.object({ label: z.string(), sha256: z.string() });
export const problem = z.object({ code: z.string(), fields: list(z.string()), message: z.string() });

export const humanTask = z.object({
  id: z.string(),
  task: z.string(),
  bot: z.string(),
  skill: z.string(),
  state: z.enum(['open', 'claimed', 'answered']),
  askedAt: z.string(),
  dueAt: z.string(),
  claimedBy: z.string().nullable(),
  claimedUntil: z.string().nullable(),
  answer: z
    .object({ choice, values: z.unknown(), by: z.string(), at: z.string(), inSpiteOf: list(z.string()) })
    .nullable(),
  step: z.string(),
  kind: z.enum(['validate', 'ask', 'business', 'technical', 'differs', 'in-doubt']),
  code: z.string(),
  title: z.string(),
  choices: list(choice),
  form: z.unknown(),
  record: z.string().nullable(),
  draft: z.record(z.string(), reading),
  problems: list(problem),
  sampled: z.boolean().optional(),
  compared: list(comparison),
  papers: list(documentRef),
  evidence: list(evidence),
});

const receipt = z.object({
  application: z.string(),
  reference: z.string(),
  compared: list(comparison),
  evidence: list(evidence),
  provenAt: z.string(),
});
const effect = z.object({
  step: z.string(),
  application: z.string(),
  screen: z.string(),
  key: z.string(),
  state: z.enum(['intended', 'proven', 'withdrawn', 'left']),
  record: z.unknown(),
  intendedAt: z.string(),
  ageSeconds: z.number(),
  receipt: receipt.nullable(),
  closed: z.object({ because: z.string(), by: z.string().nullable() }).nullable(),
});
const step = z.object({
  name: z.string(),
  kind: z.enum(['step', 'extract', 'validate', 'ask', 'look', 'rekey']),
  value: z.unknown(),
  at: z.string(),
});
export const taskEvent = z.object({
  seq: z.number(),
  at: z.string(),
  task: z.string(),
  bot: z.string(),
  kind: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const legalHold = z.object({ why: z.string(), by: z.string(), at: z.string() });
export const taskAbout = z.object({
  task: z.string(),
  bot: z.string(),
  state: taskState,
  receivedAt: z.string(),
  endedAt: z.string().nullable(),
  paper: z.string().nullable(),
  legalHold: legalHold.nullable(),
  found: list(z.enum(['input', 'output', 'steps', 'effects', 'questions'])),
});
export const taskErasure = z.object({ task: z.string(), outcome: z.enum(['erased', 'held', 'open', 'unknown']) });

export const taskStory = z.object({
  task,
  steps: list(step),
  effects: list(effect),
  questions: list(humanTask),
  evidence: list(evidence.extend({ step: z.string(), at: z.string() })),
  events: list(taskEvent),
  standing: standing.nullable(),
  legalHold: legalHold.nullable(),
  erased: z.object({ by: z.string(), at: z.string() }).nullable(),
});

export const orderReceipt = z.object({
  task: z.string(),
  bot: z.string(),
  state: taskState,
  created: z.boolean(),
  promisedAt: z.string(),
  refused: z.object({ code: z.string(), message: z.string() }).nullable(),
});

const counts = z.object({
  ready: z.number(),
  running: z.number(),
  waiting: z.number(),
  done: z.number(),
  rejected: z.number(),
});
const haltedBot = z.object({
  bot: z.string(),
  version: z.string(),
  code: z.string(),
  message: z.string(),
  at: z.string(),
});
export const overview = z.object({
  now: z.string(),
  counts,
  bots: list(
    z.object({
      name: z.string(),
      version: z.string(),
      skill: z.string(),
      promiseSeconds: z.number(),
      counts,
      halted: haltedBot.nullable(),
    }),
  ),
  exceptions: z.number(),
  straightThrough: z.number().nullable(),
  medianSeconds: z.number().nullable(),
  late: z.number(),
  mended: list(
    z.object({
      kind: z.enum(['tickets-lost', 'worker-silent', 'wait-forgotten']),
      bot: z.string(),
      times: z.number(),
      tasks: z.number(),
      lastAt: z.string(),
    }),
  ),
});

export const layoutSummary = z.object({
  id: z.string(),
  extractor: z.string(),
  papers: z.number(),
  fields: list(z.string()),
  learnedAt: z.string(),
});

export const lesson = z.object({
  layout: z.string(),
  field: z.string(),
  version: z.number(),
  state: z.enum(['active', 'inactive', 'replaced', 'reverted']),
  reason: z.string().nullable(),
  body: z.unknown(),
  right: z.number(),
  papers: z.number(),
  paper: z.string(),
  by: z.string(),
  at: z.string(),
});

const trustSetting = z.object({
  of: z.enum(['text', 'ocr', 'text-list', 'ocr-list', 'plugged-in']),
  wrongPerThousand: z.number(),
  testedOn: z.enum(['public', 'demo', 'own']),
  least: z.number().nullable(),
  atMost: z.number().nullable(),
  accepted: z.number(),
  wrong: z.number(),
  share: z.number(),
  labels: z.number(),
});
const shift = z.object({ group: z.string(), by: z.number(), n: z.number(), wrong: z.number() });
export const trustReport = z.object({
  wrongPerThousand: z.number(),
  settings: list(trustSetting),
  costs: list(trustSetting),
  reliability: list(
    z.object({ kind: z.string(), points: list(z.object({ said: z.number(), n: z.number(), right: z.number() })) }),
  ),
  own: z.object({ labels: z.number(), sampled: z.number(), wrong: z.number() }),
  layer: z.object({ version: z.number(), at: z.string(), labels: z.number(), shifts: list(shift) }).nullable(),
});

/** What callers send. */
export const answerBody = z.object({ choice, values: z.unknown().optional(), overrule: z.boolean().optional() });
export const orderBody = z.object({
  bot: z.string().min(1).optional(),
  key: z.string().min(1).max(300).optional(),
  due: z.iso.datetime({ offset: true, message: 'Give an ISO time such as 2026-03-31T12:00:00Z' }).optional(),
  priority: z.number().positive().optional(),
  input: values.optional(),
  document: z.object({ name: z.string().min(1).max(300), base64: z.base64() }).optional(),
});
export type OrderBody = z.infer<typeof orderBody>;

export const faultBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), where: z.string().optional() }),
});
