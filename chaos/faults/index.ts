import type { Fault } from '../fault.ts';
import { serverFaults } from '../infra/faults.ts';
import { applications } from './applications.ts';
import { browsers } from './browsers.ts';
import { clocks } from './clocks.ts';
import { crowds } from './crowds.ts';
import { drains } from './drains.ts';
import { forms } from './forms.ts';
import { keys } from './keys.ts';
import { kills } from './kills.ts';
import { outages } from './outages.ts';
import { pauses } from './pauses.ts';
import { people } from './people.ts';
import { schedulers } from './schedulers.ts';
import { strays } from './strays.ts';

/** All faults, in the order of the table. */
export const faults: readonly Fault[] = [
  ...kills,
  ...crowds,
  ...pauses,
  ...clocks,
  ...drains,
  ...people,
  ...schedulers,
  ...applications,
  ...forms,
  ...outages,
  ...browsers,
  ...keys,
  ...strays,
  ...serverFaults,
];
