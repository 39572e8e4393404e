import { parseArgs } from 'node:util';
import { PROFILES } from './fault.ts';

/** What `npm run chaos` was asked for. */
export interface Flags {
  readonly quick: boolean;
  readonly json: boolean;
  readonly help: boolean;
  /** Only these, when any are named. */
  readonly faults: readonly string[];
  readonly points: readonly string[];
  readonly profiles: readonly string[];
  readonly seed: string;
  /** Runs at work at the same time. */
  readonly lanes: number;
}

export const USAGE = `npm run chaos -- [flags]

  --quick            a part of it, drawn by the seed: each fault in one profile, at one point; under four minutes
  --json             one JSON array on stdout in place of the table
  --fault <name>     only this fault; may be repeated
  --profile <name>   only this profile (${PROFILES.join(', ')}); may be repeated
  --point <name>     only this point of the faults asked for; may be repeated
  --seed <text>      what is drawn is drawn the same for the same seed (1)
  --lanes <number>   runs at work at the same time (by the machine's processors)
  --help             this page

Exit codes: 0 all was as promised, 1 something was not or a control showed nothing, 64 wrong flags, 69 this machine cannot run what must be tried.
`;

/** The flags as they were typed; or the one line that says what is wrong with them. */
export function readFlags(typed: readonly string[], usualLanes: number, known: readonly string[]): Flags | string {
  const parsed = parsedFlags(typed);
  if (typeof parsed === 'string') return parsed;
  const { quick, json, help, fault, point, profile, seed } = parsed;
  const lanes = parsed.lanes === undefined ? usualLanes : Number(parsed.lanes);
  if (!Number.isSafeInteger(lanes) || lanes < 1) return '--lanes takes a whole number from 1 up.';
  const unknown = [
    ...fault.filter((name) => !known.includes(name)),
    ...profile.filter((name) => !PROFILES.some((one) => one === name)),
  ];
  if (unknown.length > 0)
    return `Unknown: ${unknown.join(', ')}. Faults: ${known.join(', ')}. Profiles: ${PROFILES.join(', ')}.`;
  return { quick, json, help, faults: fault, points: point, profiles: profile, seed, lanes };
}

function parsedFlags(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        fault: { type: 'string', multiple: true, default: [] },
        point: { type: 'string', multiple: true, default: [] },
        profile: { type: 'string', multiple: true, default: [] },
        seed: { type: 'string', default: '1' },
        lanes: { type: 'string' },
      },
    }).values;
  } catch (error) {
    // Its own messages name the flag; what follows the first sentence speaks of other programs' ways.
    if (error instanceof TypeError) return `${error.message.split(/\.\s/)[0]}. --help lists the flags.`;
    throw error;
  }
}
