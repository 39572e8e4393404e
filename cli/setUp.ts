import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type Config, describeConfig } from '#config';
import { InvalidInput, RekeyError, systemClock } from '#core';
import { runningInstance } from '#office';
import { vaultOf } from '../accounts.ts';
import { findBrowser } from '../bin/browser.mjs';
import { chosenOcr } from '../ownCode.ts';
import { accountFindings, type Finding } from './accounts.ts';
import { applicationFindings } from './applications.ts';
import { EXIT } from './failure.ts';
import { botFiles, registered } from './newBot.ts';
import { print, show } from './show.ts';
import { everything, loudly, officeAt, settings } from './surroundings.ts';

export function setUpCommands(program: Command): void {
  program
    .command('doctor')
    .description('Show the settings in force, and whether what Rekey needs is there.')
    .option('--json', 'print JSON', false)
    .action(doctor);

  program
    .command('new')
    .description('Begin something new.')
    .command('bot')
    .description('Write the files of a new bot, ready to run, and register it.')
    .argument('<name>', 'kebab-case')
    .action(newBot);
}

async function doctor({ json }: { json: boolean }): Promise<void> {
  const config = settings();
  const findings = [nodeVersion(), await browser(config), await ocr(config), ...(await record(config))];
  if (findings.some(({ ok }) => !ok)) process.exitCode = EXIT.unavailable;
  if (json) return print(JSON.stringify({ settings: describeConfig(config), findings }));
  show(
    describeConfig(config),
    false,
    [
      ['setting', (line) => line.variable],
      ['value', (line) => line.value],
      ['from', (line) => line.from],
    ],
    '',
  );
  print('');
  show(
    findings,
    false,
    [
      ['', ({ ok }) => (ok ? 'ok' : 'NOT')],
      ['check', ({ check }) => check],
      ['found', ({ found }) => found],
    ],
    '',
  );
}

function nodeVersion(): Finding {
  const ok = Number(process.versions.node.split('.')[0]) >= 24;
  return { check: 'Node 24', ok, found: ok ? process.version : `${process.version}: run npm ci` };
}

async function browser({ browser: chosen }: Config): Promise<Finding> {
  const found = chosen ?? (await findBrowser(process.env));
  return {
    check: 'browser',
    ok: found !== undefined,
    found: found ?? 'none: install Chromium or Chrome, or set REKEY_BROWSER',
  };
}

async function ocr(config: Config): Promise<Finding> {
  const check = 'OCR';
  try {
    const { checkOcr } = await import('#extractors');
    const chosen = await chosenOcr(config);
    await checkOcr(chosen);
    if ('close' in chosen) await chosen.close();
    return { check, ok: true, found: `${config.ocr}, ${config.languages.join(', ')}` };
  } catch (error) {
    if (!(error instanceof RekeyError || error instanceof InvalidInput)) throw error;
    return { check, ok: false, found: error.message };
  }
}

async function record(config: Config): Promise<readonly Finding[]> {
  const check = 'record and dispatch';
  const instance = await runningInstance(config.data);
  if (instance && config.profile === 'embedded') {
    const inUse = { check, ok: true, found: `in use by the instance at ${instance.url}, accounts are not looked at` };
    return [inUse, ...applicationFindings(await officeAt(instance, config).applications())];
  }
  try {
    const [{ openInstallation }, { apps }] = await Promise.all([everything(), import('#bots')]);
    const installation = await openInstallation(config, loudly(config));
    const looks = [
      vaultOf(config, installation.store, systemClock).list(),
      installation.office.applications(),
    ] as const;
    const [accounts, applications] = await Promise.all(looks).finally(() => installation.close());
    const opened = { check, ok: true, found: `${config.profile}, opened and closed` };
    const known = apps.map(({ name }) => name);
    const found = accountFindings(config, accounts, known, systemClock.now());
    return [opened, ...found, ...applicationFindings(applications)];
  } catch (error) {
    const message = error instanceof RekeyError ? error.message : 'see the log lines above';
    return [{ check, ok: false, found: `${config.profile} does not open: ${message}` }];
  }
}

const ROOT = path.dirname(import.meta.dirname);

async function newBot(name: string): Promise<void> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new InvalidInput('bad-name', 'name', 'Give the bot a name in kebab-case, such as travel-expense.');
  }
  const folder = path.join(ROOT, 'bots', name);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (isThere) throw new InvalidInput('name-taken', 'name', `There is a bots/${name} already.`);
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(botFiles(name))) await writeFile(path.join(folder, file), text);
  const index = path.join(ROOT, 'bots', 'index.ts');
  await writeFile(index, registered(await readFile(index, 'utf8'), name));
  print(`bots/${name} is written and registered. Read its bot.ts, then: npx rekey run ${name} <file>`);
}
