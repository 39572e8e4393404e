import path from 'node:path';
import { z } from 'zod';
import { Secret } from '#core';

/** What the defaults of some settings are taken from. */
export interface Machine {
  readonly cores: number;
}

/** One setting: where it is read, what it may be, what it is when nobody sets it. */
export interface Setting<T> {
  readonly variable: string;
  readonly kind: z.ZodType<T, string>;
  /** What the kind asks for, as it follows "expected" in a fault. */
  readonly expected: string;
  readonly doc: string;
  readonly fallback: (machine: Machine) => T;
  /** The default as the docs name it, where it is not the same everywhere. */
  readonly fallbackText?: string;
}

interface Kind<T> {
  readonly type: z.ZodType<T, string>;
  readonly expected: string;
}

const text: Kind<string> = { type: z.string(), expected: 'some text' };
const folder: Kind<string> = { type: z.string().transform((value) => path.normalize(value)), expected: 'a folder' };
const secret: Kind<Secret> = { type: z.string().transform((value) => new Secret(value)), expected: 'some text' };
const keys: Kind<Secret> = {
  type: z
    .string()
    .regex(/^[\w+/-]{43}=?(,[\w+/-]{43}=?)*$/)
    .transform((value) => new Secret(value)),
  expected: '32 bytes in base64, or several such with commas between',
};
const file: Kind<string> = { ...folder, expected: 'a file' };
const yesOrNo: Kind<boolean> = { type: z.stringbool(), expected: '1 or 0' };
const level: Kind<'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'> = {
  type: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
  expected: 'one of trace, debug, info, warn, error, silent',
};
const moreThanZero: Kind<number> = {
  type: decimal(z.number().positive().max(1000)),
  expected: 'a number above 0, at most 1000',
};
const shareOfOne: Kind<number> = { type: decimal(z.number().min(0).max(1)), expected: 'a share from 0 to 1' };
const labelOrigin: Kind<'public' | 'demo'> = { type: z.enum(['public', 'demo']), expected: 'public or demo' };
const ocrEngine: Kind<string> = {
  type: z.string().regex(/^native$|\.[cm]?[jt]s$/),
  expected: 'tesseract.js, native, or a file that ends in .ts or .js',
};
const languages: Kind<readonly string[]> = {
  type: z
    .string()
    .regex(/^[a-z]{3}(_[a-z]+)?(,[a-z]{3}(_[a-z]+)?)*$/)
    .transform((value) => value.split(',')),
  expected: 'names of three letters, with commas between: eng,deu',
};
const botName: Kind<string> = {
  type: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  expected: 'a name in small letters, digits and hyphens',
};

function whole(min: number, max: number): Kind<number> {
  return { type: decimal(z.int().min(min).max(max)), expected: `a whole number from ${min} to ${max}` };
}

/** Digits only: `Number` alone would take '', '0x1F' and '1e3' too. */
function decimal(number: z.ZodType<number, number>): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(number);
}

function serverAddress(...schemes: string[]): Kind<Secret> {
  const isAddress = (value: string) => schemes.includes(URL.parse(value)?.protocol.slice(0, -1) ?? '');
  return {
    type: z
      .string()
      .refine(isAddress)
      .transform((value) => new Secret(value)),
    expected: `an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  };
}

function required<T>(variable: string, kind: Kind<T>, fallback: T, doc: string): Setting<T> {
  return { variable, kind: kind.type, expected: kind.expected, doc, fallback: () => fallback };
}

function optional<T>(variable: string, kind: Kind<T>, fallbackText: string, doc: string): Setting<T | undefined> {
  return { ...required<T | undefined>(variable, kind, undefined, doc), fallbackText };
}

function byMachine<T>(
  variable: string,
  kind: Kind<T>,
  fallback: (machine: Machine) => T,
  fallbackText: string,
  doc: string,
): Setting<T> {
  return { variable, kind: kind.type, expected: kind.expected, doc, fallback, fallbackText };
}

/** Every setting Rekey knows, in the order the docs list them. */
export const SETTINGS = {
  data: required('REKEY_DATA', folder, '.rekey', 'Folder of the embedded database, the papers and the evidence.'),
  databaseUrl: optional(
    'DATABASE_URL',
    serverAddress('postgres', 'postgresql'),
    'embedded database',
    'PostgreSQL server to keep the record on.',
  ),
  connections: required(
    'REKEY_CONNECTIONS',
    whole(2, 1000),
    24,
    'Connections to PostgreSQL that one process opens at the most; without Redis each bot listens on one of them.',
  ),
  databaseSeconds: required(
    'REKEY_DATABASE_SECONDS',
    whole(1, 600),
    15,
    'Longest a statement on PostgreSQL may take; a connection that is silent for half as long again is given up.',
  ),
  redisUrl: optional(
    'REDIS_URL',
    serverAddress('redis', 'rediss'),
    'none',
    'Redis server that dispatches the work; needs DATABASE_URL.',
  ),
  host: required(
    'REKEY_HOST',
    text,
    '127.0.0.1',
    'Address the console listens on; any but loopback needs REKEY_TOKEN.',
  ),
  port: required('REKEY_PORT', whole(0, 65_535), 7373, 'Port of the console; 0 takes a free one.'),
  token: optional('REKEY_TOKEN', secret, 'none', 'What a person or program must show to use the console.'),
  key: optional(
    'REKEY_KEY',
    keys,
    'none',
    'Keys of the stored credentials, the current one first, with commas between; see Credentials.',
  ),
  keyFile: optional('REKEY_KEY_FILE', file, 'none', 'File with those keys instead, one a line.'),
  log: required(
    'REKEY_LOG',
    level,
    'info',
    'Least serious log line to write: trace, debug, info, warn, error, silent.',
  ),
  browser: optional('REKEY_BROWSER', text, 'found', 'Program file of the Chromium or Chrome to drive.'),
  headed: required('REKEY_HEADED', yesOrNo, false, '1 shows the browser at work.'),
  browserMegabytes: required(
    'REKEY_BROWSER_MB',
    whole(200, 100_000),
    2000,
    'Memory all processes of the browser may hold together; beyond it another takes its place between two tasks.',
  ),
  windowMinutes: required(
    'REKEY_WINDOW_MINUTES',
    whole(1, 100_000),
    240,
    'Age at which a bot changes to a fresh window, with the same sign-in.',
  ),
  maskEvidence: required(
    'REKEY_MASK_EVIDENCE',
    yesOrNo,
    false,
    '1 masks everything in pictures of applications but captions that a screen names, and keeps no pictures of other pages.',
  ),
  workers: byMachine(
    'REKEY_WORKERS',
    whole(1, 256),
    ({ cores }) => cores,
    'cores',
    'Tasks of one bot worked at the same time.',
  ),
  readers: byMachine(
    'REKEY_READERS',
    whole(1, 256),
    ({ cores }) => Math.max(1, cores - 1),
    'cores − 1, at least 1',
    'Child processes that read papers.',
  ),
  ocr: required(
    'REKEY_OCR',
    ocrEngine,
    'tesseract.js',
    'What reads pictures: tesseract.js, native for the tesseract command of this machine, or a file of your own that opens an engine; see [reading](reading.md#another-engine).',
  ),
  languages: required(
    'REKEY_LANGUAGES',
    languages,
    ['eng', 'deu'],
    "Languages of papers, as tesseract names them, the usual one first; tesseract.js takes each from npm's @tesseract.js-data.",
  ),
  pages: required(
    'REKEY_PAGES',
    whole(1, 10_000),
    200,
    'Pages a paper may have; one with more goes to a person unread. Reading may take six seconds for each of them.',
  ),
  wrongPerThousand: required(
    'REKEY_WRONG_PER_THOUSAND',
    moreThanZero,
    5,
    'Error budget: wrong fields in a thousand that a bot may accept unseen. Less sends more to people.',
  ),
  labels: required(
    'REKEY_LABELS',
    labelOrigin,
    'public',
    "Papers whose labels bear out the error budget while people here have answered too little: public (documents of all sorts), demo (the demo's own).",
  ),
  auditShare: required(
    'REKEY_AUDIT_SHARE',
    shareOfOne,
    0.03,
    'Share of tasks, 0 to 1, that go to a person however sure the bot is: only their answers tell how often it is wrong.',
  ),
  inbox: optional(
    'REKEY_INBOX',
    folder,
    '`inbox` in the data folder',
    'Watched folder: papers put there become tasks.',
  ),
  leaseSeconds: required(
    'REKEY_LEASE_SECONDS',
    whole(5, 600),
    30,
    'How long a silent worker keeps its task before another may take it.',
  ),
  defaultBot: required('REKEY_DEFAULT_BOT', botName, 'supplier-invoice', 'Bot for papers that name none.'),
  evalData: optional(
    'REKEY_EVAL_DATA',
    folder,
    'none',
    'Folder with real papers and their truth, to measure reading on.',
  ),
} as const;

export type Settings = {
  -readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};
