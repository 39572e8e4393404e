import type { Fault } from '../fault.ts';
import { kills } from './kills.ts';

/** All faults, in the order of the table. */
export const faults: readonly Fault[] = [...kills];
