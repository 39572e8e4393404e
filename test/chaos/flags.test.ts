import { describe, expect, it } from 'vitest';
import { readFlags, USAGE } from '../../chaos/flags.ts';

const KNOWN = ['takeover', 'redis-full'];
const read = (...typed: string[]) => readFlags(typed, 6, KNOWN);

describe('the flags of npm run chaos', () => {
  it('ask for everything when none is given', () => {
    expect(read()).toEqual({
      ...{ quick: false, json: false, help: false, faults: [], points: [], profiles: [], seed: '1', lanes: 6 },
    });
  });

  it('are taken as they are typed', () => {
    expect(
      read('--quick', '--fault', 'takeover', '--fault', 'redis-full', '--point', 'a b', '--lanes', '2'),
    ).toMatchObject({
      ...{ quick: true, faults: KNOWN, points: ['a b'], lanes: 2 },
    });
  });

  it.each([
    [['--nope'], /'--nope'/],
    [['--fault'], /'--fault/],
    [['--seed', '--json'], /'--seed'/],
    [['--quick=1'], /'--quick'/],
    [['takeover'], /'takeover'/],
    [['--fault', 'redis'], /^Unknown: redis\. Faults: takeover, redis-full\./],
    [['--profile', 'mysql'], /^Unknown: mysql\. .* Profiles: embedded, postgres, redis\.$/],
    ...['0', '-1', '1.5', 'two', '', '1e99'].map((lanes): [string[], RegExp] => [
      [`--lanes=${lanes}`],
      /^--lanes takes/,
    ]),
  ] as [string[], RegExp][])('that are wrong are told in one line: %j', (typed, line) => {
    const told = read(...typed);
    expect(told).toMatch(line);
    expect(told).not.toContain('\n');
  });

  it('are each on the page that --help prints', () => {
    const all = Object.keys(read() as object).map((name) => name.replace(/s$/, ''));
    for (const name of all) expect(USAGE).toContain(`--${name}`);
  });
});
