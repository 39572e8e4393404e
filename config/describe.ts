import { Secret } from '#core';
import type { Config } from './load.ts';
import { SETTINGS, type Setting } from './settings.ts';

/** One setting as a person may see it: secrets are masked. */
export interface SettingLine {
  readonly variable: string;
  readonly value: string;
  readonly from: 'environment' | 'default' | 'derived';
  readonly doc: string;
}

/** Every setting in force and where it came from, for `rekey doctor`. */
export function describeConfig(config: Config): readonly SettingLine[] {
  const from = (variable: string) => (config.setBy.has(variable) ? 'environment' : 'default');
  const settings = namedSettings().map(([name, { variable, doc }]): SettingLine => {
    return { variable, value: shown(config[name]), from: from(variable), doc };
  });
  const apps = Object.entries(config.apps).map(([name, { url, user }]): SettingLine => {
    const variable = `REKEY_APP_${name.toUpperCase().replaceAll('-', '_')}_URL`;
    return { variable, value: `${url} as ${user}`, from: 'environment', doc: `Application ${name}.` };
  });
  const doc = 'Follows from DATABASE_URL and REDIS_URL.';
  return [{ variable: 'profile', value: config.profile, from: 'derived', doc }, ...settings, ...apps];
}

/** The table of settings in docs/operations.md. */
export function settingsTable(): string {
  const rows = namedSettings().map(([, { variable, doc, fallback, fallbackText }]) => {
    return `| \`${variable}\` | ${fallbackText ?? `\`${shown(fallback({ cores: 1 }))}\``} | ${doc} |`;
  });
  return ['| variable | default | what it is |', '|---|---|---|', ...rows].join('\n');
}

function namedSettings(): readonly [keyof typeof SETTINGS, Setting<unknown>][] {
  return Object.entries(SETTINGS) as [keyof typeof SETTINGS, Setting<unknown>][];
}

function shown(value: unknown): string {
  if (value === undefined) return 'not set';
  if (value instanceof Secret) return value.toString();
  return value === true ? '1' : value === false ? '0' : String(value);
}
