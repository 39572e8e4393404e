import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { refusedInWords } from '../../../console/web/words/refused.ts';

/** Codes that the docs list as refusals at the door. */
function refusals(): string[] {
  const docs = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const [, atTheDoor = ''] = docs.split('## The paper was refused at the door');
  return [...(atTheDoor.split('\n## ')[0] ?? '').matchAll(/^\| `([a-z-]+)`/gm)].map(([, code = '']) => code);
}

it('has words for each refusal at the door, and for nothing else', () => {
  expect(refusals().length).toBeGreaterThan(3);
  expect(refusals().filter((code) => refusedInWords(code) === undefined)).toEqual([]);
  expect([refusedInWords('wrong-document-type'), refusedInWords(null)]).toEqual([undefined, undefined]);
});
