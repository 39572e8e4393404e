import { type Config, loadConfig, withoutSettings } from '#config';
import { createLogger, type Office, silentLogger, systemClock } from '#core';
import type { OcrChoice, OcrEngine, ReadersOptions } from '#extractors';
import { httpOffice, type Instance, runningInstance } from '#office';
import type { Surroundings } from '../main.ts';
import { chosenOcr } from '../ownCode.ts';

export function settings(): Config {
  return loadConfig(process.env);
}

/**
 * How papers are read: by which engine, in which languages and of how many pages, as the settings say, and by processes
 * that are told none of them. Rejects, before any paper is read, where the engine or its data is not there.
 */
export async function readerChoice(): Promise<
  Pick<ReadersOptions, 'limits' | 'environment'> & { ocr: OcrChoice | OcrEngine }
> {
  const { checkOcr } = await import('#extractors');
  const config = settings();
  const ocr = await chosenOcr(config);
  await checkOcr(ocr);
  return { ocr, limits: { pages: config.pages }, environment: withoutSettings(process.env) };
}

/** Loaded only by commands that need it: databases, browsers and readers take seconds, `rekey tasks` should not. */
export function everything() {
  return import('../main.ts');
}

/** For commands that run: logs go to stderr, stdout is the command's answer. */
export function loudly(config: Config): Surroundings {
  return { clock: systemClock, log: createLogger(config.log, process.stderr) };
}

/** The office of a running instance. */
export function officeAt({ url }: Instance, { token }: Pick<Config, 'token'>): Office {
  return httpOffice({ url, ...(token && { token: token.reveal() }) });
}

/** Asks the instance that runs on this data folder, over its HTTP API; without one, the store itself. */
export async function withOffice<R>(ask: (office: Office) => Promise<R>): Promise<R> {
  const config = settings();
  const instance = await runningInstance(config.data);
  if (instance) return ask(officeAt(instance, config));
  const { openInstallation } = await everything();
  const installation = await openInstallation(config, { clock: systemClock, log: silentLogger });
  try {
    return await ask(installation.office);
  } finally {
    await installation.close();
  }
}
