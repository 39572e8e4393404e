import path from 'node:path';
import { chromium, type LaunchOptions } from 'playwright-core';
import { openArchive } from '#archive';
import { apps, bots } from '#bots';
import { type Config, withoutSettings } from '#config';
import { startConsole } from '#console';
import { type Clock, InvalidInput, type Logger, newId, type Office, SystemException } from '#core';
import { openReaders, quarterTurn, type Readers } from '#extractors';
import { announce, finishErasures, forgetPapersIn, localOffice, type OfficeBot, watchInbox } from '#office';
import {
  announceVersions,
  everySo,
  openDispatch,
  startReconciler,
  startScheduler,
  startWorker,
  type WorkerOptions,
} from '#queues';
import {
  type Bot,
  type BotLine,
  botLines,
  inputProblems,
  judgeAnswer,
  openSessions,
  paperReader,
  refusal,
  rulesOf,
  runTask,
  type Services,
} from '#runner';
import type { OpenStore } from '#store';
import { openAccounts } from './accounts.ts';
import { findBrowser } from './bin/browser.mjs';
import { chosenOcr } from './ownCode.ts';
import { openRecord } from './record.ts';
import { learningGate } from './trust.ts';

/** What is opened is closed in the opposite order, whatever else fails. */
type Closing = () => Promise<unknown>;

/** An installation without anything running in it: enough to submit, look and answer. */
export interface Installation {
  readonly config: Config;
  readonly office: Office;
  readonly store: OpenStore;
  close(): Promise<void>;
}

interface Opened extends Installation {
  readonly lines: readonly BotLine[];
  readonly services: Services;
  readonly dispatch: Awaited<ReturnType<typeof openDispatch>>;
  readonly readers: Readers;
  readonly finishErasures: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What runs: workers for every bot, the console, the inbox, schedules and the reconciler; or some of them. */
export interface Running extends Installation {
  /** Where the console is; null without one. */
  readonly url: string | null;
}

export interface Roles {
  readonly work: boolean;
  readonly console: boolean;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly log: Logger;
  /** Other bots than this checkout's: for tests. */
  readonly bots?: readonly Bot[];
}

/** Seconds that runs under way get to end by themselves when the process is asked to stop. */
const DRAIN_SECONDS = 20;

/** How often erasures are looked for whose process died before all files were gone. */
const ERASURES_EVERY_SECONDS = 60;

/** Pixels of a page picture, so that it stays sharp when a person looks closer. */
const PICTURE_WIDTH = 1600;

/** Opens the record, the archive, dispatch and the readers, and puts an office in front of them. */
export async function openInstallation(config: Config, surroundings: Surroundings): Promise<Installation> {
  return open(config, surroundings);
}

/** Opens the installation and starts what it is for. `close` lets runs under way end first. */
export async function startRekey(config: Config, roles: Roles, surroundings: Surroundings): Promise<Running> {
  const opened = await open(config, surroundings);
  const closings: Closing[] = [opened.close];
  const close = () => closeAll(closings);
  try {
    // What does not open is told now, not at the first paper.
    await opened.readers.openEngine();
    if (roles.work) await startWorking(opened, closings);
    const url = roles.console ? await startServing(opened, closings) : null;
    return { ...opened, url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Workers for every bot, and the two that keep them in work: the reconciler and the scheduler. */
async function startWorking(opened: Opened, closings: Closing[]): Promise<void> {
  const { config, lines, store, dispatch, services, clock, log } = opened;
  const { workers: concurrency, leaseSeconds } = config;
  const worker = `${process.pid}-${newId()}`;
  closings.push(() => services.sessions.close());
  const cards = lines.map(({ card }) => card);
  const working = lines.map((line) => {
    const perform: WorkerOptions['perform'] = ({ task }, journal, signal) =>
      runTask(line.of(task.botVersion), journal, services, signal);
    return startWorker({ store, dispatch, bot: line.card, concurrency, perform, worker, leaseSeconds, clock, log });
  });
  closings.push(async () => {
    const started = await Promise.allSettled(working);
    const workers = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    await Promise.all(workers.map((each) => each.drain(DRAIN_SECONDS)));
  });
  await Promise.all(working);

  const lanes = cards.map(({ name }) => name);
  const reconciler = startReconciler({ store, dispatch, lanes, clock, log });
  closings.push(() => reconciler.stop());
  await reconciler.reconcileOnce();
  const scheduler = startScheduler({ store, bots: cards, dispatch, clock, log });
  closings.push(() => scheduler.stop());
  const versions = announceVersions({ store, bots: cards, clock, log });
  closings.push(() => versions.stop());
}

/**
 * The inbox and the console; the data folder tells where it is. Erasures that were cut off are ended here, where the
 * inbox is.
 */
async function startServing(opened: Opened, closings: Closing[]): Promise<string> {
  const { config, office, clock, log } = opened;
  const erasures = everySo(ERASURES_EVERY_SECONDS, clock, log, opened.finishErasures);
  closings.push(() => erasures.stop());
  const inbox = await watchInbox({ folder: config.inbox, office, log });
  closings.push(() => inbox.close());
  const { host, port, token } = config;
  const webRoot = path.join(import.meta.dirname, 'console/web/dist');
  const served = await startConsole({ office, host, port, webRoot, log, ...(token && { token: token.reveal() }) });
  closings.push(() => served.close());
  const announced = await announce(config.data, { url: served.url, pid: process.pid });
  closings.push(() => announced.withdraw());
  return served.url;
}

async function open(config: Config, { clock, log, bots: ours = bots }: Surroundings): Promise<Opened> {
  const folder = (name: string) => path.join(config.data, name);
  const lines = botLines(ours);
  const store = await openRecord(config, log);
  const closings: Closing[] = [() => store.close()];
  try {
    const dispatch = await openDispatch(
      config.redisUrl ? { kind: 'redis', url: config.redisUrl.reveal() } : { kind: 'postgres', pool: store.pool },
      { log },
    );
    closings.push(() => dispatch.close());
    const readers = openReaders({
      workers: config.readers,
      ocr: () => chosenOcr(config),
      cache: folder('readings'),
      limits: { pages: config.pages },
      environment: withoutSettings(process.env),
      log,
    });
    closings.push(() => readers.close());
    const archive = openArchive(folder('archive'));
    const today = () => new Date(clock.now()).toISOString().slice(0, 10);
    const gate = await learningGate(config, store);
    const forgetPapers = async (papers: readonly string[]) => {
      await Promise.all([readers.forget(papers), forgetPapersIn(config.inbox, papers)]);
    };
    const office = localOffice({
      store,
      archive,
      dispatch,
      bots: lines.map((line) => officeBot(line, today)),
      applications: apps.map(rulesOf),
      defaultBot: config.defaultBot,
      inspect: (bytes) => inspect(readers, bytes),
      pageImage: (bytes, page, rotation) => pageImage(readers, bytes, page, rotation),
      trust: gate,
      forgetPapers,
      clock,
    });
    const services: Services = {
      archive,
      maskEvidence: config.maskEvidence,
      reader: paperReader(readers),
      memory: store.memory,
      papers: store.papers,
      sessions: openSessions({
        launch: (options) => launchBrowser(config, options),
        archive,
        limits: { megabytes: config.browserMegabytes, windowMinutes: config.windowMinutes },
        accounts: openAccounts(config, store, { clock, log }),
        access: store.access,
        holder: `${process.pid}-${newId()}`,
        leaseSeconds: config.leaseSeconds,
        onWork: (lanes) => lanes.forEach((lane) => void dispatch.ticket(lane)),
        log,
      }),
      accepts: gate.accepts,
      sampled: gate.sampled,
      today,
      clock,
      log,
    };
    const finish = () => finishErasures({ store, archive, forgetPapers });
    const close = () => closeAll(closings);
    return { config, lines, office, store, dispatch, services, readers, finishErasures: finish, clock, log, close };
  } catch (error) {
    await closeAll(closings);
    throw error;
  }
}

async function closeAll(closings: readonly Closing[]): Promise<void> {
  const failures: unknown[] = [];
  for (const closing of closings.toReversed()) await closing().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
}

function officeBot(line: BotLine, today: () => string): OfficeBot {
  return {
    card: line.card,
    inputProblems: (input) => inputProblems(line.newest, input),
    answerProblems: (question, values, version) => judgeAnswer(line.of(version), question, values, today()),
  };
}

/** A paper the readers refuse is the sender's matter; that they cannot look at it now is ours, and is thrown. */
async function inspect(readers: Readers, bytes: Uint8Array) {
  try {
    return { mime: (await readers.probe(bytes)).mime };
  } catch (error) {
    const refused = refusal(error);
    if (!refused) throw error;
    return { refused };
  }
}

/** Whoever looks through a paper asks for the page behind its last one, too. */
async function pageImage(readers: Readers, bytes: Uint8Array, page: number, rotation: number): Promise<Uint8Array> {
  try {
    return await readers.renderPage(bytes, page, { rotation: quarterTurn(rotation), width: PICTURE_WIDTH });
  } catch (error) {
    if (!refusal(error)) throw error;
    throw new InvalidInput('unknown-page', 'page', 'The paper has no such page, or none that can be shown.');
  }
}

async function launchBrowser({ browser, headed }: Config, options: LaunchOptions) {
  const executablePath = browser ?? (await findBrowser(process.env));
  if (!executablePath) {
    throw new SystemException(
      'browser-missing',
      'No browser was found: install Chromium or Chrome, or set REKEY_BROWSER.',
    );
  }
  const env = withoutSettings(process.env);
  return chromium.launch({ ...options, executablePath, headless: !headed, env });
}
