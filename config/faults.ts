import { InvalidInput } from '#core';

/** One variable that cannot be taken as it stands. Holds no value: it may be a secret. */
export interface SettingFault {
  readonly variable: string;
  readonly problem: string;
  readonly expected: string;
}

/** Everything that is wrong with the settings, at once, so that they are mended in one go. */
export class ConfigError extends InvalidInput {
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    const lines = faults.map(({ variable, problem, expected }) => `  ${variable} ${problem}: expected ${expected}`);
    const variables = faults.map(({ variable }) => variable).join(', ');
    super('bad-settings', variables, ['Settings that cannot be used:', ...lines].join('\n'));
    this.faults = faults;
  }
}
