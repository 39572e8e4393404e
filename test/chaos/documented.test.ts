import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faults } from '../../chaos/faults/index.ts';

const doc = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** docs/proof.md says why. */
const UNCONTROLLED = [
  ...['wrong-key embedded', 'wrong-key postgres', 'wrong-key redis'],
  ...['stopped-and-woken embedded', 'blocked-event-loop embedded'],
];

describe('every fault of npm run chaos', () => {
  it('has a name of its own', () => {
    const names = faults.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(faults.map(({ name }) => name))('has its line in the tables of docs/operations.md: %s', (name) => {
    const lines = doc('operations.md').split('\n');
    expect(lines.filter((line) => line.split('|')[1]?.includes(`\`${name}\``))).toHaveLength(1);
  });

  it.each(faults.map(({ name }) => name))('is named in docs/proof.md: %s', (name) => {
    const text = doc('proof.md');
    expect(text).toContain(`\`${name}\``);
  });

  it.each(faults.flatMap((fault) => fault.profiles.map((profile) => [fault.name, profile, fault] as const)))(
    'has a control or says why not: %s %s',
    (name, profile, { controls }) => {
      const rehearse = async () => [];
      const scale = { profile, quick: true, random: () => 0, rehearse };
      expect(controls?.(scale).length ?? 0).toBe(UNCONTROLLED.includes(`${name} ${profile}`) ? 0 : 1);
    },
  );
});
