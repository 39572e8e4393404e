import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { BROWSER_TRACE, knownRecord, type Question, SystemException } from '#core';
import { defineBot, defineRecord, defineScreen, field, type LookUp, named, text } from '#runner';
import { memoryArchive, openBench, services } from '../support/bench.ts';
import { launchChromium, type Page, sessionsAt, site, someApp } from '../support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const schema = z.object({ total: z.string(), iban: z.string() });
type Payment = z.infer<typeof schema>;
const payment = defineRecord({ name: 'payment', schema });

/** An application that shows what it was last sent, with a payee that no screen knows of. */
async function paymentSite() {
  let stored = '';
  const page: Page = (request, response) => {
    const address = new URL(request.url ?? '/', 'http://app');
    if (address.pathname === '/post') stored = address.search;
    const held = new URLSearchParams(stored);
    const row = (caption: string, value: string) => `<tr><td width=90>${caption}</td><td width=400>${value}</td></tr>`;
    const input = (name: string) => `<input name=${name}>`;
    const form = row('Total', input('total')) + row('IBAN', input('iban'));
    const shown = ['total', 'iban']
      .map((name) => row(name === 'iban' ? 'IBAN' : 'Total', held.get(name) ?? ''))
      .join('');
    const body = address.pathname === '/form' ? form : shown + row('Payee', `Payee of ${held.get('iban')}`);
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><form action=/post><table>${body}</table><button>Pay</button></form>`);
  };
  const pages = { '/form': page, '/record': page };
  const { url } = await site(
    new Proxy<Record<string, Page>>(pages, { get: (_, path) => (path === '/sign-in' ? undefined : page) as Page }),
  );
  return { url, isStored: () => stored !== '' };
}

type Screening = Pick<Parameters<typeof defineScreen<Payment>>[0], 'masked' | 'open' | 'echo'>;

/** Keys one payment and gives the task's bench, with the names of the pictures that were kept. */
async function keyed(
  record: Payment,
  { maskEvidence = false, runs = 1, ...changes }: Partial<Screening> & { maskEvidence?: boolean; runs?: number },
) {
  const { url, isStored } = await paymentSite();
  const app = someApp();
  const screen = defineScreen<Payment>({
    ...{ app, record: payment, key: ({ iban }) => iban },
    async lookUp(session): Promise<LookUp> {
      await session.goto('/record');
      return isStored() ? { state: 'there', reference: '1', page: session.page.mainFrame() } : { state: 'absent' };
    },
    async open(session) {
      await session.goto('/form');
      return session.page.mainFrame();
    },
    fields: { total: field(text, named('total'), 'Total'), iban: field(text, named('iban'), 'IBAN') },
    async submit(_, form) {
      await form.getByRole('button').click();
      await form.waitForURL(/post/);
      return { kind: 'posted' };
    },
    ...changes,
  });
  const bot = defineBot({
    ...{ name: 'paying', version: '1', input: schema, output: z.string(), records: [payment] },
    goal: { within: '1h', skill: 'test' },
    run: async (task) => (await task.rekey(screen, await task.validate(payment, knownRecord(task.input)))).reference,
  });
  const { sessions } = sessionsAt(url, { launch: async () => browser });
  onTestFinished(() => sessions.discard(app));
  const bench = await openBench(bot, record);
  const archive = memoryArchive();
  for (let run = 0; run < runs; run++) await bench.run({ services: services({ sessions, archive, maskEvidence }) });
  const { evidence } = await bench.story();
  return { ...bench, archive, pictures: evidence.map(({ label, sha256 }) => [label, sha256]) };
}

const ONE = { total: '1234.50', iban: 'DE02120300000000202051' };
const OTHER_IBAN = { total: '1234.50', iban: 'DE11111111111111111111' };
const ALL_OTHER = { total: '7777.77', iban: 'DE11111111111111111111' };

describe('pictures of an effect', () => {
  it('show the values, where nothing else is said', async () => {
    const [one, other] = [await keyed(ONE, {}), await keyed(OTHER_IBAN, {})];
    expect(one.pictures.map(([label]) => label)).toEqual(['form before submit', 'read-back']);
    expect(one.pictures[0]).not.toEqual(other.pictures[0]);
    expect(one.pictures[1]).not.toEqual(other.pictures[1]);
  });

  it('do not show the fields that a screen masks', async () => {
    const masked = ['iban'] as const;
    const [one, other, another] = [
      await keyed(ONE, { masked }),
      await keyed(OTHER_IBAN, { masked }),
      await keyed(ALL_OTHER, { masked }),
    ];
    expect(one.pictures[0]).toEqual(other.pictures[0]);
    expect(one.pictures[0]).not.toEqual(another.pictures[0]);
  });

  it('show captions alone, where everything is to be masked', async () => {
    const [one, other] = [await keyed(ONE, { maskEvidence: true }), await keyed(ALL_OTHER, { maskEvidence: true })];
    expect(one.pictures).toHaveLength(2);
    expect(one.pictures).toEqual(other.pictures);
  });
});

describe('a question about something technical', () => {
  const open = async () => {
    throw new SystemException('frame-missing', 'Nothing is where it was.');
  };
  const asked = (question: Question) => [question.kind, question.evidence.map(({ label }) => label)];

  it('carries a picture of the page where it failed, and what was done before', async () => {
    const { question } = await keyed(ONE, { open, runs: 4 });
    expect(asked(await question())).toEqual(['technical', ['page where it failed', 'browser trace']]);
  });

  it.each([
    ['everything is to be masked', { maskEvidence: true }],
    ['the screen masks a field', { masked: ['iban'] as const }],
  ])('carries no picture where %s', async (_, changes) => {
    const { question } = await keyed(ONE, { open, runs: 4, ...changes });
    expect(asked(await question())).toEqual(['technical', ['browser trace']]);
  });
});

describe('a trace of what was done before it failed', () => {
  const echo = async () => {
    throw new SystemException('frame-missing', 'The form is gone.');
  };
  /** The one trace that a task left, which could not go on after it had typed its values. */
  async function traceOf(record: Payment): Promise<Uint8Array> {
    const { question, archive } = await keyed(record, { echo, runs: 4 });
    const { evidence } = await question();
    return archive.get(evidence.find(({ label }) => label === BROWSER_TRACE)!.sha256);
  }

  it('is read by Playwright’s own reader, call by call', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rekey-trace-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'trace.zip'), await traceOf(ONE));
    const said = await readTrace(folder, 'open', 'trace.zip');
    expect(said).toMatch(/Actions: +[1-9]/);
    const actions = await readTrace(folder, 'actions');
    expect(actions).toMatch(/Navigate.*\/record.*Navigate.*\/form.*Evaluate/s);
  });

  it('holds nothing of what was typed, signed in with or sent', async () => {
    const trace = Buffer.from(await traceOf(ONE)).toString('latin1');
    expect(trace).toContain('"method":"goto"');
    for (const secret of [ONE.total, ONE.iban, 'secret-password', 'sign-in', 'cookie', 'expression', '"value"']) {
      expect(trace).not.toContain(secret);
    }
  });

  it('is the same for one record as for another, but for its times', async () => {
    const [one, other] = [await traceOf(ONE), await traceOf(ALL_OTHER)];
    expect(calls(one)).toEqual(calls(other));
  });
});

const calls = (trace: Uint8Array) =>
  [
    ...Buffer.from(trace)
      .toString('latin1')
      .matchAll(/"method":"\w+","params":\{[^}]*\}/g),
  ].map(([call]) => call.replace(/:\d+/, ''));

async function readTrace(folder: string, ...words: readonly string[]): Promise<string> {
  const reader = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const { stdout } = await promisify(execFile)(process.execPath, [reader, 'trace', ...words], { cwd: folder });
  return stdout;
}
