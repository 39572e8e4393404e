export type { AppAccount } from './apps.ts';
export { describeConfig, type SettingLine, settingsTable } from './describe.ts';
export { ConfigError, type SettingFault } from './faults.ts';
export { type Config, loadConfig, type Profile, withoutSettings } from './load.ts';
