import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Bot, botLines, defineBot } from '#runner';

function bot(name: string, version: string, runs?: readonly string[]): Bot {
  return defineBot({
    ...{ name, version, ...(runs && { runs }), input: z.object({}), output: z.object({}), records: [] },
    goal: { within: '1h', skill: 'post-room' },
    run: async () => ({}),
  });
}

describe('several versions of a bot', () => {
  it('are one line: the first takes new tasks, each ends its own', () => {
    const [third, second, other] = [bot('letters', '3'), bot('letters', '2'), bot('parcels', '1')];
    const [letters, parcels] = botLines([third, other, second]);
    expect(letters?.card).toEqual({ ...third.card, runs: ['2'], runBy: { '2': '2' } });
    expect([null, '3', '2'].map((version) => letters?.of(version))).toEqual([third, third, second]);
    expect(parcels).toMatchObject({ card: other.card, newest: other });
  });

  it('go on with what they say they run, unless that version’s own code is here', () => {
    const [fourth, second] = [bot('letters', '4', ['3', '2', '1']), bot('letters', '2', ['0'])];
    const [letters] = botLines([fourth, second]);
    expect(letters?.card.runs?.toSorted()).toEqual(['0', '1', '2', '3']);
    expect(letters?.card.runBy).toEqual({ '0': '2', '1': '4', '2': '2', '3': '4' });
    expect(['0', '1', '2', '3'].map((version) => letters?.of(version))).toEqual([second, fourth, second, fourth]);
  });

  it('are refused where two bear the same version', () => {
    expect(() => botLines([bot('letters', '1'), bot('letters', '1')])).toThrow('twice in version 1');
  });
});
