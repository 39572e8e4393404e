import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type AppAccount, isAppVariable, readApps } from './apps.ts';
import { ConfigError, type SettingFault } from './faults.ts';
import { nearest } from './nearest.ts';
import { type Machine, SETTINGS, type Setting, type Settings } from './settings.ts';

/** Where the record is kept and who dispatches the work; follows from the servers that are set. */
export type Profile = 'embedded' | 'postgres' | 'redis';

export interface Config extends Readonly<Settings> {
  readonly profile: Profile;
  readonly inbox: string;
  /** Accounts by the application's name. */
  readonly apps: Readonly<Record<string, AppAccount>>;
  /** Variables that were set; every other setting stands at its default. */
  readonly setBy: ReadonlySet<string>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads all settings and reports all faults together, as a ConfigError. A variable set to nothing counts as not set. */
export function loadConfig(env: Environment, machine: Machine = { cores: availableParallelism() }): Config {
  const given = new Map(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim())));
  const faults: SettingFault[] = [...unknownVariables(given)];
  const settings = readSettings(given, machine, faults);
  const apps = readApps(given, faults);
  if (given.has('REDIS_URL') && !given.has('DATABASE_URL')) {
    const expected = 'DATABASE_URL too, because Redis only dispatches and PostgreSQL keeps the record';
    faults.push({ variable: 'REDIS_URL', problem: 'is set alone', expected });
  }
  if (given.has('REKEY_KEY') && given.has('REKEY_KEY_FILE')) {
    const expected = 'REKEY_KEY or REKEY_KEY_FILE, so that it is plain which keys are in force';
    faults.push({ variable: 'REKEY_KEY_FILE', problem: 'is set beside REKEY_KEY', expected });
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({
    ...settings,
    profile: profileOf(settings),
    inbox: settings.inbox ?? path.join(settings.data, 'inbox'),
    apps,
    setBy: new Set(given.keys()),
  });
}

/** What is left for processes that handle strangers' papers and pages: our settings are not their business, secrets least. */
export function withoutSettings(env: Environment): Environment {
  const ours = new Set<string>(Object.values(SETTINGS).map(({ variable }) => variable));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('REKEY_') && !ours.has(name)));
}

function readSettings(given: ReadonlyMap<string, string>, machine: Machine, faults: SettingFault[]): Settings {
  const read = (setting: Setting<unknown>): unknown => {
    const value = given.get(setting.variable);
    if (value === undefined) return setting.fallback(machine);
    const parsed = setting.kind.safeParse(value);
    if (parsed.success) return parsed.data;
    faults.push({ variable: setting.variable, problem: 'cannot be read', expected: setting.expected });
    return undefined;
  };
  return Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, read(setting)])) as Settings;
}

function profileOf({ databaseUrl, redisUrl }: Settings): Profile {
  if (databaseUrl === undefined) return 'embedded';
  return redisUrl === undefined ? 'postgres' : 'redis';
}

/** A mistyped name would otherwise be a setting that silently does nothing. */
function* unknownVariables(given: ReadonlyMap<string, string>): Iterable<SettingFault> {
  const known = Object.values(SETTINGS).map(({ variable }) => variable);
  for (const variable of given.keys()) {
    if (!variable.startsWith('REKEY_') || known.some((name) => name === variable) || isAppVariable(variable)) continue;
    yield { variable, problem: 'is not a setting', expected: `a known name such as ${nearest(variable, known)}` };
  }
}
